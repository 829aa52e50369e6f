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

/**
 * The text cut to so many letters, but never inside its first `whole` letters (the order number): half a number helps
 * nobody. Nothing where not even those fit.
 */
export function elided(text: string, letters: number, whole = 3): string {
  if (letters >= text.length) return text;
  if (letters < whole) return '';
  return letters <= whole + 3 ? text.slice(0, whole) : `${text.slice(0, letters).trimEnd()}…`;
}
