import { FreshnessLimits } from '#shared/domain/freshness.ts';
import { z } from 'zod';
import { type Worklist, WorklistAsk, type WorklistName } from './worklist.ts';
import { ChangeReason } from './override.ts';
import { DecisionReason } from '#shared/domain/case.ts';
import { Change } from '#shared/domain/change.ts';
import { CommentText } from '#shared/domain/comment.ts';
import { LineAccess } from '#shared/domain/device.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { LotActual } from '#shared/domain/line-result.ts';
import { Feed } from '#shared/domain/feed.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { Attribution, LedgerEntry } from '#shared/domain/ledger.ts';
import { Name } from '#shared/domain/operations.ts';
import { JobCommand, LineLink } from '#shared/domain/line-link.ts';
import { OrderId } from '#shared/domain/order.ts';
import { PersonId } from '#shared/domain/person.ts';
import { Weights } from '#shared/domain/plan.ts';
import { Policy } from '#shared/domain/policy.ts';
import { ScenarioId, ScenarioName } from '#shared/domain/scenario.ts';
import { TaskId } from '#shared/domain/task.ts';
import { IdentityCheck, NewPassword, Password, Roles, UserId } from '#shared/domain/user.ts';
import { Drop, type Lens } from '#shared/domain/verdict.ts';
import { DAY, Instant } from '#shared/time/instant.ts';
import type { ColumnsView, KeptMapping, MappingPreview } from './mapping-views.ts';
import type { LinesView, RecordCheck, ReviewView, SessionView, SignatureView, UserView } from './session.ts';
import type {
  Board,
  BoardLoad,
  CalibrationRow,
  CaseOffer,
  CaseView,
  Comparison,
  DifferenceEffect,
  DifferenceView,
  FeedTest,
  FeedTold,
  FeedView,
  HandoverView,
  Inspection,
  LinkView,
  LotRow,
  OrderHelp,
  OrderRow,
  PersonRow,
  Proposal,
  ProposalPreview,
  PrintedLists,
  DispatchPreview,
  QueueRow,
  RevisionView,
  ToldList,
  RepairOffer,
  ResourceRow,
  ShortageView,
  TaskReports,
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
/** Name and password of an account. */
const credentials = z.object({ user: z.string().max(100), password: Password });
/** A signature: the signer is whoever is logged in, and proves it anew (S6). */
const mustSign = z.object({ password: Password, meaning: z.string() });
const sign = mustSign.optional();
/** Which entries of the ledger. */
const ledgerFilter = {
  text: z.string().optional(),
  user: z.string().optional(),
  action: z.string().optional(),
  /** Kind and id of a record, as the list shows it: `task A/mix`. */
  record: z.string().optional(),
  /** From `from` on and before `to`, ISO 8601. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
};
/** Made against this revision; an older one is refused as REVISION_STALE and changes nothing. */
const expected = { expected: z.int().nonnegative() };

const Which = z.enum(['this', 'last']);
/** Who hands over what to whom. */
const handover = {
  shift: Which,
  givenBy: z.string().trim().max(100),
  takenBy: z.string().trim().max(100),
  remarks: z.string().max(2000),
};

/** One contract table; forgetting a handler does not compile. A `command` carries an idempotency key: a repeat returns the first answer. */
export const calls = {
  /** Who is at this window. */
  'session.read': { kind: 'query', ask: none, reply: reply<SessionView>() },
  /** After a reload or a lost line: the token of a login brings its session back. */
  'session.resume': {
    kind: 'query',
    ask: z.object({ token: z.string().max(100) }),
    reply: reply<SessionView>(),
  },
  'session.login': { kind: 'command', ask: credentials, reply: reply<Outcome<{ readonly token: string }>>() },
  /** Only by whoever locked the window. */
  'session.unlock': { kind: 'command', ask: credentials, reply: reply<Outcome>() },
  'session.lock': { kind: 'command', ask: none, reply: reply<Outcome>() },
  'session.logout': { kind: 'command', ask: none, reply: reply<Outcome>() },
  /** Somebody is still at the window. */
  'session.touch': { kind: 'query', ask: none, reply: reply<null>() },
  'session.password': {
    kind: 'command',
    ask: z.object({ old: Password, new: NewPassword }),
    reply: reply<Outcome>(),
  },
  'user.list': { kind: 'query', ask: none, reply: reply<readonly UserView[]>() },
  /** The first account switches accounts on. */
  'user.add': {
    kind: 'command',
    ask: z.object({
      id: UserId,
      name: Name,
      roles: Roles,
      person: PersonId.nullable(),
      password: NewPassword,
      /** Who signs has one. */
      identity: IdentityCheck.nullable().default(null),
    }),
    reply: reply<Outcome>(),
  },
  'user.change': {
    kind: 'command',
    ask: z.object({
      id: UserId,
      name: Name.optional(),
      roles: Roles.optional(),
      person: PersonId.nullable().optional(),
      disabled: z.boolean().optional(),
      identity: IdentityCheck.optional(),
      reason: z.string().max(500).optional(),
    }),
    reply: reply<Outcome>(),
  },
  /** A new password for somebody, to be changed at the next login; unlocks the account. */
  'user.password': {
    kind: 'command',
    ask: z.object({ id: UserId, password: NewPassword }),
    reply: reply<Outcome>(),
  },
  /** Who has which rights and who uses them, looked over and signed (AC-09). */
  'access.review': {
    kind: 'command',
    ask: z.object({ remarks: z.string().max(2000), sign: mustSign }),
    reply: reply<Outcome<{ readonly record: string }>>(),
  },
  'policy.save': { kind: 'command', ask: Policy, reply: reply<Outcome>() },
  /** Signatures of records of a kind, of these or of all; each held against its record. */
  'signature.list': {
    kind: 'query',
    ask: z.object({
      entity: z.enum(['version', 'queue', 'event', 'handover', 'ledgerReview', 'accessReview']),
      ids: z.array(z.string()).max(1000).optional(),
    }),
    reply: reply<readonly SignatureView[]>(),
  },
  'line.read': { kind: 'query', ask: none, reply: reply<LinesView>() },
  /** Serves the line pages over the plant network, or no more. */
  'line.serve': { kind: 'command', ask: LineAccess, reply: reply<Outcome>() },
  /** A one-time code with which a screen is paired within ten minutes. */
  'device.offer': {
    kind: 'command',
    ask: z.object({ name: Name, units: z.array(EquipmentId).min(1) }),
    reply: reply<Outcome<{ readonly code: string; readonly until: Instant }>>(),
  },
  'device.revoke': { kind: 'command', ask: z.object({ id: z.string() }), reply: reply<Outcome>() },
  /** The badge or PIN by which a person identifies at a line; null takes it away. */
  'badge.save': {
    kind: 'command',
    ask: z.object({
      person: PersonId,
      code: z
        .string()
        .regex(/^[A-Za-z0-9-]{4,64}$/, 'Four to 64 letters, digits or dashes.')
        .nullable(),
    }),
    reply: reply<Outcome>(),
  },
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
  /** What lines reported of a task, what of it was taken back or put right included, the oldest first. */
  'report.list': { kind: 'query', ask: z.object({ task: TaskId }), reply: reply<TaskReports>() },
  /**
   * Takes back what a line reported, however long ago: while nothing stands on it. `withLater` begins with the last report of
   * the task and goes back to this one, all or nothing.
   */
  'report.withdraw': {
    kind: 'command',
    ask: z.object({
      report: z.string().max(100),
      withLater: z.boolean().optional(),
      reason: ChangeReason,
    }),
    reply: reply<Outcome>(),
  },
  /** What a line should have reported as made, and as taken of each lot; a lot that is not named was told rightly. */
  'report.correct': {
    kind: 'command',
    ask: z.object({
      report: z.string().max(100),
      good: z.number().nonnegative(),
      scrap: z.number().nonnegative(),
      rework: z.number().nonnegative(),
      lots: z.array(LotActual).max(50),
      reason: ChangeReason,
    }),
    reply: reply<Outcome>(),
  },
  /** A copy of what a window shows was saved as a file: a table, pages of the board, printed lists; by which filter, if any. */
  'copy.note': {
    kind: 'command',
    ask: z.object({ file: z.string().min(1).max(200), filter: z.string().max(2000).default('') }),
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
  /** Says how many seconds a begun task still runs; null takes that back. */
  'draft.remaining': {
    kind: 'command',
    ask: z.object({
      task: TaskId,
      remaining: z
        .int()
        .positive()
        .max(60 * DAY)
        .nullable(),
      reason: z.string().max(200).optional(),
      ...expected,
    }),
    reply: reply<Outcome<{ readonly moved: number }>>(),
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
    /** Without `tasks`, all of it. A part is accepted only where the result is still feasible. Another proposal than this one is refused as OFFER_STALE. */
    ask: z.object({ proposal: z.string().optional(), tasks: z.array(TaskId).optional(), ...expected }),
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
  /** What deviates from what is published, the most urgent first. */
  'case.list': { kind: 'query', ask: none, reply: reply<readonly CaseView[]>() },
  /** Repairs for a case; the answer may take two seconds. */
  'case.offer': {
    kind: 'query',
    ask: z.object({
      case: z.int().positive(),
      /** How long it lasts from now on, where the record does not say. */
      hours: z.number().positive().max(1000).optional(),
      /** The disruption budget. */
      mostMoved: z.int().nonnegative().optional(),
    }),
    reply: reply<CaseOffer>(),
  },
  /** What accepting the pending proposal, publishing and dispatching it would tell each line. */
  'case.preview': { kind: 'query', ask: none, reply: reply<ProposalPreview | null>() },
  /** Accepts this proposal, publishes and dispatches it: the outcome of the case. All or nothing; where another waits meanwhile, OFFER_STALE. */
  'case.decide': {
    kind: 'command',
    ask: z.object({
      case: z.int().positive(),
      proposal: z.string(),
      reason: DecisionReason,
      sign,
      ...expected,
    }),
    reply: reply<Outcome<{ readonly version: number; readonly queues: number }>>(),
  },
  'case.wait': {
    kind: 'command',
    ask: z.object({ case: z.int().positive(), reason: DecisionReason, until: Instant }),
    reply: reply<Outcome>(),
  },
  /** What the shift that runs now, or the one before it, hands over. */
  'handover.read': { kind: 'query', ask: z.object({ shift: Which }), reply: reply<HandoverView>() },
  /** A PDF, base64. */
  'handover.print': {
    kind: 'query',
    /** `record`: the one that was recorded and signed. */
    ask: z.object({ ...handover, paper: z.enum(['a4', 'letter']), record: z.string().optional() }),
    reply: reply<string>(),
  },
  /** Where there are accounts both sign: whoever is logged in hands over, somebody else takes over. */
  'handover.record': {
    kind: 'command',
    ask: z.object({ ...handover, sign: z.object({ password: Password, taker: credentials }).optional() }),
    reply: reply<Outcome<{ readonly record: string }>>(),
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
    ask: z.object({ note: z.string().max(500), sign, ...expected }),
    reply: reply<Outcome<{ readonly number: number; readonly changed: number }>>(),
  },
  'version.preview': { kind: 'query', ask: none, reply: reply<VersionPreview>() },
  'version.list': { kind: 'query', ask: none, reply: reply<readonly VersionRow[]>() },
  'queue.dispatch': {
    kind: 'command',
    /** Without `units`, every queue that is stale. */
    ask: z.object({
      units: z.array(EquipmentId).optional(),
      /** Needed where a line has not acknowledged what it was told last. */
      reason: z.string().trim().max(500).optional(),
      /** Recalled tasks that are told all the same. */
      again: z.array(TaskId).optional(),
      /** The version that was looked at. */
      version: z.int().positive().optional(),
      sign,
    }),
    reply: reply<Outcome<{ readonly queues: number; readonly items: number }>>(),
  },
  /** What that would tell each line; null while nothing is published. */
  'queue.preview': {
    kind: 'query',
    ask: z.object({ units: z.array(EquipmentId).optional(), again: z.array(TaskId).optional() }),
    reply: reply<DispatchPreview | null>(),
  },
  /** Takes tasks back from their lines; what has begun stays. */
  'queue.recall': {
    kind: 'command',
    ask: z.object({
      lists: z
        .array(
          z.object({
            unit: EquipmentId,
            /** The revision that was looked at. */
            revision: z.int().positive(),
            /** Without them, all that has not begun. */
            tasks: z.array(TaskId).min(1).optional(),
          }),
        )
        .min(1),
      reason: z.string().trim().min(1).max(500),
      sign,
    }),
    reply: reply<Outcome<{ readonly recalled: number }>>(),
  },
  /** What has not begun of these tasks, or of all that these lines were told: what may be recalled. */
  'queue.told': {
    kind: 'query',
    ask: z.object({ units: z.array(EquipmentId).optional(), tasks: z.array(TaskId).optional() }),
    reply: reply<readonly ToldList[]>(),
  },
  /** The revisions of one line's list, the newest first. */
  'queue.revisions': {
    kind: 'query',
    ask: z.object({ unit: EquipmentId }),
    reply: reply<{ readonly zone: string; readonly revisions: readonly RevisionView[] }>(),
  },
  'queue.print': {
    kind: 'query',
    /** Without `units`, the list of every line that has been told anything. */
    ask: z.object({ units: z.array(EquipmentId).optional(), paper: z.enum(['a4', 'letter']) }),
    /** A PDF, base64; or why there is none. */
    reply: reply<PrintedLists>(),
  },
  'queue.list': { kind: 'query', ask: none, reply: reply<readonly QueueRow[]>() },
  /** The lists of teams, and of everybody who is planned for anything that was dispatched. */
  'worklist.list': { kind: 'query', ask: none, reply: reply<readonly WorklistName[]>() },
  'worklist.read': { kind: 'query', ask: z.object({ list: WorklistAsk }), reply: reply<Worklist>() },
  'worklist.print': {
    kind: 'query',
    ask: z.object({ list: WorklistAsk, paper: z.enum(['a4', 'letter']) }),
    reply: reply<PrintedLists>(),
  },
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
  /** Sends a message again that no newer one has replaced. Decides its case, if it has one. */
  'outbox.resend': {
    kind: 'command',
    ask: z.object({ seq: z.int().positive(), reason: DecisionReason.optional() }),
    reply: reply<Outcome>(),
  },
  /** Leaves it at what the ERP has of a message that was refused or not kept. Decides its case. */
  'outbox.drop': {
    kind: 'command',
    ask: z.object({ seq: z.int().positive(), reason: DecisionReason.optional() }),
    reply: reply<Outcome>(),
  },
  /** What ERPs changed of planned work and nobody has accepted yet. */
  'difference.list': { kind: 'query', ask: none, reply: reply<readonly DifferenceView[]>() },
  /**
   * What the schedule would be with the change of an order let in and all that it breaks put right with the least change: a
   * trial in a thread, of which nothing stays. A second one gives up the first.
   */
  'difference.effect': {
    kind: 'query',
    ask: z.object({ order: z.string() }),
    reply: reply<DifferenceEffect>(),
  },
  'difference.giveUp': { kind: 'query', ask: z.object({ order: z.string() }), reply: reply<null>() },
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
      ...ledgerFilter,
      /** Also the fingerprints of rows that are written once. */
      seals: z.boolean().optional(),
    }),
    reply: reply<{ readonly entries: readonly LedgerEntry[]; readonly total: number }>(),
  },
  /** Whether the record is whole; what was found stands in it, and where it is not nobody signs until it is (HC-04). */
  'ledger.verify': { kind: 'query', ask: none, reply: reply<RecordCheck>() },
  /** Marks the entries up to one as reviewed, signed by somebody who wrote none of them (AT-09). */
  'ledger.review': {
    kind: 'command',
    ask: z.object({
      filter: z.object(ledgerFilter),
      until: z.int().positive(),
      remarks: z.string().max(2000),
      sign: mustSign,
    }),
    reply: reply<Outcome<{ readonly record: string; readonly entries: number }>>(),
  },
  /** What was reviewed last, of the ledger or of the accounts; null where nothing was. */
  'review.last': {
    kind: 'query',
    ask: z.object({ of: z.enum(['ledgerReview', 'accessReview']) }),
    reply: reply<ReviewView | null>(),
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
  /** Full name, role that allows it, and workstation, for the record. */
  readonly by?: Attribution | undefined;
  /** The line it came over; only logging in and out looks at it. */
  readonly connection?: number | undefined;
}

export type Handlers = {
  readonly [Name in CallName]: (ask: Ask<Name>, caller: Caller) => Promise<Reply<Name>>;
};
