import { isDeepStrictEqual } from 'node:util';
import type { Connector, Pulled } from '#electron/erp/connector.ts';
import type { Decoded, Removal } from '#electron/erp/decoded.ts';
import { type Staged, stageImport } from '#electron/erp/stage.ts';
import type { Difference, Reader, Writer } from '#electron/store/store.ts';
import { isElsewhere, isTold } from '#shared/domain/feed-of.ts';
import type { ErpFeed } from '#shared/domain/feed.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import { RECORD_KINDS } from '#shared/domain/plant.ts';
import { orderOf } from './accept-differences.ts';
import { type Applied, applyChanges } from './apply-changes.ts';
import { divideChanges } from './divide-changes.ts';
import { type Seen, changedThere } from './changed-there.ts';
import { exchange, stateOf } from './feed-state.ts';
import { Refused, type Station } from './station.ts';
import { tellAll } from './tell-erp.ts';
import type { Workspace } from './workspace.ts';

export interface PullReport {
  /** Records that went in at once. */
  readonly changed: number;
  /** Changes that wait for the planner. */
  readonly waiting: number;
  readonly refused: number;
  /** The first refusals and warnings, with their places. */
  readonly remarks: readonly string[];
}

/**
 * Asks an ERP what changed, or with `all` how everything is, and takes it in: at once what touches no planned work, the
 * rest as differences that wait for the planner's word. Throws when the ERP does not answer.
 */
export async function pullFeed(
  station: Station,
  feed: ErpFeed,
  connector: Connector,
  { all = false } = {},
): Promise<PullReport> {
  const state = stateOf(station, feed.name);
  const asked = station.now;
  const cursor = all ? null : (state.cursor ?? (await station.store.read.feedCursor(feed.name)));
  try {
    const report = await exchange(
      station,
      feed.name,
      cursor === null ? 'pull everything' : 'pull changes',
      async () => {
        const pulled = await (cursor === null ? connector.pullSnapshot() : connector.pullChanges(cursor));
        const taken = await takePulled(station, feed, { ...pulled, asked });
        state.cursor = pulled.cursor;
        return taken;
      },
      (told) => ({ ok: true, text: words(told) }),
    );
    state.pulled = station.now;
    state.failure = null;
    return report;
  } catch (error) {
    state.failure = error instanceof Error ? error.message : String(error);
    throw error;
  } finally {
    station.tell({ kind: 'feeds.changed' });
  }
}

const words = ({ changed, waiting, refused, remarks }: PullReport): string =>
  [
    `${changed} ${changed === 1 ? 'record' : 'records'} changed, ${waiting} to accept, ${refused} refused.`,
    ...remarks,
  ].join('\n');

/** So many refusals and warnings are told with a pull. */
const MOST_REMARKS = 5;

const remarksOn = ({ refusals, warnings }: Staged['report']): string[] =>
  [...refusals, ...warnings]
    .slice(0, MOST_REMARKS)
    .map(({ file, line, field, reason }) => `${file} ${line} (${field}): ${reason}`);

/** Takes in what was pulled, as one command where anything is new. */
async function takePulled(station: Station, feed: ErpFeed, pulled: Pulled & Seen): Promise<PullReport> {
  mustBeThere(station.workspace, feed);
  const waiting = (await station.store.read.differences()).filter((one) => one.feed === feed.name);
  const look = compared(station.workspace, feed, pulled, waiting, station);
  const moved = await changedThere(station.store.read, feed.name, pulled);
  const refused = look.staged.report.refusals.length;
  const remarks = remarksOn(look.staged.report);
  const isFirst = (await station.store.read.feedCursor(feed.name)) === null;
  if (look.isNothing && moved.length === 0 && !isFirst)
    return { changed: 0, waiting: waiting.length, refused, remarks };
  const caller = { user: feed.name, origin: 'import', key: `pull ${feed.name} ${station.clock()}` } as const;
  const outcome = await station.command<PullReport>(caller, 'erp.pull', async (write, workspace) => {
    mustBeThere(workspace, feed);
    const before = (await write.differences()).filter((one) => one.feed === feed.name);
    const { staged, atOnce, toAccept, over, reports } = compared(workspace, feed, pulled, before, station);
    await write.removeDifferences(over);
    await write.putDifferences(toAccept);
    await write.saveCursor(feed.name, pulled.cursor);
    for (const { entry, differences } of await changedThere(write, feed.name, pulled)) {
      await write.settleOutbound(entry.seq, { kind: 'notKept', differences: [...differences] });
      if (feed.rules.told === 'atOnce' && !(await isToldAgain(write, entry)))
        await write.addOutbound(feed.name, [entry.message]);
    }
    await write.log({
      entity: 'import',
      entityId: feed.name,
      field: null,
      old: null,
      new: {
        changes: staged.report.changes,
        refusals: staged.report.refusals.length,
        toAccept: toAccept.length,
        moved: moved.length,
      },
      reason: null,
    });
    const left = (await write.differences()).filter((one) => one.feed === feed.name);
    const changed = atOnce.reduce((sum, { put, remove }) => sum + put.length + remove.length, 0);
    const detail = {
      changed,
      waiting: left.length,
      refused: staged.report.refusals.length,
      remarks,
    };
    const applied: Applied | null =
      changed + reports.length === 0
        ? null
        : await applyChanges(write, workspace, { changes: atOnce, reports }, caller.key, station.now);
    if (isFirst) await tellFirst(write, applied?.after ?? workspace, feed, left);
    if (!applied) return { detail };
    return {
      detail,
      workspace: applied.after,
      facts: () => [{ kind: 'board.replaced', revision: applied.after.revision }, ...applied.told],
    };
  });
  if (!outcome.ok) throw new Error(outcome.refusal.text);
  return outcome.detail;
}

/** Told again once: what is changed there after that as well, somebody means. */
async function isToldAgain(read: Pick<Reader, 'toldBefore'>, entry: OutboxEntry): Promise<boolean> {
  const before = await read.toldBefore(entry);
  return before?.settlement?.kind === 'notKept' && isDeepStrictEqual(before.message, entry.message);
}

/** What has been read of an ERP is no news of the one that has taken its place meanwhile. */
function mustBeThere({ feeds }: Workspace, feed: ErpFeed): void {
  const now = feeds.find(({ name }) => name === feed.name);
  if (now && !isElsewhere(now, feed)) return;
  const text = `The connection “${feed.name}” was changed while it was read: nothing of it was taken in.`;
  throw new Refused('FEED_CHANGED', feed.name, text);
}

/** Tells an ERP, once it has been read, all that holds now of the orders on which the two agree. */
async function tellFirst(
  write: Writer,
  workspace: Workspace,
  feed: ErpFeed,
  waiting: readonly Difference[],
): Promise<void> {
  await write.dropWaiting(feed.name, 'It was meant for the ERP before it was read; what holds is told anew.');
  if (!isTold(feed)) return;
  const unlike = new Set(waiting.map((one) => orderOf(waiting, workspace.plant, one)));
  await tellAll(write, workspace, feed, unlike);
}

/** What was pulled, against the plant as it is and what already waits. */
function compared(
  workspace: Workspace,
  feed: ErpFeed,
  pulled: Pulled,
  waiting: readonly Difference[],
  station: Pick<Station, 'now'>,
) {
  const decoded: Decoded = {
    ...pulled.decoded,
    removed: [...pulled.decoded.removed, ...goneFrom(workspace, feed, pulled)],
  };
  const staged: Staged = stageImport(workspace.plant, [decoded], false);
  const { atOnce, toAccept } = divideChanges(workspace, feed, staged.changes, station.now);
  const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind}\n${id}`;
  const known = new Map(waiting.map((one) => [keyOf(one), one]));
  const fresh = toAccept.filter((one) => {
    const before = known.get(keyOf(one));
    return !before || !isDeepStrictEqual(before.record, one.record);
  });
  const told = new Set([
    ...decoded.records.map(({ kind, record }) => keyOf({ kind, id: record.id })),
    ...decoded.removed.map(keyOf),
  ]);
  const still = new Set(toAccept.map(keyOf));
  // The ERP has gone back to what is here.
  const over = waiting.filter((one) => told.has(keyOf(one)) && !still.has(keyOf(one)));
  const reports = staged.reports.filter(({ task }) => task === undefined || !toldByLine(workspace, task));
  const news = reports.filter(({ id }) => !workspace.events.some((event) => event.id === id));
  const isNothing = atOnce.length + fresh.length + over.length + news.length === 0;
  return { staged, atOnce, toAccept: fresh, over, reports: news, isNothing };
}

/** What a line here has reported counts before what the ERP says of the same task: most often it says our own words. */
const toldByLine = ({ events, withdrawals }: Workspace, task: string): boolean =>
  events.some((event) => event.task === task && event.origin === 'line') ||
  withdrawals.some((event) => event.task === task);

/** Records of the connection that the ERP does not list any more. */
function goneFrom(workspace: Workspace, feed: ErpFeed, pulled: Pulled): Removal[] {
  return RECORD_KINDS.flatMap((kind) => {
    const listed = pulled.there[kind];
    if (!listed) return [];
    const there = new Set([
      ...listed,
      ...pulled.decoded.records.flatMap((one) => (one.kind === kind ? one.record.id : [])),
    ]);
    return workspace.plant[kind].flatMap(({ id }) =>
      id.startsWith(`${feed.name}:`) && !there.has(id) ? { kind, id, file: feed.name, line: 0 } : [],
    );
  });
}
