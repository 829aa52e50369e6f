import type { Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { SignatureView } from '#shared/contract/session.ts';
import type { User } from '#shared/domain/user.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import type { Signable } from '#shared/domain/policy.ts';
import type { Signature } from '#shared/domain/signature.ts';
import { hasAccounts } from './workspace.ts';
import { authenticate } from './authenticate.ts';
import { Refused, type Station, refusable } from './station.ts';

/** Somebody who has just proved who they are, and what they stand for. */
export type Signer = Pick<Signature, 'user' | 'name' | 'meaning'>;

export interface SignAsk {
  readonly password: string;
  readonly meaning: string;
}

/** Somebody proves who they are in order to sign. Who administers signs nothing (AC-03), nor does anybody by a password that somebody else knows. Throws Refused. */
export async function proveSigner(
  station: Station,
  credentials: { readonly user: string; readonly password: string },
  caller: Caller,
): Promise<User> {
  if (station.record?.ok === false)
    throw new Refused(
      'RECORD_DAMAGED',
      'ledger',
      `Nobody signs while the record is damaged: ${station.record.problem ?? ''} Maybe a backup is to be restored.`,
    );
  const user = await authenticate(station, credentials, 'sign', caller);
  if (user.roles.includes('administrator'))
    throw new Refused('NOT_ALLOWED', user.id, 'Who administers accounts signs nothing with the same one.');
  if (user.isTemporary)
    throw new Refused('PASSWORD_OLD', user.id, 'Change your password at a workstation first.');
  if (user.identity === null)
    throw new Refused(
      'IDENTITY_MISSING',
      user.id,
      `Before ${user.id} signs, an administrator notes who has checked whose account it is.`,
    );
  return user;
}

/** One human being, behind two accounts or as an account and as a person of the plant: by who they are there, else by name. */
export const isSamePerson = (
  a: { readonly person: string | null; readonly name: string },
  b: { readonly person: string | null; readonly name: string },
): boolean => (a.person !== null && a.person === b.person) || plainName(a.name) === plainName(b.name);

/** “Müller, Anna” and “anna  muller” are the same name. */
const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');

/** Who signs, proved by name and password anew (ES-02); null where nobody asked for a signature. Throws Refused. */
export async function signerFor(
  station: Station,
  what: Signable,
  ask: SignAsk | undefined,
  isNeeded: boolean,
  caller: Caller,
): Promise<Signer | null> {
  if (!ask) {
    if (isNeeded)
      throw new Refused(
        'SIGNATURE_MISSING',
        what,
        'This plant wants it signed: enter your password and what you sign for.',
      );
    return null;
  }
  const { policy } = station.workspace;
  if (!hasAccounts(station.workspace))
    throw new Refused('NO_ACCOUNTS', what, 'There are no accounts here, so nobody can sign.');
  if (!policy.meanings[what].includes(ask.meaning))
    throw new Refused('MEANING_UNKNOWN', what, `Sign as ${policy.meanings[what].join(', ')}.`);
  const { id, name } = await proveSigner(station, { user: caller.user, password: ask.password }, caller);
  return { user: id, name, meaning: ask.meaning };
}

/** Signs a record that this command has written: bound to it as it lies there. */
export async function sign(
  station: Station,
  write: Writer,
  signer: Signer,
  { entity, entityId }: Pick<Signature, 'entity' | 'entityId'>,
): Promise<Signature> {
  const signature = await write.addSignature({
    ...signer,
    entity,
    entityId,
    at: new Date(station.clock()).toISOString(),
    zone: zoneOf(station.workspace.plant),
  });
  const { name, meaning, sha256 } = signature;
  await write.log({
    entity,
    entityId,
    field: 'signature',
    old: null,
    new: { name, meaning, sha256 },
    reason: null,
  });
  return signature;
}

/** A command that is signed where the plant wants it so, or where somebody does all the same. */
export function signed<Detail>(
  station: Station,
  what: 'publish' | 'dispatch',
  ask: SignAsk | undefined,
  caller: Caller,
  work: (signer: Signer | null) => Promise<Outcome<Detail>>,
): Promise<Outcome<Detail>> {
  return refusable(async () =>
    work(await signerFor(station, what, ask, station.workspace.policy.sign[what], caller)),
  );
}

export async function listSignatures(
  station: Station,
  entity: string,
  ids?: readonly string[],
): Promise<SignatureView[]> {
  const found = await station.store.read.signatures(entity, ids);
  return found.map(({ signature, state }) => ({ ...signature, state }));
}
