import type { jsPDF } from 'jspdf';
import { paperText } from '#shared/base/paper-text.ts';

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
  return new jsPDF({ unit: 'pt', format: paper, compress: true, precision: 2 });
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
    doc.setFont('helvetica', weight);
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
