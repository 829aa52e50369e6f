import type { jsPDF } from 'jspdf';
import type { LotToTake } from '#shared/contract/line.ts';
import type { PrintedLists } from '#shared/contract/views.ts';
import type { WorklistAsk } from '#shared/contract/worklist.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { formatLocal } from '#shared/time/format.ts';
import type { Position } from '#shared/flow/worklist-from-queues.ts';
import { nameOf } from './edit-draft.ts';
import { lotsToTake, whereTo } from './lots-to-take.ts';
import { GREY, INK, LINE, MARGIN, type Paper, newPaper, writer } from './paper.ts';
import { printBarcode } from './print-queues.ts';
import type { Station } from './station.ts';
import { neededOf } from './worklist-view.ts';
import { positionsOf, titleOf } from './worklists.ts';
import type { Workspace } from './workspace.ts';

/** Lengths in points. */
const HEAD = 56;
const ROW = 56;

/** The list of a person or a team as a PDF, by what the schedule needs when; or why there is none. */
export async function printWorklist(
  { workspace, now }: Station,
  { list, paper = 'a4' }: { list: WorklistAsk; paper?: Paper | undefined },
): Promise<PrintedLists> {
  const positions = positionsOf(workspace, list);
  const title = titleOf(workspace, list);
  if (positions.length === 0) return { ok: false, text: `Nothing that was dispatched waits for ${title}.` };
  const doc = await newPaper(paper);
  const zone = zoneOf(workspace.plant);
  const [width, height] = [doc.internal.pageSize.getWidth(), doc.internal.pageSize.getHeight()];
  const right = width - MARGIN;
  const perPage = Math.floor((height - 2 * MARGIN - HEAD - 16) / ROW);
  const pages = Math.ceil(positions.length / perPage);
  const write = writer(doc);
  for (let page = 0; page < pages; page += 1) {
    if (page > 0) doc.addPage();
    write(title, MARGIN, MARGIN + 12, 16, INK, 'bold');
    write('By when the schedule needs it', MARGIN, MARGIN + 28, 9, GREY);
    write(`${positions.length} tasks`, right, MARGIN + 12, 11, INK, 'bold', true);
    write(`Printed ${formatLocal(zone, now)}`, right, MARGIN + 28, 9, GREY, 'normal', true);
    positions.slice(page * perPage, (page + 1) * perPage).forEach((position, row) => {
      printPosition(doc, workspace, position, { zone, top: MARGIN + HEAD + row * ROW, right });
    });
    write(`Page ${page + 1} of ${pages}`, right, height - MARGIN, 9, INK, 'normal', true);
  }
  return { ok: true, pdf: Buffer.from(doc.output('arraybuffer')).toString('base64') };
}

function printPosition(
  doc: jsPDF,
  workspace: Workspace,
  { item, want }: Position,
  { zone, top, right }: { zone: string; top: number; right: number },
): void {
  const write = writer(doc);
  const { unit, start, end } = item.assignment;
  doc.setDrawColor(...LINE);
  doc.setLineWidth(0.5);
  doc.line(MARGIN, top, right, top);
  const room = printBarcode(doc, item.task, right, top + 6) - MARGIN - 12;
  const { at, by } = neededOf(workspace, want);
  const when = by
    ? `Needed ${formatLocal(zone, at)} for ${by.what} on ${by.unit}`
    : `Due ${formatLocal(zone, at)}`;
  write(`${orderNameOf(item)} · ${item.name}`, MARGIN, top + 14, 10, INK, 'bold', false, room);
  write(when, MARGIN, top + 26, 8, INK, 'normal', false, room);
  const queue = workspace.queues.get(unit);
  const told = `r${queue?.revision ?? 0} of v${queue?.version ?? 0}`;
  const planned = `${nameOf(workspace, unit)}, position ${item.position} of ${told}, ${formatLocal(zone, start)} – ${formatLocal(zone, end)}`;
  write(planned, MARGIN, top + 38, 8, GREY, 'normal', false, room);
  const task = workspace.tasks.get(item.task);
  const to = task ? whereTo(workspace, task) : null;
  const lots = task ? lotsToTake(workspace, task).map((take) => lotWords(take, to)) : [];
  write(lots.join('; ') || item.why, MARGIN, top + 50, 8, GREY, 'normal', false, room);
}

const lotWords = ({ name, material, quantity, uom, from }: LotToTake, to: string | null): string =>
  [`${quantity} ${uom} ${material}, lot ${name}`, from && `from ${from}`, to && `to ${to}`]
    .filter(Boolean)
    .join(' ');
