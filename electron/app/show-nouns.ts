import { SENDER } from '#electron/erp/b2mml/answer.ts';
import { RESPONSE_STATES, operationsPerformance } from '#electron/erp/b2mml/write-performance.ts';
import { jobList, operationsSchedule } from '#electron/erp/b2mml/write-schedule.ts';
import { type Node, transactionText } from '#electron/erp/b2mml/write.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import { openItems } from './queue-items.ts';
import type { Station } from './station.ts';

const SHOWN_NOUNS = ['OperationsSchedule', 'OperationsPerformance', 'JobList'] as const;
export type ShownNoun = (typeof SHOWN_NOUNS)[number];
const isShown = (noun: string): noun is ShownNoun => SHOWN_NOUNS.some((known) => known === noun);

/** The nouns of B2MML in which this station says what it has planned, told its lines, and what they have done. */
const NOUNS: Readonly<Record<ShownNoun, (station: Station, wanted: readonly string[]) => readonly Node[]>> = {
  OperationsSchedule: ({ workspace }, wanted) =>
    workspace.version
      ? operationsSchedule(workspace.version, { ...workspace, orders: among(workspace.orders, wanted) })
      : [],
  OperationsPerformance: ({ workspace, now }, wanted) =>
    operationsPerformance(workspace.progress.values(), {
      tasks: workspace.tasks,
      orders: among(workspace.orders, wanted),
      plant: workspace.plant,
      version: workspace.version?.number,
      now,
    }),
  JobList: ({ workspace }, wanted) =>
    [...among(workspace.queues, wanted).values()].map((queue) =>
      jobList({ ...queue, items: openItems(workspace, queue) }, (task) => {
        const kind = workspace.progress.get(task)?.state.kind ?? 'waiting';
        return kind === 'waiting' ? 'Dispatched' : RESPONSE_STATES[kind];
      }),
    ),
};
/** Those that are asked for by id; all where no id is named or one is `*`. */
const among = <Id extends string, Value>(all: ReadonlyMap<Id, Value>, wanted: readonly string[]) =>
  wanted.length === 0 || wanted.includes('*') ? all : new Map([...all].filter(([id]) => wanted.includes(id)));

/** Nouns of that name as of now: the ids wanted are of orders, of a JobList of units. Null for a noun that is not ours. */
export const shownNouns = (
  station: Station,
  noun: string,
  wanted: readonly string[],
): readonly Node[] | null => (isShown(noun) ? NOUNS[noun](station, wanted) : null);

/** What the station would publish of a noun, as a Sync message; null while there is nothing of it. */
export function nounMessage(station: Station, noun: ShownNoun): string | null {
  const data = NOUNS[noun](station, []);
  if (data.length === 0) return null;
  const { workspace, now } = station;
  return transactionText({
    verb: 'Sync',
    noun,
    sender: SENDER,
    bodId: `${noun} ${workspace.version?.number ?? 0} ${workspace.revision}`,
    created: isoFromInstant(now),
    data,
  });
}
