import { orderNameOf } from '#shared/domain/of-order.ts';
import type { jsPDF } from 'jspdf';
import { code128 } from '#shared/base/code128.ts';
import type { PrintedLists } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { changeWords, changesLine } from '#shared/flow/queue-change-words.ts';
import { formatLocal } from '#shared/time/format.ts';
import { instantFromMillis } from '#shared/time/instant.ts';
import { workUnitsOf } from './board-view.ts';
import { GREY, INK, LATE, LINE, MARGIN, type Paper, newPaper, writer } from './paper.ts';
import { pendingChanges } from './planned-lists.ts';
import { openItems } from './queue-items.ts';
import { listSignatures } from './sign.ts';
import { Refused, type Station } from './station.ts';

/** Lengths in points (1/72 inch). */
const HEAD = 84;
const ROW = 44;
const BARCODE = { width: 180, widest: 250, height: 20, thinnest: 0.54, thickest: 0.9 };

/** One line's queue as it is printed. */
interface PrintedQueue {
  readonly name: string;
  readonly queue: Queue;
  readonly items: readonly QueueItem[];
  /** Who signed it, as what and when; and whether that still stands for it (ES-01, ES-04). */
  readonly signed: readonly string[];
  /** By the published version the line is to do something else. */
  readonly superseded: boolean;
}

/**
 * The dispatch lists of these lines, or of all that have been told anything, as a PDF: each begins on a page of its own and
 * says its version and revision, when it was printed, page n of m, and on every page when it is superseded.
 */
export async function printQueues(
  station: Station,
  { units, paper = 'a4' }: { units?: readonly EquipmentId[] | undefined; paper?: Paper | undefined },
): Promise<ArrayBuffer> {
  const { workspace, now } = station;
  const pending = pendingChanges(workspace);
  const wanted = units ? new Set(units) : null;
  const lists: Omit<PrintedQueue, 'signed'>[] = workUnitsOf(workspace).flatMap((unit) => {
    const queue = workspace.queues.get(unit.id);
    if (!queue || (wanted && !wanted.has(unit.id))) return [];
    const superseded = (pending.get(unit.id)?.length ?? 0) > 0;
    return [{ name: unit.name, queue, items: openItems(workspace, queue), superseded }];
  });
  const signatures = await signaturesOf(
    station,
    lists.map(({ queue }) => queue),
  );
  if (lists.length === 0)
    throw new Refused(
      'NOT_DISPATCHED',
      units?.join(', ') ?? 'lines',
      'No line has been told anything yet. Dispatch the published version first, then print its lists.',
    );
  const doc = await newPaper(paper);
  const zone = zoneOf(workspace.plant);
  const plant =
    workspace.plant.equipment.find(({ level }) => level === 'Site' || level === 'Enterprise')?.name ?? '';
  const printed = formatLocal(zone, now);
  lists.forEach((list, index) =>
    printList(
      doc,
      { ...list, signed: signatures.get(nameOfQueue(list.queue)) ?? [] },
      { plant, zone, printed, first: index === 0 },
    ),
  );
  return doc.output('arraybuffer');
}

const nameOfQueue = ({ unit, revision }: Queue): string => `${unit} r${revision}`;

/** The lines that stand under the head of a list, by its queue. */
async function signaturesOf(station: Station, queues: readonly Queue[]): Promise<Map<string, string[]>> {
  const found = await listSignatures(station, 'queue', queues.map(nameOfQueue));
  const lines = new Map<string, string[]>();
  for (const { entityId, name, meaning, at, zone, state } of found) {
    const when = `${formatLocal(zone, instantFromMillis(Date.parse(at)))} ${zone} (${at})`;
    const doubt = state === 'valid' ? '' : 'NO LONGER VALID FOR THIS LIST: ';
    lines.set(entityId, [...(lines.get(entityId) ?? []), `${doubt}Signed by ${name}: ${meaning}, ${when}`]);
  }
  return lines;
}

/** The same for a window, which shows why when there is nothing to print. */
export async function printedLists(
  station: Station,
  ask: Parameters<typeof printQueues>[1],
): Promise<PrintedLists> {
  try {
    return { ok: true, pdf: Buffer.from(await printQueues(station, ask)).toString('base64') };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, text: error.message };
    throw error;
  }
}

function printList(
  doc: jsPDF,
  list: PrintedQueue,
  { plant, zone, printed, first }: { plant: string; zone: string; printed: string; first: boolean },
): void {
  const { width, height } = {
    width: doc.internal.pageSize.getWidth(),
    height: doc.internal.pageSize.getHeight(),
  };
  const perPage = Math.floor((height - 2 * MARGIN - HEAD - 16) / ROW);
  const pages = Math.max(1, Math.ceil(list.items.length / perPage));
  const write = writer(doc);
  for (let page = 0; page < pages; page += 1) {
    if (!first || page > 0) doc.addPage();
    const { queue, name, signed, superseded } = list;
    const right = width - MARGIN;
    write(name, MARGIN, MARGIN + 12, 16, INK, 'bold');
    write([plant, 'dispatch list'].filter(Boolean).join(' · '), MARGIN, MARGIN + 28, 9, GREY);
    write(`Version ${queue.version}, revision ${queue.revision}`, right, MARGIN + 12, 11, INK, 'bold', true);
    write(
      `Dispatched ${formatLocal(zone, queue.dispatched)} · printed ${printed}`,
      right,
      MARGIN + 28,
      9,
      GREY,
      'normal',
      true,
    );
    const note = noteOf(queue);
    if (note !== null) write(note, MARGIN, MARGIN + 42, 8, INK, 'normal', false, right - MARGIN);
    if (superseded)
      write(
        'SUPERSEDED: a newer version is published. Ask for the new list.',
        MARGIN,
        MARGIN + 56,
        11,
        LATE,
        'bold',
      );
    signed.forEach((line, index) => write(line, MARGIN, MARGIN + 66 + index * 9, 7, INK));
    if (list.items.length === 0) write('Nothing is left to do.', MARGIN, MARGIN + HEAD + 16, 10, GREY);
    list.items.slice(page * perPage, (page + 1) * perPage).forEach((item, row) => {
      printItem(doc, item, {
        change: markOf(queue, item, zone),
        zone,
        top: MARGIN + HEAD + row * ROW,
        right,
      });
    });
    const gone = takenOff(queue);
    if (gone !== null) write(gone, MARGIN, height - MARGIN, 8, INK, 'normal', false, right - MARGIN - 80);
    write(`Page ${page + 1} of ${pages}`, right, height - MARGIN, 9, INK, 'normal', true);
  }
}

function printItem(
  doc: jsPDF,
  item: QueueItem,
  { change, zone, top, right }: { change: string | null; zone: string; top: number; right: number },
): void {
  const write = writer(doc);
  const { start, end } = item.assignment;
  doc.setDrawColor(...LINE);
  doc.setLineWidth(0.5);
  doc.line(MARGIN, top, right, top);
  const left = MARGIN + 24;
  const room = printBarcode(doc, item.task, right, top + 6) - left - 12;
  write(String(item.position), MARGIN + 14, top + 18, 11, INK, 'bold', true);
  write(`${orderNameOf(item)} · ${item.name}`, left, top + 14, 10, INK, 'bold', false, room);
  const by =
    item.instructions && `instructions ${item.instructions.routing} version ${item.instructions.version}`;
  const what = [item.product, `${item.quantity} ${item.uom}`, by].filter(Boolean).join(' · ');
  if (change === null) write(what, left, top + 26, 8, GREY, 'normal', false, room);
  else write(`${change} · ${what}`, left, top + 26, 8, INK, 'bold', false, room);
  write(
    `${formatLocal(zone, start)} – ${formatLocal(zone, end)} · due ${formatLocal(zone, item.due)}`,
    left,
    top + 38,
    8,
    end > item.due ? LATE : INK,
    'normal',
    false,
    room,
  );
}

/** Why this revision came, and what it changes against the one before. */
const noteOf = ({ revision, note }: Queue): string | null =>
  note
    ? `${revision === 1 ? 'First list' : `Against revision ${revision - 1}: ${changesLine(note.changes)}`} · ${note.reason}`
    : null;

/** How a task stands otherwise than on the list before; on a first list all are new, which says nothing. */
function markOf({ revision, note }: Queue, { task }: QueueItem, zone: string): string | null {
  const own = revision === 1 ? [] : (note?.changes.filter((change) => change.task === task) ?? []);
  if (own.length === 0) return null;
  return own.map((change) => (change.kind === 'added' ? 'NEW' : changeWords(change, zone))).join(', ');
}

/** What stood on the list before and does not any more. */
function takenOff({ note }: Queue): string | null {
  const gone = note?.changes.flatMap((change) => (change.kind === 'removed' ? change.name : [])) ?? [];
  return gone.length > 0 ? `Taken off: ${gone.join(', ')}` : null;
}

/**
 * The task's number as a barcode that ends at `right`, with the number under it; returns where it begins. A number that
 * Code 128 cannot write, or that would take half the page, stays words.
 */
export function printBarcode(doc: jsPDF, task: string, right: number, top: number): number {
  writer(doc)(task, right, top + BARCODE.height + 9, 7, GREY, 'normal', true, BARCODE.widest);
  const widths = /^[ -~]+$/.test(task) ? code128(task) : [];
  const modules = widths.reduce((sum, width) => sum + width, 0);
  const module = Math.min(BARCODE.thickest, Math.max(BARCODE.thinnest, BARCODE.width / modules));
  if (modules === 0 || modules * module > BARCODE.widest) return right - BARCODE.widest;
  doc.setFillColor(0, 0, 0);
  let x = right - modules * module;
  widths.forEach((width, index) => {
    if (index % 2 === 0) doc.rect(x, top, width * module, BARCODE.height, 'F');
    x += width * module;
  });
  return right - Math.max(BARCODE.width, modules * module);
}
