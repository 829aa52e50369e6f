/** Widths of letters in one font, measured once each: the width of a text is then a sum, without asking the browser. */
export interface Glyphs {
  readonly font: string;
  readonly widthOf: (text: string) => number;
  /** How many letters fit into `width` with an ellipsis behind; all of them when the text fits as it is. */
  readonly lettersIn: (text: string, width: number) => number;
}

const LATIN = 0x250;

export function glyphsOf(font: string, measure: (text: string) => number): Glyphs {
  const latin = new Float32Array(LATIN).fill(-1);
  const others = new Map<number, number>();
  const ellipsis = measure('…');

  function widthAt(text: string, index: number): number {
    const code = text.charCodeAt(index);
    const known = code < LATIN ? (latin[code] ?? -1) : (others.get(code) ?? -1);
    if (known >= 0) return known;
    const width = measure(text.charAt(index));
    if (code < LATIN) latin[code] = width;
    else others.set(code, width);
    return width;
  }

  return {
    font,
    widthOf(text) {
      let sum = 0;
      for (let index = 0; index < text.length; index += 1) sum += widthAt(text, index);
      return sum;
    },
    lettersIn(text, width) {
      let sum = 0;
      let fitting = 0;
      for (let index = 0; index < text.length; index += 1) {
        sum += widthAt(text, index);
        if (sum + ellipsis <= width) fitting = index + 1;
        if (sum > width) return fitting;
      }
      return text.length;
    },
  };
}

/** Fewer letters say nothing. */
const FEWEST = 3;

/** A name cut to so many letters, with the number at its end by which machines of a kind differ: `Tabl… 12`. */
export function elidedName(name: string, letters: number): string {
  const tail = /\s\S*\d\S*$/.exec(name)?.[0] ?? '';
  const head = letters - tail.length;
  return letters >= name.length || tail === '' || head < FEWEST
    ? elided(name, letters)
    : `${name.slice(0, head).trimEnd()}…${tail}`;
}

/**
 * The text cut to so many letters. Its first `whole` letters (the order number) are never cut at their end, where orders
 * differ from each other: where `PO-100034` does not fit, `100034` stands for it, or at least `…034`. The last bit of a long
 * one (`27` of `CAL-BAL-02-2026-11-27`) says nothing by itself: there the beginning stands.
 */
export function elided(text: string, letters: number, whole = FEWEST): string {
  if (letters >= text.length) return text;
  if (letters < FEWEST) return '';
  if (letters >= whole)
    return letters <= whole + 3 ? text.slice(0, whole) : `${text.slice(0, letters).trimEnd()}…`;
  const number = text.slice(0, whole).replace(/^.*[^\p{L}\p{N}]/u, '');
  if (number.length > 0 && 3 * number.length < whole) return `${text.slice(0, letters)}…`;
  return number.length > 0 && number.length <= letters + 1
    ? number
    : `…${text.slice(whole - letters, whole)}`;
}
