import { orderNameOf } from '#shared/domain/of-order.ts';
import type { CsvValue } from '#shared/base/csv.ts';
import { APP } from '#shared/base/app.ts';
import { adherenceOf } from '#shared/flow/adherence.ts';
import { overridesFromEvents } from '#shared/flow/overrides-from-events.ts';
import { DAY, isoFromInstant } from '#shared/time/instant.ts';
import { promisedPlaces } from './board-view.ts';
import { openItems } from './queue-items.ts';
import { Refused, type Station } from './station.ts';

export const EXPORTS = ['schedule', 'queues', 'ledger', 'comments', 'kpis'] as const;
export type ExportKind = (typeof EXPORTS)[number];

type Row = Readonly<Record<string, CsvValue>>;

/** What leaves the station for other programs, as flat rows: the published schedule, the queues, the ledger, the comments, what the floor did by figures. */
export async function exportRecord(station: Station, what: ExportKind): Promise<Row[]> {
  if (what === 'ledger') return await ledgerRows(station);
  if (what === 'comments') return commentRows(station);
  if (what === 'kpis') return kpiRows(station);
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

const WINDOWS = { '24 hours': DAY, '7 days': 7 * DAY, '30 days': 30 * DAY } as const;

/** Each figure with what it was made of and over which time (RP-06): how starts kept to the plan and to their gates. */
function kpiRows({ workspace, now }: Station): Row[] {
  return Object.entries(WINDOWS).flatMap(([window, length]) => {
    const period = { start: now - length, end: now + 1 };
    const { starts, overridden, gates } = overridesFromEvents(workspace.events, period);
    const kept = adherenceOf(promisedPlaces(workspace), workspace.progress.values(), period);
    const row = (kpi: string, of: number, among: number, definition: string): Row => ({
      kpi,
      standard: 'own (not in ISO 22400-2)',
      window: `last ${window}`,
      from: isoFromInstant(period.start),
      to: isoFromInstant(now),
      value: among > 0 ? of / among : null,
      unit: 'ratio',
      numerator: of,
      denominator: among,
      definition,
      app: APP,
    });
    const against = 'starts of a setup or run against this gate by signature / starts that lines reported';
    return [
      row(
        'starts kept to plan',
        kept?.kept ?? 0,
        kept?.started ?? 0,
        'starts on the published unit and at the published time / starts of published tasks',
      ),
      row(
        'gate overrides',
        overridden,
        starts,
        'starts of a setup or run against any gate by signature / starts that lines reported',
      ),
      ...gates.map(({ code, count }) => row(`gate overrides: ${code}`, count, starts, against)),
    ];
  });
}

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
