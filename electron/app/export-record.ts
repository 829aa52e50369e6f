import { orderNameOf } from '#shared/domain/of-order.ts';
import type { CsvValue } from '#shared/base/csv.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import { openItems } from './queue-items.ts';
import { Refused, type Station } from './station.ts';

export const EXPORTS = ['schedule', 'queues', 'ledger', 'comments'] as const;
export type ExportKind = (typeof EXPORTS)[number];

type Row = Readonly<Record<string, CsvValue>>;

/** What leaves the station for other programs, as flat rows: the published schedule, the queues, the ledger, the comments. */
export async function exportRecord(station: Station, what: ExportKind): Promise<Row[]> {
  if (what === 'ledger') return await ledgerRows(station);
  if (what === 'comments') return commentRows(station);
  return what === 'schedule' ? scheduleRows(station) : queueRowsOf(station);
}

function scheduleRows({ workspace }: Station): Row[] {
  const { version } = workspace;
  if (!version)
    throw new Refused(
      'NOT_PUBLISHED',
      'version',
      'Nothing is published yet, so there is no schedule to export.',
    );
  return version.schedule.assignments
    .toSorted((a, b) => a.start - b.start || (a.task < b.task ? -1 : 1))
    .map((assignment) => {
      const task = workspace.tasks.get(assignment.task);
      return {
        version: version.number,
        order: task ? orderNameOf(task) : '',
        task: assignment.task,
        step: task?.name ?? '',
        domain: task?.domain ?? '',
        unit: assignment.unit,
        start: isoFromInstant(assignment.start),
        runStart: isoFromInstant(assignment.runStart),
        end: isoFromInstant(assignment.end),
        setupMinutes: Math.round(assignment.setup / 60),
        quantity: task?.quantity ?? null,
        uom: task?.uom ?? '',
        due: task ? isoFromInstant(task.due) : '',
        people: assignment.people.map((stint) => stint.person).join(' '),
        instruments: assignment.instruments.join(' '),
      };
    });
}

function queueRowsOf({ workspace }: Station): Row[] {
  return [...workspace.queues.values()].flatMap((queue) =>
    openItems(workspace, queue).map((item) => ({
      unit: queue.unit,
      revision: queue.revision,
      version: queue.version,
      dispatched: isoFromInstant(queue.dispatched),
      position: item.position,
      task: item.task,
      order: orderNameOf(item),
      step: item.name,
      quantity: item.quantity,
      uom: item.uom,
      start: isoFromInstant(item.assignment.start),
      end: isoFromInstant(item.assignment.end),
      state: workspace.progress.get(item.task)?.state.kind ?? 'waiting',
      why: item.why,
    })),
  );
}

const commentRows = ({ workspace }: Station): Row[] =>
  workspace.comments.map(({ seq, task, author, at, text }) => {
    const on = workspace.tasks.get(task);
    return {
      seq,
      order: on ? orderNameOf(on) : '',
      task,
      step: on?.name ?? '',
      author,
      at: isoFromInstant(at),
      text,
    };
  });

async function ledgerRows(station: Station): Promise<Row[]> {
  const rows: Row[] = [];
  for (let before: number | undefined; ;) {
    const { entries } = await station.store.read.ledger({
      limit: 500,
      ...(before !== undefined && { before }),
    });
    for (const entry of entries) {
      rows.push({
        seq: entry.seq,
        ts: entry.ts,
        userId: entry.userId,
        userName: entry.userName ?? '',
        role: entry.role ?? '',
        workstation: entry.workstation ?? '',
        action: entry.action,
        entity: entry.entity,
        entityId: entry.entityId,
        field: entry.field,
        old: JSON.stringify(entry.old),
        new: JSON.stringify(entry.new),
        reason: entry.reason,
        origin: entry.origin,
        correlation: entry.correlation,
        app: entry.app,
        previous: entry.previous,
        hash: entry.hash,
      });
    }
    const last = entries.at(-1);
    if (!last || last.seq === 1) break;
    before = last.seq;
  }
  return rows.reverse();
}
