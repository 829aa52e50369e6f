import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PersonId } from '#shared/domain/person.ts';
import { HOUR, type Instant, MINUTE } from '#shared/time/instant.ts';
import type { Station } from './station.ts';

/** A badge that is so long says by itself whose it is; a shorter code (a PIN) only together with the name. */
const BADGE_LENGTH = 8;
/** Who has identified is known for a shift. */
const KNOWN_FOR = 12 * HOUR;
const MOST_WRONG = 5;
const WAIT = MINUTE;

export type Identified =
  | { readonly ok: true; readonly person: PersonId; readonly name: string; readonly token: string }
  | { readonly ok: false; readonly status: 403 | 429; readonly text: string };

/** Wrong codes at each screen, and until when it waits. */
const wrongAt = new WeakMap<Station, Map<string, { count: number; until: Instant }>>();

/** Who stands at the line, by badge or PIN. This identifies; it is no signature (SL-04). */
export function identify(
  station: Station,
  device: string,
  { code, person }: { readonly code: string; readonly person?: string | undefined },
): Identified {
  const tries = wrongAt.get(station) ?? new Map<string, { count: number; until: Instant }>();
  wrongAt.set(station, tries);
  const before = tries.get(device) ?? { count: 0, until: 0 };
  if (station.now < before.until)
    return { ok: false, status: 429, text: 'Too many wrong codes. Wait a minute.' };
  const found = personOf(station, code, person);
  if (!found) {
    const count = before.count + 1;
    tries.set(device, count < MOST_WRONG ? { count, until: 0 } : { count: 0, until: station.now + WAIT });
    return { ok: false, status: 403, text: 'Nobody here has this code.' };
  }
  tries.delete(device);
  const until = station.now + KNOWN_FOR;
  const claim = `${Buffer.from(found.id).toString('base64url')}.${until}`;
  return {
    ok: true,
    person: found.id,
    name: found.name,
    token: `${claim}.${sealOf(station, device, claim)}`,
  };
}

/** Did this screen know that person when it happened? */
export function isIdentified(
  station: Station,
  device: string,
  token: string,
  person: string,
  at: Instant,
): boolean {
  const [id = '', until = '', seal = ''] = token.split('.');
  const expected = Buffer.from(sealOf(station, device, `${id}.${until}`));
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

const sealOf = ({ lineKey }: Station, device: string, claim: string): string =>
  createHmac('sha256', lineKey).update(`operator ${device}\n${claim}`).digest('base64url');
