import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Caller } from '#shared/contract/calls.ts';
import type { PersonId } from '#shared/domain/person.ts';
import { HOUR, type Instant, MINUTE } from '#shared/time/instant.ts';
import type { Station } from './station.ts';

/** A badge that is so long says by itself whose it is; a shorter code (a PIN) only together with the name. */
const BADGE_LENGTH = 8;
/** Who has identified is known for a shift. */
const KNOWN_FOR = 12 * HOUR;
const MOST_WRONG = 5;
/** The first wait; against a person each is twice as long as the last, so that ten thousand PINs take weeks. */
const WAIT = MINUTE;
const MOST_DOUBLINGS = 4;
const FORGET = HOUR;

export type Identified =
  | { readonly ok: true; readonly person: PersonId; readonly name: string; readonly token: string }
  | { readonly ok: false; readonly status: 403 | 429; readonly text: string };

/** Wrong codes in a row at a screen, or against a person. */
interface Tries {
  readonly count: number;
  /** How often it had to wait before. */
  readonly waits: number;
  readonly until: Instant;
  readonly last: Instant;
}
const NONE: Tries = { count: 0, waits: 0, until: 0, last: 0 };
const wrongAt = new WeakMap<Station, Map<string, Tries>>();

function afterWrong(before: Tries, now: Instant, longer: boolean): Tries {
  const { count, waits } = now - before.last > FORGET ? NONE : before;
  if (count + 1 < MOST_WRONG) return { count: count + 1, waits, until: 0, last: now };
  const wait = longer ? WAIT * 2 ** Math.min(waits, MOST_DOUBLINGS) : WAIT;
  return { count: 0, waits: waits + 1, until: now + wait, last: now };
}

/**
 * Who stands at the line, by badge or PIN. This identifies; it is no signature (SL-04). Wrong codes count against the screen
 * and against whose PIN is tried, at whatever screen: a right code ends the count of its own person alone, or somebody
 * could go on guessing between two looks at their own badge.
 */
export async function identify(
  station: Station,
  device: string,
  { code, person }: { readonly code: string; readonly person?: string | undefined },
): Promise<Identified> {
  const { now } = station;
  const tries = wrongAt.get(station) ?? new Map<string, Tries>();
  wrongAt.set(station, tries);
  const counted = [`screen ${device}`, ...(isKnown(station, person) ? [`person ${person}`] : [])];
  const waitsUntil = (): Instant => Math.max(...counted.map((one) => tries.get(one)?.until ?? 0));
  if (now < waitsUntil()) {
    const minutes = Math.ceil((waitsUntil() - now) / MINUTE);
    return { ok: false, status: 429, text: `Too many wrong codes. Wait ${minutes} min.` };
  }
  const found = personOf(station, code, person);
  if (!found) {
    for (const one of counted)
      tries.set(one, afterWrong(tries.get(one) ?? NONE, now, one.startsWith('person')));
    await noteWrongCode(station, device, person, now < waitsUntil());
    return { ok: false, status: 403, text: 'Nobody here has this code.' };
  }
  tries.delete(`person ${found.id}`);
  const until = now + KNOWN_FOR;
  const claim = `${Buffer.from(found.id).toString('base64url')}.${until}`;
  return {
    ok: true,
    person: found.id,
    name: found.name,
    token: `${claim}.${sealOf(station, device, found.id, claim)}`,
  };
}

const isKnown = ({ workspace }: Station, person: string | undefined): boolean =>
  workspace.plant.people.some(({ id }) => id === person);

/** A wrong code stays in the ledger (AT-12), never what was typed; when it is too many an administrator hears of it (AC-07). */
async function noteWrongCode(
  station: Station,
  device: string,
  person: string | undefined,
  isTooMany: boolean,
): Promise<void> {
  const name = station.workspace.devices.get(device)?.name ?? device;
  const whose = isKnown(station, person) ? (person ?? null) : null;
  const caller: Caller = {
    user: 'unknown operator',
    origin: 'line',
    key: `code ${randomUUID()}`,
    by: { workstation: `${device} ${name}` },
  };
  await station.command(caller, 'operator.refused', async (write) => {
    await write.log({
      entity: 'device',
      entityId: device,
      field: 'operator code',
      old: null,
      new: { person: whose, waits: isTooMany },
      reason: null,
    });
    const text = `Too many wrong badges or PINs at ${name}${whose ? `, the last for ${whose}` : ''}.`;
    return {
      detail: null,
      facts: () =>
        isTooMany
          ? [{ kind: 'notice' as const, level: 'warn' as const, text, for: 'administrator' as const }]
          : [],
    };
  });
}

/** Did this screen know that person when it happened? Not by a badge or PIN that was taken away or changed since. */
export function isIdentified(
  station: Station,
  device: string,
  token: string,
  person: string,
  at: Instant,
): boolean {
  const [id = '', until = '', seal = ''] = token.split('.');
  const expected = Buffer.from(sealOf(station, device, person, `${id}.${until}`));
  const given = Buffer.from(seal);
  return (
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    Buffer.from(id, 'base64url').toString() === person &&
    at <= Number(until)
  );
}

function personOf(station: Station, code: string, person: string | undefined) {
  const { badges, plant } = station.workspace;
  const isBadge = code.length >= BADGE_LENGTH;
  if (!isBadge && person === undefined) return undefined;
  const hash = Buffer.from(codeHash(station, code, person ?? ''));
  const owner = [...badges].find(([, known]) => timingSafeEqual(Buffer.from(known), hash))?.[0];
  return plant.people.find(({ id }) => id === owner && (person === undefined || id === person));
}

/** Keyed, with a key outside the database: who has only that cannot try out all PINs. */
export const codeHash = ({ lineKey }: Pick<Station, 'lineKey'>, code: string, person: string): string =>
  createHmac('sha256', lineKey)
    .update(
      code.length >= BADGE_LENGTH ? `badge ${code.toUpperCase()}` : `pin ${person}\n${code.toUpperCase()}`,
    )
    .digest('hex');

const sealOf = ({ lineKey, workspace }: Station, device: string, person: string, claim: string): string =>
  createHmac('sha256', lineKey)
    .update(`operator ${device}\n${workspace.badges.get(person) ?? randomUUID()}\n${claim}`)
    .digest('base64url');
