import type { Reader } from '#electron/store/store.ts';
import type { Cause } from '#shared/domain/case.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { isTold } from '#shared/domain/feed-of.ts';
import type { OutboxEntry, Settlement } from '#shared/domain/outbox.ts';
import { TaskId } from '#shared/domain/task.ts';
import { HOUR } from '#shared/time/instant.ts';
import { aboutOf } from './told-words.ts';
import type { Workspace } from './workspace.ts';

/** So many are decided one by one; where there are more, it is the connection that is wrong. */
const MOST = 20;

/** What has been done and is told otherwise holds up nobody: it is decided within a shift. */
const IN_TIME = 8 * HOUR;

/** What ERPs were told and have not kept. */
export async function unkeptIn(read: Pick<Reader, 'unkept'>, { feeds }: Workspace): Promise<OutboxEntry[]> {
  const entries = await Promise.all(feeds.filter(isTold).map(({ name }) => read.unkept(name)));
  return entries.flat();
}

/** Causes of cases from what ERPs have not kept: one for each message, or one for a connection with too many. */
export function causesFromUnkept(workspace: Workspace, unkept: readonly OutboxEntry[]): Cause[] {
  const open = unkept.filter((entry) => matters(workspace, entry));
  return [...Map.groupBy(open, ({ feed }) => feed)].flatMap(([feed, own]) => {
    const causes = own.map((entry) => causeOf(workspace, entry));
    if (own.length <= MOST) return causes;
    const text = `${feed} has not kept more than ${MOST} messages as they were told, such as: ${causes[0]?.text}`;
    const deadline = Math.min(...causes.map((cause) => cause.deadline));
    return [{ key: `notKept ${feed}`, kind: 'notKept', object: feed, text, tasks: [], deadline, free: null }];
  });
}

/** Where an operation was to be is over once it has begun, and of an order that is gone nothing is to be decided. */
function matters({ tasks, progress }: Workspace, { message }: OutboxEntry): boolean {
  if (message.kind === 'downtime') return true;
  const task = taskOf(message);
  return tasks.has(task) && (message.kind === 'progress' || !hasStarted(progress.get(task)));
}

const taskOf = ({ order, step }: { readonly order: string; readonly step: string }): TaskId =>
  TaskId.parse(`${order}/${step}`);

function causeOf(
  workspace: Workspace,
  { seq, feed, message, made, settlement, settled }: OutboxEntry,
): Cause & { readonly deadline: number } {
  const about = aboutOf(workspace, message);
  const isPlace = message.kind === 'planned';
  return {
    key: `notKept ${seq}`,
    kind: 'notKept',
    object: message.kind === 'downtime' ? message.unit : message.order,
    text: textOf(feed, about, settlement),
    tasks: message.kind === 'downtime' ? [] : [taskOf(message)],
    deadline: isPlace ? message.start : (settled ?? made) + IN_TIME,
    free: null,
    ...(settlement && { unkept: { feed, seq, settlement } }),
  };
}

/** In the list: what is otherwise; both values stand in the case. */
function textOf(feed: string, about: string, settlement: Settlement | null): string {
  if (settlement?.kind === 'refused') return `${feed} refuses ${about}: ${settlement.reason}`;
  const fields = settlement?.kind === 'notKept' ? settlement.differences.map(({ field }) => field) : [];
  return `${feed} has something else of ${about} than it was told: ${[...new Set(fields)].join(', ')}`;
}
