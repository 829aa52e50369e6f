import { getDocumentProxy } from 'unpdf';

/** The words of each page of a PDF, as a reader that is not ours finds, copies and reads them aloud. */
export async function pagesOf(pdf: ArrayBuffer | Uint8Array): Promise<string[][]> {
  const read = await getDocumentProxy(new Uint8Array(pdf));
  return Promise.all(
    Array.from({ length: read.numPages }, async (_, index) => {
      const page = await read.getPage(index + 1);
      const { items } = await page.getTextContent();
      return items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str] : []));
    }),
  );
}
