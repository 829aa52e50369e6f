import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync('renderer/ui/tokens.css', 'utf8');
const [day = '', night = ''] = css.split(`:root[data-theme='night']`);
const tokensOf = (part: string) =>
  new Map([...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]));
const themes = [
  ['day', tokensOf(day)],
  ['night', new Map([...tokensOf(day), ...tokensOf(night)])],
] as const;

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

/** Ink, ground, and how far apart they have to be: text 4.5, what is not text 3. */
const PAIRS = [
  ...['text', 'muted', 'late', 'warn', 'ok', 'accent'].flatMap((ink) =>
    ['surface', 'raised', 'canvas'].map((ground) => [ink, ground, 4.5] as const),
  ),
  ['bar-text', 'bar', 4.5],
  ['on-accent', 'accent', 4.5],
  ...['surface', 'shade'].map((ground) => ['bar-border', ground, 3] as const),
  ...['quality', 'maintenance', 'inventory', 'late'].map((ink) => [ink, 'bar', 3] as const),
] as const;

test.each(themes)(
  '[U12] by %s text stands out 4.5:1, a bar from its row and its marks from the bar 3:1',
  (_, tokens) => {
    const faint = PAIRS.map(([ink, ground, least]) => {
      const ratio = contrast(tokens.get(ink) ?? '', tokens.get(ground) ?? '');
      return { pair: `${ink} on ${ground}`, ratio, least };
    }).filter(({ ratio, least }) => !(ratio >= least));
    expect(faint).toEqual([]);
  },
);
