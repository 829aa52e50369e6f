import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Case } from '#shared/domain/case.ts';
import { Comment } from '#shared/domain/comment.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import type { Device, LineAccess } from '#shared/domain/device.ts';
import type { Feed } from '#shared/domain/feed.ts';
import type { FreshnessLimits } from '#shared/domain/freshness.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { JobReceipt } from '#shared/domain/job-receipt.ts';
import type { LineLink } from '#shared/domain/line-link.ts';
import type { ListReceipt } from '#shared/domain/list-receipt.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import type { Settlement } from '#shared/domain/outbox.ts';
import type { Plant, RecordKind } from '#shared/domain/plant.ts';
import type { Policy } from '#shared/domain/policy.ts';
import type { Queue } from '#shared/domain/queue.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import { Signature } from '#shared/domain/signature.ts';
import type { User } from '#shared/domain/user.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Version } from '#shared/domain/version.ts';
import type { Edit } from '#shared/edit/draft.ts';
import { instantFromMillis } from '#shared/time/instant.ts';
import type { Command } from './command.ts';
import { nextCaseId, saveCase } from './cases.ts';
import { addComment } from './comments.ts';
import { putBadge, putDevice } from './devices.ts';
import { type PushOptions, pushEdit, redoEdit, undoEdit } from './draft.ts';
import { addEvent } from './events.ts';
import {
  type Difference,
  putDifferences,
  removeDifferences,
  removeFeed,
  saveCursor,
  saveFeed,
} from './feeds.ts';
import { LedgerAppender, type LedgerNote, ledgerHead } from './ledger.ts';
import { rowHash } from './ledger-chain.ts';
import { removeLink, removeReceipt, saveLink, saveReceipt } from './links.ts';
import { saveMapping } from './mappings.ts';
import { rememberMessage } from './messages.ts';
import { addOutbound, dropWaiting, settleOutbound } from './outbox.ts';
import { putRecords, removeRecords } from './plant.ts';
import { addListReceipt, addQueue, sealedQueue } from './queues.ts';
import { type Reader, SETTING, readerOf } from './reader.ts';
import { branchScenario, openScenario, removeScenario, renameScenario } from './scenarios.ts';
import type { Schema } from './schema.ts';
import { SEAL } from './seal.ts';
import { saveSetting } from './settings.ts';
import { addSignature } from './signatures.ts';
import { type Credential, addCredential, putUser } from './users.ts';
import { addVersion } from './versions.ts';

/** What a command may do inside its transaction. Await every call: what is left over when the command returns fails. */
export interface Writer extends Reader {
  /** Adds records or replaces those with the same id. */
  putRecords<Kind extends RecordKind>(
    kind: Kind,
    records: readonly Plant[Kind][number][],
    message: string,
  ): Promise<void>;
  removeRecords(kind: RecordKind, ids: readonly string[]): Promise<void>;
  /** The message has been imported: from now on it is known by its id. */
  rememberMessage(id: string, report: ImportReport): Promise<void>;
  saveMapping(name: string, mapping: z.core.util.JSONType): Promise<void>;
  saveLimits(limits: FreshnessLimits): Promise<void>;
  savePolicy(policy: Policy): Promise<void>;
  saveLineAccess(access: LineAccess): Promise<void>;
  /** Adds an account or replaces what is said of it. */
  putUser(user: User): Promise<void>;
  /** From now on this is the password of the account. */
  addCredential(user: string, credential: Credential): Promise<void>;
  putDevice(device: Device): Promise<void>;
  /** The code by which a person identifies at a line; null takes it away. */
  putBadge(person: string, hash: string | null): Promise<void>;
  /** Binds a signature to the record as it lies there now. */
  addSignature(signature: Omit<Signature, 'seq' | 'sha256'>): Promise<Signature>;
  /** Applies the edit to the open scenario, or to another, and bumps the revision; what was undone there before can no longer be redone. */
  pushEdit(edit: Edit, options: PushOptions): Promise<void>;
  /** The edit that took the newest one back, or null. */
  undo(): Promise<Edit | null>;
  /** The edit that was done again, or null. */
  redo(): Promise<Edit | null>;
  /** Makes a scenario with the places of another; it is not open yet. */
  branchScenario(from: ScenarioId, scenario: Omit<Scenario, 'id'>): Promise<Scenario>;
  renameScenario(id: ScenarioId, name: string): Promise<void>;
  /** Removes it with its places and edits; where it was open, the draft is. */
  removeScenario(id: ScenarioId): Promise<void>;
  /** From now on the board shows this one; bumps the revision. */
  switchScenario(id: ScenarioId): Promise<void>;
  addVersion(version: Version): Promise<void>;
  addQueue(queue: Queue): Promise<void>;
  /** The line has seen that revision; once for each. */
  addListReceipt(receipt: ListReceipt): Promise<void>;
  addEvent(event: Omit<ExecutionEvent, 'seq'>): Promise<ExecutionEvent>;
  addComment(comment: Omit<Comment, 'seq'>): Promise<Comment>;
  /** Gives the case its number. */
  openCase(one: Omit<Case, 'id'>): Promise<Case>;
  saveCase(one: Case): Promise<void>;
  /** With `isAnother` nothing counts any more that was asked of or told to what had its name before. */
  saveFeed(feed: Feed, isAnother: boolean): Promise<void>;
  removeFeed(name: string): Promise<void>;
  saveCursor(feed: string, cursor: string | null): Promise<void>;
  putDifferences(differences: readonly Difference[]): Promise<void>;
  removeDifferences(differences: readonly Pick<Difference, 'feed' | 'kind' | 'id'>[]): Promise<void>;
  /** Adds messages for an ERP at the end of its outbox. */
  addOutbound(feed: string, messages: readonly Outbound[]): Promise<void>;
  /** Writes what became of a message. */
  settleOutbound(seq: number, settlement: Settlement): Promise<void>;
  /** Drops all that waits for a connection; how many messages that were. */
  dropWaiting(feed: string, reason: string): Promise<number>;
  saveLink(link: LineLink): Promise<void>;
  removeLink(name: string): Promise<void>;
  saveReceipt(receipt: JobReceipt): Promise<void>;
  removeReceipt(task: TaskId): Promise<void>;
  /** Says in the ledger what changed; every command says something. */
  log(note: LedgerNote): Promise<void>;
}

export interface WriterSession {
  readonly writer: Writer;
  /** Writes the ledger entries; refuses a command that said nothing. */
  readonly finish: () => Promise<void>;
}

export async function openWriter(db: Kysely<Schema>, command: Command): Promise<WriterSession> {
  const ledger = new LedgerAppender(db, command, await ledgerHead(db));
  const at = instantFromMillis(command.at);
  let notes = 0;

  /** Rows that are written once leave their fingerprint in the ledger. */
  const seal = (entity: string, entityId: string, row: Parameters<typeof rowHash>[0]): void =>
    ledger.append({ entity, entityId, field: SEAL, old: null, new: rowHash(row), reason: null });

  const reader = readerOf(db);
  const writer: Writer = {
    ...reader,
    ledger: async (ask) => {
      await ledger.flush();
      return reader.ledger(ask);
    },
    putRecords: (kind, records, message) => putRecords(db, kind, records, message, at),
    removeRecords: (kind, ids) => removeRecords(db, kind, ids),
    rememberMessage: (id, report) => rememberMessage(db, id, report, at),
    saveMapping: (name, mapping) => saveMapping(db, name, mapping),
    saveLimits: (limits) => saveSetting(db, SETTING.limits, limits),
    savePolicy: (policy) => saveSetting(db, SETTING.policy, policy),
    saveLineAccess: (access) => saveSetting(db, SETTING.lineAccess, access),
    putUser: (user) => putUser(db, user),
    addCredential: (user, credential) => addCredential(db, user, credential, at),
    putDevice: (device) => putDevice(db, device),
    putBadge: (person, hash) => putBadge(db, person, hash),
    addSignature: async (signature) => {
      await ledger.flush(); // what is signed may be an entry of this command
      const row = await addSignature(db, signature);
      seal('signature', String(row.seq), { ...row });
      return Signature.parse(row);
    },
    pushEdit: (edit, options) => pushEdit(db, edit, options),
    undo: () => undoEdit(db),
    redo: () => redoEdit(db),
    branchScenario: (from, scenario) => branchScenario(db, from, scenario),
    renameScenario: (id, name) => renameScenario(db, id, name),
    removeScenario: (id) => removeScenario(db, id),
    switchScenario: (id) => openScenario(db, id),
    addVersion: async (version) => {
      const row = await addVersion(db, version);
      seal('version', String(row.number), { ...row });
    },
    addQueue: async (queue) => {
      const row = await addQueue(db, queue);
      seal('queue', queueKey(row), { ...sealedQueue(row) });
    },
    addListReceipt: async (receipt) => {
      const row = await addListReceipt(db, receipt);
      seal('listReceipt', queueKey(row), { ...row });
    },
    addEvent: async (report) => {
      const { event, row } = await addEvent(db, report);
      seal('event', row.id, { ...row });
      return event;
    },
    addComment: async (comment) => {
      const row = await addComment(db, comment);
      seal('comment', String(row.seq), { ...row });
      return Comment.parse(row);
    },
    openCase: async (one) => {
      const opened: Case = { ...one, id: await nextCaseId(db) };
      await saveCase(db, opened);
      return opened;
    },
    saveCase: (one) => saveCase(db, one),
    saveFeed: (feed, isAnother) => saveFeed(db, feed, isAnother),
    removeFeed: (name) => removeFeed(db, name),
    saveCursor: (feed, cursor) => saveCursor(db, feed, cursor),
    putDifferences: (differences) => putDifferences(db, differences),
    removeDifferences: (differences) => removeDifferences(db, differences),
    addOutbound: (feed, messages) => addOutbound(db, feed, messages, at),
    settleOutbound: (seq, settlement) => settleOutbound(db, seq, settlement, at),
    dropWaiting: (feed, reason) => dropWaiting(db, feed, reason, at),
    saveLink: (link) => saveLink(db, link),
    removeLink: (name) => removeLink(db, name),
    saveReceipt: (receipt) => saveReceipt(db, receipt),
    removeReceipt: (task) => removeReceipt(db, task),
    log: async (note) => {
      notes += 1;
      ledger.append(note);
    },
  };
  const finish = async (): Promise<void> => {
    if (notes === 0) {
      throw new Error(
        `The command ${command.action} (${command.key}) logged nothing.\nMaybe its author forgot to call log().`,
      );
    }
    await ledger.flush();
  };
  return { writer, finish };
}

export const queueKey = (queue: { readonly unit: string; readonly revision: number }): string =>
  `${queue.unit} r${queue.revision}`;
