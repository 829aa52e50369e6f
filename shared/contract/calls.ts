import { FreshnessLimits } from '#shared/domain/freshness.ts';
import { z } from 'zod';
import { Change } from '#shared/domain/change.ts';
import { CommentText } from '#shared/domain/comment.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { Feed } from '#shared/domain/feed.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { JobCommand, LineLink } from '#shared/domain/line-link.ts';
import { OrderId } from '#shared/domain/order.ts';
import { Weights } from '#shared/domain/plan.ts';
import { ScenarioId, ScenarioName } from '#shared/domain/scenario.ts';
import { TaskId } from '#shared/domain/task.ts';
import { Drop, type Lens } from '#shared/domain/verdict.ts';
import { Instant } from '#shared/time/instant.ts';
import type { ColumnsView, KeptMapping, MappingPreview } from './mapping-views.ts';
import type {
  Board,
  BoardLoad,
  CalibrationRow,
  Comparison,
  DifferenceView,
  FeedTest,
  FeedTold,
  FeedView,
  Inspection,
  LinkView,
  LotRow,
  OrderHelp,
  OrderRow,
  PersonRow,
  Proposal,
  PrintedLists,
  QueueRow,
  RepairOffer,
  ResourceRow,
  ShortageView,
  Status,
  Verdict,
  VersionPreview,
  VersionRow,
} from './views.ts';

/** A file as its bytes in base64. */
const fileBytes = z.object({ name: z.string().min(1), base64: z.base64() });

/** A reply is made by our own station: typed, not parsed again. */
const reply = <Reply>() => z.custom<Reply>();

/** Why a command was refused: one of the refusal codes, or one of the command itself (REVISION_STALE, NOTHING_CHANGED, …). */
export interface CommandRefusal {
  readonly code: string;
  readonly object: string;
  readonly text: string;
}

/** What every command answers: the new revision, or why not. A refusal changes nothing. */
export type Outcome<Detail = unknown> =
  | { readonly ok: true; readonly revision: number; readonly detail: Detail }
  | {
      readonly ok: false;
      readonly refusal: CommandRefusal;
      readonly nearest?: { readonly unit: EquipmentId; readonly start: Instant } | null;
    };

const none = z.object({});
/** A password or API key: goes in, and never comes out again. */
const Secret = z.string().min(1).max(500);
/** Made against this revision; an older one is refused as REVISION_STALE and changes nothing. */
const expected = { expected: z.int().nonnegative() };

/** One contract table; forgetting a handler does not compile. A `command` carries an idempotency key: a repeat returns the first answer. */
export const calls = {
  'station.status': { kind: 'query', ask: none, reply: reply<Status>() },
  'plant.openDemo': { kind: 'command', ask: none, reply: reply<Outcome<ImportReport>>() },
  'import.files': {
    kind: 'command',
    ask: z.object({
      /** Texts, or bytes in base64 that the station decodes: workbooks, and texts in whatever encoding. */
      files: z.array(z.union([z.object({ name: z.string().min(1), text: z.string() }), fileBytes])).min(1),
      /** Name of a saved column mapping, for CSV and XLSX files that are not in the plain form. */
      mapping: z.string().optional(),
      dryRun: z.boolean(),
    }),
    reply: reply<Outcome<ImportReport>>(),
  },
  /** How old facts may be before they count as unknown. */
  'settings.freshness': { kind: 'command', ask: FreshnessLimits, reply: reply<Outcome>() },
  'mapping.list': { kind: 'query', ask: none, reply: reply<readonly KeptMapping[]>() },
  /** What stands in a CSV or XLSX file, to map its columns. */
  'mapping.columns': { kind: 'query', ask: z.object({ file: fileBytes }), reply: reply<ColumnsView>() },
  'mapping.preview': {
    kind: 'query',
    ask: z.object({ file: fileBytes, table: z.string(), mapping: z.json() }),
    reply: reply<MappingPreview>(),
  },
  'mapping.save': { kind: 'command', ask: z.object({ mapping: z.json() }), reply: reply<Outcome>() },
  'board.read': { kind: 'query', ask: none, reply: reply<Board>() },
  /** Load against capacity between the edges of columns, ascending. */
  'board.load': {
    kind: 'query',
    ask: z.object({ edges: z.array(Instant).min(2).max(3000) }),
    reply: reply<BoardLoad>(),
  },
  /** The tasks behind a column of a series. */
  'board.loadTasks': {
    kind: 'query',
    ask: z.object({ kind: z.enum(['units', 'people']), id: z.string(), start: Instant, end: Instant }),
    reply: reply<readonly TaskId[]>(),
  },
  'task.inspect': { kind: 'query', ask: z.object({ task: TaskId }), reply: reply<Inspection | null>() },
  'task.comment': {
    kind: 'command',
    ask: z.object({ task: TaskId, text: CommentText }),
    reply: reply<Outcome>(),
  },
  'orders.list': { kind: 'query', ask: none, reply: reply<readonly OrderRow[]>() },
  'resources.list': { kind: 'query', ask: none, reply: reply<readonly ResourceRow[]>() },
  'calibrations.list': { kind: 'query', ask: none, reply: reply<readonly CalibrationRow[]>() },
  'people.list': { kind: 'query', ask: none, reply: reply<readonly PersonRow[]>() },
  /** The lots that open tasks use. */
  'lots.list': { kind: 'query', ask: none, reply: reply<readonly LotRow[]>() },
  'draft.try': {
    kind: 'query',
    ask: Drop,
    reply: reply<Verdict>(),
  },
  /** What each of these units says to the task at that time. */
  'draft.lens': {
    kind: 'query',
    ask: Drop.omit({ unit: true }).extend({ units: z.array(EquipmentId) }),
    reply: reply<Lens>(),
  },
  'draft.move': {
    kind: 'command',
    ask: Drop.extend(expected),
    reply: reply<Outcome<{ readonly moved: number }>>(),
  },
  /** Puts a task behind another on its unit and keeps it there. */
  'draft.keepAfter': {
    kind: 'command',
    ask: z.object({ task: TaskId, after: TaskId, ...expected }),
    reply: reply<Outcome<{ readonly moved: number }>>(),
  },
  /** Splits so much off a task, or what it has not done by then. */
  'draft.split': {
    kind: 'command',
    ask: z.union([
      z.object({ task: TaskId, quantity: z.number().positive(), ...expected }),
      z.object({ task: TaskId, at: Instant, ...expected }),
    ]),
    reply: reply<Outcome<{ readonly part: TaskId }>>(),
  },
  /** Joins a task with all its parts again. */
  'draft.join': {
    kind: 'command',
    ask: z.object({ task: TaskId, ...expected }),
    reply: reply<Outcome<{ readonly moved: number }>>(),
  },
  /** Takes tasks off the board, with what follows them. */
  'draft.unplace': {
    kind: 'command',
    ask: z.object({ tasks: z.array(TaskId).min(1), ...expected }),
    reply: reply<Outcome<{ readonly moved: number }>>(),
  },
  'draft.pin': {
    kind: 'command',
    ask: z.object({ tasks: z.array(TaskId).min(1), pinned: z.boolean(), ...expected }),
    reply: reply<Outcome>(),
  },
  'draft.undo': {
    kind: 'command',
    ask: z.object(expected),
    reply: reply<Outcome<{ readonly label: string }>>(),
  },
  'draft.redo': {
    kind: 'command',
    ask: z.object(expected),
    reply: reply<Outcome<{ readonly label: string }>>(),
  },
  'solve.start': {
    kind: 'command',
    ask: z.object({
      seconds: z.number().positive().max(3600),
      seed: z.int().nonnegative(),
      /** What counts this time; a term that is not named counts as in the plan. */
      weights: z.partialRecord(Weights.keyof(), z.number().nonnegative()).optional(),
      /** Hard: at most so many tasks stand elsewhere than in the published version. */
      mostMoved: z.int().nonnegative().optional(),
    }),
    reply: reply<Outcome>(),
  },
  /** Stops and throws the best so far away. */
  'solve.cancel': { kind: 'command', ask: none, reply: reply<Outcome>() },
  /** Stops and makes the best so far the proposal. */
  'solve.take': { kind: 'command', ask: none, reply: reply<Outcome>() },
  'proposal.read': { kind: 'query', ask: none, reply: reply<Proposal | null>() },
  'proposal.accept': {
    kind: 'command',
    /** Without `tasks`, all of it. A part is accepted only where the result is still feasible. */
    ask: z.object({ tasks: z.array(TaskId).optional(), ...expected }),
    reply: reply<Outcome<{ readonly changed: number }>>(),
  },
  'proposal.reject': { kind: 'command', ask: none, reply: reply<Outcome>() },
  /** Rough-cut capacity: what is late in every schedule, the earliest first. */
  'plan.shortages': { kind: 'query', ask: none, reply: reply<readonly ShortageView[]>() },
  /** Repairs of the draft after a change; the answer may take two seconds. */
  'repair.offer': {
    kind: 'query',
    /** `mostMoved`: the disruption budget. */
    ask: z.object({ change: Change, mostMoved: z.int().nonnegative().optional() }),
    reply: reply<RepairOffer>(),
  },
  /** Makes one of the offered repairs the pending proposal. */
  'repair.choose': {
    kind: 'command',
    ask: z.object({ offer: z.string(), aim: z.enum(['leastChange', 'bestDelivery', 'leastSetup']) }),
    reply: reply<Outcome>(),
  },
  /** What single change would make a late order on time, each verified by re-solving. */
  'order.whatHelps': {
    kind: 'query',
    ask: z.object({ order: OrderId }),
    reply: reply<OrderHelp | null>(),
  },
  /** Makes one of the remedies that were told last a scenario, and opens it. */
  'remedy.try': {
    kind: 'command',
    ask: z.object({ help: z.string(), remedy: z.int().nonnegative(), ...expected }),
    reply: reply<Outcome<{ readonly scenario: ScenarioId }>>(),
  },
  /** Branches the open scenario under a name and opens the branch. */
  'scenario.branch': {
    kind: 'command',
    ask: z.object({ name: ScenarioName, ...expected }),
    reply: reply<Outcome<{ readonly scenario: ScenarioId }>>(),
  },
  /** Shows another scenario; edits, undo, solve and repairs then are that one's. */
  'scenario.open': {
    kind: 'command',
    ask: z.object({ scenario: ScenarioId, ...expected }),
    reply: reply<Outcome>(),
  },
  'scenario.rename': {
    kind: 'command',
    ask: z.object({ scenario: ScenarioId, name: ScenarioName, ...expected }),
    reply: reply<Outcome>(),
  },
  /** Where it was open, the draft is opened. */
  'scenario.remove': {
    kind: 'command',
    ask: z.object({ scenario: ScenarioId, ...expected }),
    reply: reply<Outcome>(),
  },
  'scenario.compare': {
    kind: 'query',
    ask: z.object({ scenario: ScenarioId, against: ScenarioId }),
    reply: reply<Comparison | null>(),
  },
  /** Makes the scenario's places the draft's as one edit, and opens the draft. Without `tasks`, all of them. */
  'scenario.promote': {
    kind: 'command',
    ask: z.object({ scenario: ScenarioId, tasks: z.array(TaskId).min(1).optional(), ...expected }),
    reply: reply<Outcome<{ readonly changed: number }>>(),
  },
  'version.publish': {
    kind: 'command',
    ask: z.object({ note: z.string().max(500), ...expected }),
    reply: reply<Outcome<{ readonly number: number; readonly changed: number }>>(),
  },
  'version.preview': { kind: 'query', ask: none, reply: reply<VersionPreview>() },
  'version.list': { kind: 'query', ask: none, reply: reply<readonly VersionRow[]>() },
  'queue.dispatch': {
    kind: 'command',
    /** Without `units`, every queue that is stale. */
    ask: z.object({ units: z.array(EquipmentId).optional() }),
    reply: reply<Outcome<{ readonly queues: number; readonly items: number }>>(),
  },
  'queue.print': {
    kind: 'query',
    /** Without `units`, the list of every line that has been told anything. */
    ask: z.object({ units: z.array(EquipmentId).optional(), paper: z.enum(['a4', 'letter']) }),
    /** A PDF, base64; or why there is none. */
    reply: reply<PrintedLists>(),
  },
  'queue.list': { kind: 'query', ask: none, reply: reply<readonly QueueRow[]>() },
  /** Connections to ERPs with their age, their outbox and their last exchanges. */
  'feed.list': { kind: 'query', ask: none, reply: reply<readonly FeedView[]>() },
  /** Adds or changes a connection; without a secret the one that is kept stays. */
  'feed.save': {
    kind: 'command',
    ask: z.object({ feed: Feed, secret: Secret.optional() }),
    reply: reply<Outcome>(),
  },
  'feed.remove': { kind: 'command', ask: z.object({ name: z.string() }), reply: reply<Outcome>() },
  /** Asks what answers there; the answer may take half a minute. */
  'feed.test': {
    kind: 'query',
    ask: z.object({ feed: Feed, secret: Secret.optional() }),
    reply: reply<FeedTest>(),
  },
  /** Pulls everything now. */
  'feed.reconcile': { kind: 'query', ask: z.object({ name: z.string() }), reply: reply<FeedTold>() },
  /** Connections to lines and machines, how each is and what it has exchanged. */
  'link.list': { kind: 'query', ask: none, reply: reply<readonly LinkView[]>() },
  /** Adds or changes one; without a secret the one that is kept stays. */
  'link.save': {
    kind: 'command',
    ask: z.object({ link: LineLink, secret: Secret.optional() }),
    reply: reply<Outcome>(),
  },
  /** Tells a machine to start, pause, resume, stop or abort a job that it has. */
  'job.command': {
    kind: 'command',
    ask: z.object({ link: z.string(), task: TaskId, command: JobCommand, reason: z.string().max(500) }),
    reply: reply<Outcome<{ readonly text: string }>>(),
  },
  /** Somebody has looked: the line does not have the job, and is to be told of it anew. */
  'job.withdraw': {
    kind: 'command',
    ask: z.object({ task: TaskId, reason: z.string().trim().min(1).max(500) }),
    reply: reply<Outcome>(),
  },
  'link.remove': { kind: 'command', ask: z.object({ name: z.string() }), reply: reply<Outcome>() },
  /** Sends a message again that was refused or not kept. */
  'outbox.resend': { kind: 'command', ask: z.object({ seq: z.int().positive() }), reply: reply<Outcome>() },
  /** What ERPs changed of planned work and nobody has accepted yet. */
  'difference.list': { kind: 'query', ask: none, reply: reply<readonly DifferenceView[]>() },
  'difference.accept': {
    kind: 'command',
    /** Without `orders`, all. */
    ask: z.object({ orders: z.array(z.string()).optional(), ...expected }),
    reply: reply<Outcome<{ readonly accepted: number }>>(),
  },
  'ledger.list': {
    kind: 'query',
    ask: z.object({
      before: z.int().positive().optional(),
      limit: z.int().min(1).max(500),
      text: z.string().optional(),
    }),
    reply: reply<{ readonly entries: readonly LedgerEntry[]; readonly total: number }>(),
  },
  'ledger.verify': {
    kind: 'query',
    ask: none,
    reply: reply<{
      readonly ok: boolean;
      readonly entries: number;
      readonly head: string;
      readonly problem: string | null;
    }>(),
  },
} as const satisfies Record<string, { kind: 'query' | 'command'; ask: z.ZodType; reply: z.ZodType }>;

export type CallName = keyof typeof calls;
export type Ask<Name extends CallName> = z.output<(typeof calls)[Name]['ask']>;
export type Reply<Name extends CallName> = z.output<(typeof calls)[Name]['reply']>;

/** Who calls and with which idempotency key; a query has no key. */
export interface Caller {
  readonly user: string;
  readonly origin: LedgerEntry['origin'];
  readonly key: string;
}

export type Handlers = {
  readonly [Name in CallName]: (ask: Ask<Name>, caller: Caller) => Promise<Reply<Name>>;
};
