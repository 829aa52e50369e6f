import type { jsPDF } from 'jspdf';
import { PAPER_FACE, paperText } from '#shared/base/paper-face.ts';
import type { Ask } from '#shared/contract/calls.ts';
import { formatLocal } from '#shared/time/format.ts';
import { GREY, INK, LINE, MARGIN, newPaper, writer } from './paper.ts';
import { handoverView } from './shift-handover.ts';
import { listSignatures } from './sign.ts';
import type { Station } from './station.ts';

const SIZE = 9;
const ROW = 13;
const FOOT = 30;
const SIGNATURES = 92;

/** The handover of a shift on paper: its sections, the remarks, and a line to sign on for each of the two. */
export async function printHandover(station: Station, ask: Ask<'handover.print'>): Promise<ArrayBuffer> {
  const view = await handoverView(station, ask.shift);
  const doc = await newPaper(ask.paper);
  const write = writer(doc);
  const [width, height] = [doc.internal.pageSize.getWidth(), doc.internal.pageSize.getHeight()];
  const moment = (at: number): string => formatLocal(view.zone, at);
  let y = MARGIN + 12;
  const room = (needed: number): void => {
    if (y + needed <= height - MARGIN - FOOT) return;
    doc.addPage();
    y = MARGIN + 12;
  };
  write(`Shift handover: ${view.shift}`, MARGIN, y, 16, INK, 'bold');
  write(`${moment(view.from)} to ${moment(view.to)}`, MARGIN, y + 16, SIZE, GREY);
  y += 42;
  const remarks = ask.remarks.trim() === '' ? [] : ask.remarks.trim().split('\n');
  for (const { title, lines } of [...view.sections, { title: 'Remarks', lines: remarks }]) {
    room(3 * ROW);
    write(title, MARGIN, y, 11, INK, 'bold');
    y += ROW + 2;
    for (const line of lines.length > 0 ? lines : ['none']) {
      for (const part of broken(doc, line, width - 2 * MARGIN)) {
        room(ROW);
        write(part, MARGIN, y, SIZE, lines.length > 0 ? INK : GREY);
        y += ROW;
      }
    }
    y += 8;
  }
  room(SIGNATURES);
  const half = (width - 2 * MARGIN - 24) / 2;
  const signatures = ask.record === undefined ? [] : await listSignatures(station, 'handover', [ask.record]);
  const signed = signatures.filter(({ state }) => state === 'valid').slice(-2);
  [
    { title: 'Handed over by', name: ask.givenBy },
    { title: 'Taken over by', name: ask.takenBy },
  ].forEach(({ title, name }, column) => {
    const left = MARGIN + column * (half + 24);
    const signature = signed[column];
    write(title, left, y + 12, SIZE, GREY);
    write(signature?.name ?? name, left, y + 28, 11, INK, 'bold', false, half);
    doc.setDrawColor(...LINE);
    doc.line(left, y + 66, left + half, y + 66);
    const words = signature
      ? `${signature.meaning}, signed ${moment(Math.floor(Date.parse(signature.at) / 1000))} ${signature.zone}`
      : 'Date and signature';
    write(words, left, y + 78, 8, GREY);
  });
  const pages = doc.getNumberOfPages();
  for (let page = 1; page <= pages; page += 1) {
    doc.setPage(page);
    write(`Printed ${moment(view.printed)}`, MARGIN, height - MARGIN, 8, GREY);
    write(`Page ${page} of ${pages}`, width - MARGIN, height - MARGIN, 8, INK, 'normal', true);
  }
  return doc.output('arraybuffer');
}

function broken(doc: jsPDF, line: string, room: number): string[] {
  doc.setFont(PAPER_FACE, 'normal');
  doc.setFontSize(SIZE);
  return doc.splitTextToSize(paperText(line), room) as string[];
}
