import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { code128, code128Symbols } from '#shared/base/code128.ts';

const ascii = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) });

/** Reads bars as a scanner does: by their widths, back to the numbers of symbols. */
function scanned(widths: readonly number[]): string[] {
  const symbols: string[] = [];
  for (let at = 0; at + 7 < widths.length; at += 6) symbols.push(widths.slice(at, at + 6).join(''));
  return symbols;
}

test('[U16] a symbol is eleven modules, three bars and three spaces, an even number of them black; no two are alike', () => {
  const everything = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
  const symbols = scanned(code128(everything));
  const letters = symbols.slice(1, 96);
  for (const symbol of symbols) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(symbol, Number);
    expect(a + b + c + d + e + f).toBe(11);
    expect((a + c + e) % 2).toBe(0);
  }
  expect(new Set(letters).size).toBe(95);
});

test('[U16] the check symbol is the weighted sum of the others, and the bars end with the stop', () => {
  // The textbook's PJJ123C has 54 from start A; start B is one more.
  expect(code128Symbols('PJJ123C')).toEqual([104, 48, 42, 42, 17, 18, 19, 35, 55, 106]);
  fc.assert(
    fc.property(ascii, (text) => {
      const widths = code128(text);
      expect(widths.length).toBe(6 * (text.length + 2) + 7);
      expect(widths.slice(-7).join('')).toBe('2331112');
    }),
  );
});

test('what Code 128 cannot write is refused with the letter and the text', () => {
  expect(() => code128('WO-1é')).toThrow('"é" (in "WO-1é")');
});
