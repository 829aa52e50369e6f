import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Case } from '#shared/domain/case.ts';
import type { Comment } from '#shared/domain/comment.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { type Device, LineAccess, NO_LINE_ACCESS } from '#shared/domain/device.ts';
import type { Feed } from '#shared/domain/feed.ts';
import { DEFAULT_LIMITS, FreshnessLimits } from '#shared/domain/freshness.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { JobReceipt } from '#shared/domain/job-receipt.ts';
import type { LineLink } from '#shared/domain/line-link.ts';
import type { ListReceipt } from '#shared/domain/list-receipt.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import type { Plant } from '#shared/domain/plant.ts';
import { DEFAULT_POLICY, Policy } from '#shared/domain/policy.ts';
import type { Queue } from '#shared/domain/queue.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { User } from '#shared/domain/user.ts';
import type { Version } from '#shared/domain/version.ts';
import type { Edit, Place } from '#shared/edit/draft.ts';
import type { Instant } from '#shared/time/instant.ts';
import { readCases, readCasesAsked } from './cases.ts';
import { readComments } from './comments.ts';
import { readBadges, readDevices } from './devices.ts';
import { readDraft, readEdits, readFirstEdit } from './draft.ts';
import { readEvent, readEvents, readEventsOf, readWithdrawal } from './events.ts';
import { type Difference, readCursor, readDifferences, readFeeds, readFormerFeeds } from './feeds.ts';
import { type LedgerAsk, type LedgerPage, readLedger } from './ledger.ts';
import { readLinks, readReceipts } from './links.ts';
import { readMappings } from './mappings.ts';
import { lastImport, messageSeen } from './messages.ts';
import {
  type OutboxPage,
  readBefore,
  readEntry,
  readLatest,
  readOutbox,
  readTold,
  readUnkept,
  readWaiting,
} from './outbox.ts';
import { readPlant } from './plant.ts';
import { type SeenList, readLatestQueues, readListReceipts, readRevisions, readSeenLists } from './queues.ts';
import { readRevision } from './revision.ts';
import { readOpenScenario, readScenarios } from './scenarios.ts';
import type { Schema } from './schema.ts';
import { readSetting } from './settings.ts';
import { type VerifiedSignature, readSignatures } from './signatures.ts';
import { type Credential, readCredentials, readUsers } from './users.ts';
import { type VersionHead, readLatestVersion, readVersion, readVersions } from './versions.ts';

/** What is committed; inside a command, also what the command itself has done so far. */
export interface Reader {
  /** Each kind in the order of its first import. */
  plant(): Promise<Plant>;
  /** The draft first. */
  scenarios(): Promise<Scenario[]>;
  /** The scenario that the board shows and edits change. */
  openScenario(): Promise<ScenarioId>;
  /** Places of the open scenario, or of another. */
  draft(scenario?: ScenarioId): Promise<Map<TaskId, Place>>;
  /** Counts every change of a draft and every change to another one. */
  revision(): Promise<number>;
  /** Labels of what undo and redo would do next in the open scenario. */
  edits(): Promise<{ undo: string | null; redo: string | null }>;
  /** Of the edits that can still be undone in the open scenario, the first that concerned the task. */
  firstEdit(task: TaskId): Promise<Edit | null>;
  /** Newest first, without schedules. */
  versions(): Promise<VersionHead[]>;
  version(number: number): Promise<Version | null>;
  latestVersion(): Promise<Version | null>;
  /** What each unit was told last. */
  latestQueues(): Promise<Queue[]>;
  /** The last revisions of one unit's list, the newest first. */
  revisions(unit: string, limit: number): Promise<Queue[]>;
  /** The last revision that each line has seen. */
  seenLists(): Promise<SeenList[]>;
  /** Every revision that this unit's line has seen, the newest first. */
  listReceipts(unit: string): Promise<ListReceipt[]>;
  /** In the order they were recorded. */
  events(afterSeq?: number): Promise<ExecutionEvent[]>;
  /** Of one task, withdrawals and what they took back included. */
  eventsOf(task: TaskId): Promise<ExecutionEvent[]>;
  event(id: string): Promise<ExecutionEvent | null>;
  /** By which event that report was taken back, if it was. */
  withdrawal(report: string): Promise<ExecutionEvent | null>;
  /** On every task that ever was, the oldest first. */
  comments(): Promise<Comment[]>;
  /** Those that are not closed, and so many of the closed ones, the oldest first. */
  cases(closed: number): Promise<Case[]>;
  /** Those by which a line said that it could not run the task, however long ago. */
  casesAsked(task: TaskId): Promise<Case[]>;
  mappings(): Promise<Map<string, z.core.util.JSONType>>;
  /** What the import of this message reported, or null when it has not been seen. */
  messageSeen(id: string): Promise<ImportReport | null>;
  lastImport(): Promise<Instant | null>;
  /** Connections to ERPs. */
  feeds(): Promise<Feed[]>;
  /** Those that were removed: their names are those of what came from them. */
  formerFeeds(): Promise<Feed[]>;
  /** Where the next pull of changes goes on; null before the first. */
  feedCursor(name: string): Promise<string | null>;
  /** What ERPs changed and nobody has accepted yet. */
  differences(): Promise<Difference[]>;
  /** Messages that wait for an ERP, the oldest first, without those of lanes that are held up. */
  waiting(feed: string, limit: number, heldUp?: readonly string[]): Promise<OutboxEntry[]>;
  /** What was told last of each thing in these lanes. */
  told(feed: string, lanes: readonly string[]): Promise<OutboxEntry[]>;
  /** A message to what its connection is now. */
  outboundBy(seq: number): Promise<OutboxEntry | null>;
  /** The message about the same before this one; null where it is the first. */
  toldBefore(entry: OutboxEntry): Promise<OutboxEntry | null>;
  /** The latest message about what this one is about; null where there is no such message. */
  latest(seq: number): Promise<OutboxEntry | null>;
  outbox(feed: string, limit: number): Promise<OutboxPage>;
  /** Messages that were not kept or refused and that no newer one has replaced, the newest first. */
  unkept(feed: string): Promise<OutboxEntry[]>;
  limits(): Promise<FreshnessLimits>;
  policy(): Promise<Policy>;
  lineAccess(): Promise<LineAccess>;
  /** Everybody who ever had an account. */
  users(): Promise<User[]>;
  /** The passwords of an account, the one that counts first. */
  credentials(user: string, limit: number): Promise<Credential[]>;
  /** Every screen that was ever paired. */
  devices(): Promise<Device[]>;
  /** Keyed fingerprints of the codes by which people identify themselves at a line, by person. */
  badges(): Promise<Map<string, string>>;
  /** Signatures of these records of a kind, or of all; each held against its record. */
  signatures(entity: string, entityIds?: readonly string[]): Promise<VerifiedSignature[]>;
  /** Connections to lines and machines. */
  links(): Promise<LineLink[]>;
  /** What each line acknowledged last of every task. */
  receipts(): Promise<JobReceipt[]>;
  ledger(ask: LedgerAsk): Promise<LedgerPage>;
}

/** Under which keys settings are kept. */
export const SETTING = { limits: 'freshness', policy: 'policy', lineAccess: 'lineAccess' } as const;

export const readerOf = (db: Kysely<Schema>): Reader => ({
  plant: () => readPlant(db),
  scenarios: () => readScenarios(db),
  openScenario: () => readOpenScenario(db),
  draft: (scenario) => readDraft(db, scenario),
  revision: () => readRevision(db),
  edits: () => readEdits(db),
  firstEdit: (task) => readFirstEdit(db, task),
  versions: () => readVersions(db),
  version: (number) => readVersion(db, number),
  latestVersion: () => readLatestVersion(db),
  latestQueues: () => readLatestQueues(db),
  revisions: (unit, limit) => readRevisions(db, unit, limit),
  seenLists: () => readSeenLists(db),
  listReceipts: (unit) => readListReceipts(db, unit),
  events: (afterSeq) => readEvents(db, afterSeq),
  eventsOf: (task) => readEventsOf(db, task),
  event: (id) => readEvent(db, id),
  withdrawal: (report) => readWithdrawal(db, report),
  comments: () => readComments(db),
  cases: (closed) => readCases(db, closed),
  casesAsked: (task) => readCasesAsked(db, task),
  mappings: () => readMappings(db),
  messageSeen: (id) => messageSeen(db, id),
  lastImport: () => lastImport(db),
  feeds: () => readFeeds(db),
  formerFeeds: () => readFormerFeeds(db),
  feedCursor: (name) => readCursor(db, name),
  differences: () => readDifferences(db),
  waiting: (feed, limit, heldUp) => readWaiting(db, feed, limit, heldUp),
  told: (feed, lanes) => readTold(db, feed, lanes),
  outboundBy: (seq) => readEntry(db, seq),
  toldBefore: (entry) => readBefore(db, entry),
  latest: (seq) => readLatest(db, seq),
  outbox: (feed, limit) => readOutbox(db, feed, limit),
  unkept: (feed) => readUnkept(db, feed),
  limits: () => readSetting(db, SETTING.limits, FreshnessLimits, DEFAULT_LIMITS),
  policy: () => readSetting(db, SETTING.policy, Policy, DEFAULT_POLICY),
  lineAccess: () => readSetting(db, SETTING.lineAccess, LineAccess, NO_LINE_ACCESS),
  users: () => readUsers(db),
  credentials: (user, limit) => readCredentials(db, user, limit),
  devices: () => readDevices(db),
  badges: () => readBadges(db),
  signatures: (entity, entityIds) => readSignatures(db, entity, entityIds),
  links: () => readLinks(db),
  receipts: () => readReceipts(db),
  ledger: (ask) => readLedger(db, ask),
});
