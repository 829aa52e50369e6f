import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Backup, backupDatabase } from './backup.ts';
import { type Command, firstReply, rememberReply } from './command.ts';
import { type Connection, connect, makeDurable } from './connection.ts';
import { migrate, schemaOf } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import { type Reader, readerOf } from './reader.ts';
import { onSnapshot } from './snapshot.ts';
import { createPrivate, lockStation } from './station-lock.ts';
import { StoreError, damaged, explained } from './store-error.ts';
import { type Verification, damageOf, verifyDatabase } from './verify.ts';
import { type Writer, openWriter } from './writer.ts';

export type { Command } from './command.ts';
export type { Difference } from './feeds.ts';
export type { LedgerAsk, LedgerNote, LedgerPage } from './ledger.ts';
export type { OutboxPage } from './outbox.ts';
export type { SeenList } from './queues.ts';
export type { Reader } from './reader.ts';
export type { VersionHead } from './versions.ts';
export type { VerifiedSignature } from './signatures.ts';
export type { Credential } from './users.ts';
export type { Writer } from './writer.ts';
export { StoreError } from './store-error.ts';

/** The record of the plant: one file, one station that writes it. */
export interface Store {
  readonly file: string;
  /** What is committed; never the half of a running command. */
  readonly read: Reader;
  /**
   * One command, one transaction, one after the other. What is thrown inside leaves no trace.
   * A key that is known returns the first reply and runs nothing. Never write inside a write: it waits for itself.
   */
  write<Reply>(
    command: Command,
    work: (write: Writer) => Promise<Reply>,
  ): Promise<{ reply: Reply; repeated: boolean }>;
  /** Checks pages, ledger chain and seals as of now. */
  verify(): Promise<Verification>;
  /** Copies the running database into a file, verified. */
  backup(file: string): Promise<Backup>;
  /** After the running command; then another station may open the file. */
  close(): Promise<void>;
}

/** Opens the database, made and migrated if need be. Throws StoreError with what is wrong and maybe why. */
export async function openStore(file: string, options: { readonly?: boolean } = {}): Promise<Store> {
  try {
    return options.readonly ? openForReading(file) : await openForWriting(file);
  } catch (error) {
    throw explained(file, error);
  }
}

async function openForWriting(file: string): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unlock = lockStation(file);
  const open: Connection[] = [];
  const closeAll = (): void => {
    for (const { sqlite } of open.toReversed()) sqlite.close();
    unlock();
  };
  try {
    createPrivate(file);
    chmodSync(file, 0o600);
    const writing = connect(file, { readonly: false });
    open.push(writing);
    schemaOf(writing);
    const damage = damageOf(writing, 'quick_check');
    if (damage) throw damaged(file, damage);
    makeDurable(writing);
    await migrate(writing);
    const reading = connect(file, { readonly: true });
    open.push(reading);
    return storeOver(file, reading, writing, closeAll);
  } catch (error) {
    closeAll();
    throw error;
  }
}

/** Beside a running station, or on a damaged file: whatever can still be read. */
function openForReading(file: string): Store {
  if (!existsSync(file)) {
    throw new StoreError(
      'missing',
      `There is no database ${file}.\nMaybe the data folder is not the one that was meant (--data).`,
    );
  }
  const reading = connect(file, { readonly: true });
  try {
    const step = schemaOf(reading);
    if (step < migrations.length) {
      throw new StoreError(
        'older',
        `${file} has schema ${step}, this program reads ${migrations.length}.\nMaybe it was not opened for writing since the update; start the station once.`,
      );
    }
    return storeOver(file, reading, null, () => reading.sqlite.close());
  } catch (error) {
    reading.sqlite.close();
    throw error;
  }
}

function storeOver(
  file: string,
  reading: Connection,
  writing: Connection | null,
  closeAll: () => void,
): Store {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    file,
    read: readerOf(reading.db),
    write: (command, work) =>
      inTurn(async () => {
        if (!writing)
          throw new StoreError(
            'readonly',
            `${file} is open for reading only.\nMaybe a station is running; send it the command ${command.action}.`,
          );
        return run(writing, command, work).catch((error: unknown) => {
          throw explained(file, error);
        });
      }),
    verify: () => onSnapshot(file, verifyDatabase),
    backup: (target) => backupDatabase(file, target),
    close: () => inTurn(async () => closeAll()),
  };
}

const run = <Reply>(writing: Connection, command: Command, work: (write: Writer) => Promise<Reply>) =>
  writing.db.transaction().execute(async (db) => {
    const first = await firstReply(db, command);
    if (first) return { reply: first.reply as Reply, repeated: true };
    const { writer, finish } = await openWriter(db, command);
    const reply = await work(writer);
    await finish();
    await rememberReply(db, command, reply);
    return { reply, repeated: false };
  });
