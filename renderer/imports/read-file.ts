import { type Result, ok, refused } from '#shared/base/result.ts';

const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** The encoding that a file claims: by its byte order mark, else by its XML declaration, else UTF-8. */
export function encodingOf(bytes: Uint8Array): string {
  const mark = MARKS.find(({ bytes: wanted }) => wanted.every((byte, index) => bytes[index] === byte));
  if (mark) return mark.encoding;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
}

/** The text of a file; refused where its bytes are not what the file claims, never guessed at. */
export function decodeText(bytes: Uint8Array): Result<string, 'encoding'> {
  try {
    return ok(new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes));
  } catch {
    return refused('encoding');
  }
}
