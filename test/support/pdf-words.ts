import { inflateSync } from 'node:zlib';

/** The words of each page of a PDF. */
export function pagesOf(pdf: Buffer): string[][] {
  const pages: string[][] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 10)) {
    if (pdf.subarray(at - 3, at).toString() === 'end') continue;
    const body = inflateSync(pdf.subarray(at + 7)).toString('latin1');
    pages.push([...body.matchAll(/\(((?:[^()\\]|\\.)*)\) Tj/g)].map(([, words = '']) => words));
  }
  return pages.filter((words) => words.length > 0);
}
