import { readFileSync } from 'node:fs';
import { gunzipSync, inflateRawSync } from 'node:zlib';

/** The JSON in a file, in a gzip file, or in a zip file that holds one file. Throws with the file's name and a reason. */
export function readInstance(path: string): unknown {
  try {
    return JSON.parse(unpacked(readFileSync(path)).toString('utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function unpacked(bytes: Buffer): Buffer {
  if (bytes.length > 2 && bytes.readUInt16BE(0) === 0x1f_8b) return gunzipSync(bytes);
  if (bytes.length > 4 && bytes.readUInt32BE(0) === 0x50_4b_03_04) return unzipped(bytes);
  return bytes;
}

/** The only file of a zip file (PKWARE APPNOTE 6.3: end record, central directory, local header). */
function unzipped(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const files = end < 0 ? 0 : bytes.readUInt16LE(end + 10);
  if (files !== 1)
    throw new Error(
      `the zip file holds ${files} files instead of one.\nMaybe it was cut off or holds a folder.`,
    );
  const entry = bytes.readUInt32LE(end + 16);
  const [method, size, header] = [
    bytes.readUInt16LE(entry + 10),
    bytes.readUInt32LE(entry + 20),
    bytes.readUInt32LE(entry + 42),
  ];
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + size);
  if (method === 0) return packed;
  if (method === 8) return inflateRawSync(packed);
  throw new Error(`the zip file is packed by method ${method}; only 0 (stored) and 8 (deflate) are read.`);
}
