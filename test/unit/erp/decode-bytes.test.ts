import { expect, test } from 'vitest';
import { decodeBytes } from '#electron/erp/decode.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))),
  );
const read = (given: Uint8Array) => decodeBytes('f.csv', given);

test('UTF-8 with and without its mark, and UTF-16 by its mark, give the text', () => {
  const plain = { ok: true, value: { texts: [{ text: 'id,Müller' }], warnings: [] } };
  expect(read(bytes('id,Müller'))).toMatchObject(plain);
  expect(read(bytes([0xef, 0xbb, 0xbf], 'id,Müller'))).toMatchObject(plain);
  expect(read(bytes([0xff, 0xfe], [...Buffer.from('id,Müller', 'utf16le')]))).toMatchObject(plain);
  expect(read(bytes([0xfe, 0xff], [...Buffer.from('id,Müller', 'utf16le').swap16()]))).toMatchObject(plain);
});

test('what is not UTF-8 is read as Windows-1252, with a warning', () => {
  expect(read(bytes('M', [0xfc], 'ller ', [0x80]))).toMatchObject({
    ok: true,
    value: {
      texts: [{ name: 'f.csv', text: 'Müller €' }],
      warnings: [{ file: 'f.csv', reason: expect.stringContaining('Windows-1252') }],
    },
  });
});

test('NUL bytes are no text, whether they would be UTF-8 or not; UTF-16 that was cut off is refused', () => {
  const noText = {
    ok: false,
    reason: { file: 'f.csv', line: 0, reason: expect.stringContaining('NUL bytes') },
  };
  expect(read(bytes('id\0name'))).toMatchObject(noText);
  expect(read(bytes([0xd0, 0xcf, 0x11, 0xe0, 0, 0xff]))).toMatchObject(noText);
  expect(read(bytes([0xff, 0xfe, 0x41]))).toMatchObject({
    ok: false,
    reason: { reason: expect.stringContaining('cut off') },
  });
});
