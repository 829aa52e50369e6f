import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { jsPDF } from 'jspdf';
import { PAPER_FACE, paperText, takeFaces } from '#shared/base/paper-face.ts';

/** Lengths in points (1/72 inch). */
export const MARGIN = 34;
export const INK = [27, 36, 48] as const;
export const GREY = [90, 101, 114] as const;
export const LINE = [200, 205, 210] as const;
export const LATE = [180, 35, 24] as const;

export type Paper = 'a4' | 'letter';

/** An empty document; only who prints waits for what writes it. */
export async function newPaper(paper: Paper): Promise<jsPDF> {
  const { jsPDF } = await import('jspdf');
  const [normal, bold] = await Promise.all(['400Regular', '600SemiBold'].map(faceFile));
  const doc = new jsPDF({ unit: 'pt', format: paper, compress: true, precision: 2 });
  takeFaces(doc, { normal: normal ?? '', bold: bold ?? '' });
  return doc;
}

function faceFile(weight: string): Promise<string> {
  const file = import.meta.resolve(`@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`);
  return readFile(fileURLToPath(file), 'base64');
}

/** Writes a text whose line stands at `y`; what does not fit into `room` ends with an ellipsis. */
export const writer =
  (doc: jsPDF) =>
  (
    text: string,
    x: number,
    y: number,
    size: number,
    ink: readonly [number, number, number],
    weight: 'normal' | 'bold' = 'normal',
    endsAt = false,
    room = Infinity,
  ): void => {
    doc.setFont(PAPER_FACE, weight);
    doc.setFontSize(size);
    doc.setTextColor(...ink);
    doc.text(fitted(doc, paperText(text), room), x, y, endsAt ? { align: 'right' } : {});
  };

function fitted(doc: jsPDF, text: string, room: number): string {
  if (doc.getTextWidth(text) <= room) return text;
  let letters = text.length;
  while (letters > 1 && doc.getTextWidth(`${text.slice(0, letters)}…`) > room) letters -= 1;
  return `${text.slice(0, letters).trimEnd()}…`;
}
