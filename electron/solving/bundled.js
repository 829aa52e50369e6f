import { readFileSync } from 'node:fs';

/** Where `npm run solve` lies as a bundle, the list of what it was made from, and how that read then. */
export const FOLDER = new URL('../../out/solve/', import.meta.url);
export const SOURCES = new URL('sources.json', FOLDER);
export const TEXT = new URL('sources.txt', FOLDER);

/** What stands in the files at these paths from the root of the project, one after the other. */
export const textOf = (/** @type {readonly string[]} */ paths) =>
  Buffer.concat(paths.map((path) => readFileSync(new URL(`../../${path}`, import.meta.url))));

/** Whether the bundle is there and made from the sources as they are now. */
export function isBundled() {
  try {
    return textOf(JSON.parse(readFileSync(SOURCES, 'utf8'))).equals(readFileSync(TEXT));
  } catch {
    return false; // nobody has made it, or one of its sources is gone
  }
}
