import { expect, test } from 'vitest';
import { decodeText, encodingOf } from '#renderer/imports/read-file.ts';

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test('a file is read in the encoding that it claims', () => {
  const utf8 = new TextEncoder().encode('\uFEFForder;Stückzahl');
  expect(decodeText(utf8)).toEqual({ ok: true, value: 'order;Stückzahl' });
  const xml = latin1('<?xml version="1.0" encoding="ISO-8859-1"?><Name>Prüfung</Name>');
  expect(encodingOf(xml)).toBe('iso-8859-1');
  expect(decodeText(xml)).toMatchObject({ ok: true, value: expect.stringContaining('Prüfung') });
  const utf16 = Uint8Array.from([0xff, 0xfe, 0x61, 0x00]);
  expect(decodeText(utf16)).toEqual({ ok: true, value: 'a' });
});

test('a file whose bytes are not what it claims is refused, not guessed at', () => {
  expect(decodeText(latin1('order;Stückzahl'))).toEqual({ ok: false, reason: 'encoding' });
  expect(decodeText(latin1('<?xml version="1.0" encoding="klingon"?><a/>'))).toEqual({
    ok: false,
    reason: 'encoding',
  });
});
