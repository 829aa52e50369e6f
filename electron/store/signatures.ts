import type { Kysely } from 'kysely';
import { must } from '#shared/base/must.ts';
import { Signature, type SignatureState } from '#shared/domain/signature.ts';
import { rowHash } from './ledger-chain.ts';
import { sealedQueue } from './queues.ts';
import { sealOf } from './seal.ts';
import type { Schema, SignatureRow } from './schema.ts';

/** A signature, and whether it still stands for what it stands beside. */
export interface VerifiedSignature {
  readonly signature: Signature;
  readonly state: SignatureState;
}

/** Signatures of a record, or of all records of a kind; the oldest first, each held against its record and its own seal. */
export async function readSignatures(
  db: Kysely<Schema>,
  entity: string,
  entityIds?: readonly string[],
): Promise<VerifiedSignature[]> {
  if (entityIds?.length === 0) return [];
  let found = db.selectFrom('signature').selectAll().where('entity', '=', entity);
  if (entityIds) found = found.where('entityId', 'in', entityIds);
  const rows = await found.orderBy('seq').execute();
  const known = new Map<string, string | null>();
  const verified: VerifiedSignature[] = [];
  for (const row of rows) {
    const id = row.entityId;
    if (!known.has(id)) known.set(id, await recordHash(db, entity, id));
    verified.push({ signature: Signature.parse(row), state: await stateOf(db, row, known.get(id) ?? null) });
  }
  return verified;
}

async function stateOf(
  db: Kysely<Schema>,
  row: SignatureRow,
  record: string | null,
): Promise<SignatureState> {
  if ((await sealOf(db, 'signature', String(row.seq))) !== rowHash({ ...row })) return 'forged';
  return record === row.sha256 ? 'valid' : 'changed';
}

/** Gives the signature its number, and binds it to what it signs. */
export async function addSignature(
  db: Kysely<Schema>,
  signature: Omit<Signature, 'seq' | 'sha256'>,
): Promise<SignatureRow> {
  const last = await db
    .selectFrom('signature')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst();
  const { entity, entityId, user, name, at, zone, meaning } = signature;
  const sha256 = must(await recordHash(db, entity, entityId), `What is signed, ${entity} ${entityId},`);
  const row: SignatureRow = {
    seq: (last?.seq ?? 0) + 1,
    entity,
    entityId,
    sha256,
    user,
    name,
    at,
    zone,
    meaning,
  };
  await db.insertInto('signature').values(row).execute();
  return row;
}

/** SHA-256 of a record's row as it lies there now; null when there is none. */
async function recordHash(db: Kysely<Schema>, entity: string, id: string): Promise<string | null> {
  const row = await rowOf(db, entity, id);
  return row ? rowHash({ ...row }) : null;
}

async function rowOf(db: Kysely<Schema>, entity: string, id: string) {
  switch (entity) {
    case 'version':
      return db.selectFrom('version').selectAll().where('number', '=', Number(id)).executeTakeFirst();
    case 'queue': {
      const cut = id.lastIndexOf(' r');
      const row = await db
        .selectFrom('queue')
        .selectAll()
        .where('unit', '=', id.slice(0, cut))
        .where('revision', '=', Number(id.slice(cut + 2)))
        .executeTakeFirst();
      return row && sealedQueue(row);
    }
    case 'event':
      return db.selectFrom('event').selectAll().where('id', '=', id).executeTakeFirst();
    case 'handover':
    case 'ledgerReview':
    case 'accessReview':
      // A later record of the same shift takes the place of the one before.
      return db
        .selectFrom('ledger')
        .selectAll()
        .where('entity', '=', entity)
        .where('entityId', '=', id)
        .where('field', 'is', null)
        .orderBy('seq', 'desc')
        .executeTakeFirst();
    default:
      return undefined;
  }
}
