import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { LinesView } from '#shared/contract/session.ts';
import type { Device, LineAccess } from '#shared/domain/device.ts';
import type { Instant } from '#shared/time/instant.ts';
import { workUnitsOf } from './board-view.ts';
import { codeHash } from './identify.ts';
import { teamUnits } from './worklists.ts';
import { Refused, type Station } from './station.ts';
import type { Workspace } from './workspace.ts';

export function linesView({ workspace, lineServer }: Station): LinesView {
  const { lineAccess, devices, plant, badges } = workspace;
  return {
    access: lineAccess,
    addresses: addressesHere(),
    served: lineServer?.address() ?? null,
    problem: lineServer?.problem() ?? null,
    devices: [...devices.values()].map(shown),
    units: workUnitsOf(workspace).map(({ id, name }) => ({ id, name })),
    teams: teamUnits(workspace),
    people: plant.people.map(({ id, name }) => ({ id, name, hasCode: badges.has(id) })),
  };
}

/** IPv4 addresses at which others may reach this machine, and loopback to try it. */
const addressesHere = (): string[] => [
  ...new Set(
    Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .filter(({ family }) => family === 'IPv4')
      .sort((a, b) => Number(a.internal) - Number(b.internal))
      .map(({ address }) => address),
  ),
];

/** Serves the line pages at one address of the plant network, or no more; from then on every line page is paired. */
export async function serveLines(station: Station, access: LineAccess, caller: Caller): Promise<Outcome> {
  const outcome = await station.command(caller, 'line.serve', async (write, workspace) => {
    await write.saveLineAccess(access);
    await write.log({
      entity: 'settings',
      entityId: 'lineAccess',
      field: null,
      old: workspace.lineAccess,
      new: access,
      reason: null,
    });
    return { detail: null, workspace: { ...workspace, lineAccess: access } };
  });
  if (outcome.ok) await station.lineServer?.follow();
  station.tell({ kind: 'lines.changed' });
  return outcome;
}

/** A one-time code for a screen. It goes to the window alone: neither ledger nor remembered answers hold it. */
export async function offerPairing(
  station: Station,
  { name, units }: Ask<'device.offer'>,
  caller: Caller,
): Promise<Outcome<{ code: string; until: Instant }>> {
  const outcome = await station.command(caller, 'device.offer', async (write, workspace) => {
    const known = new Set<string>(workUnitsOf(workspace).map(({ id }) => id));
    const stranger = units.find((unit) => !known.has(unit));
    if (stranger) throw new Refused('UNIT_UNKNOWN', stranger, `There is no work unit “${stranger}”.`);
    if (!workspace.lineAccess.on)
      throw new Refused('LINE_ACCESS_OFF', 'lines', 'Switch line-side access on first.');
    await write.log({
      entity: 'device',
      entityId: name,
      field: 'offered',
      old: null,
      new: [...units],
      reason: null,
    });
    return { detail: null };
  });
  if (!outcome.ok) return outcome;
  return { ...outcome, detail: station.pairing.offer({ name, units, by: caller.user }, station.now) };
}

export type Paired =
  | { readonly ok: true; readonly device: Device; readonly key: string }
  | { readonly ok: false; readonly status: 403 | 429; readonly text: string };

/** Pairs the screen at which the code was typed: it gets a key of its own, of which the station keeps a fingerprint. */
export async function pairDevice(station: Station, code: string, from: string): Promise<Paired> {
  const offer = station.pairing.take(code, station.now);
  if (offer === 'blocked')
    return { ok: false, status: 429, text: 'Too many wrong codes. Wait a minute, then ask for a new code.' };
  if (offer === 'wrong' || offer === 'withdrawn') {
    await noteWrongCode(station, from, offer);
    return {
      ok: false,
      status: 403,
      text: 'This code is not valid, or no more. Ask for a new one at the workstation.',
    };
  }
  const secret = randomBytes(32).toString('base64url');
  const caller: Caller = {
    user: offer.by,
    origin: 'line',
    key: `pair ${randomUUID()}`,
    by: { workstation: from },
  };
  const outcome = await station.command(caller, 'device.pair', async (write, workspace) => {
    const device: Device = {
      id: `line-${workspace.devices.size + 1}`,
      name: offer.name,
      units: [...offer.units],
      keyHash: hashOf(secret),
      paired: station.now,
      pairedBy: offer.by,
      revoked: null,
    };
    await write.putDevice(device);
    await write.log({
      entity: 'device',
      entityId: device.id,
      field: null,
      old: null,
      new: shown(device),
      reason: null,
    });
    return {
      detail: device,
      workspace: withDevice(workspace, device),
      facts: () => [
        { kind: 'lines.changed' as const },
        {
          kind: 'notice' as const,
          level: 'info' as const,
          text: `${offer.name} is paired.`,
          for: 'administrator' as const,
        },
      ],
    };
  });
  if (!outcome.ok) return { ok: false, status: 403, text: outcome.refusal.text };
  return { ok: true, device: outcome.detail, key: `${outcome.detail.id}.${secret}` };
}

async function noteWrongCode(station: Station, from: string, what: 'wrong' | 'withdrawn'): Promise<void> {
  const caller: Caller = {
    user: 'unpaired screen',
    origin: 'line',
    key: `pair ${randomUUID()}`,
    by: { workstation: from },
  };
  await station.command(caller, 'device.refused', async (write) => {
    await write.log({ entity: 'device', entityId: from, field: 'code', old: null, new: what, reason: null });
    const text =
      what === 'wrong'
        ? `A wrong pairing code was typed at ${from}.`
        : `Too many wrong pairing codes from ${from}: all open codes are withdrawn.`;
    return {
      detail: null,
      facts: () => [{ kind: 'notice' as const, level: 'warn' as const, text, for: 'administrator' as const }],
    };
  });
}

/** From now on the key opens nothing; what the screen has open is closed. */
export function revokeDevice(station: Station, id: string, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'device.revoke', async (write, workspace) => {
    const device = workspace.devices.get(id);
    if (!device || device.revoked !== null)
      throw new Refused('DEVICE_UNKNOWN', id, `No screen “${id}” is paired.`);
    const after = { ...device, revoked: station.now };
    await write.putDevice(after);
    await write.log({
      entity: 'device',
      entityId: id,
      field: 'revoked',
      old: null,
      new: station.now,
      reason: null,
    });
    return {
      detail: null,
      workspace: withDevice(workspace, after),
      facts: () => [{ kind: 'lines.changed' }],
    };
  });
}

/** The screen that this key belongs to, if it is still paired. */
export function deviceOf({ workspace }: Station, key: string): Device | null {
  const dot = key.indexOf('.');
  const device = workspace.devices.get(key.slice(0, dot));
  if (!device || device.revoked !== null) return null;
  return timingSafeEqual(Buffer.from(hashOf(key.slice(dot + 1))), Buffer.from(device.keyHash))
    ? device
    : null;
}

/** Gives a person the badge or PIN by which lines know them. Only its keyed fingerprint is kept. */
export function saveBadge(
  station: Station,
  { person, code }: Ask<'badge.save'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'badge.save', async (write, workspace) => {
    if (!workspace.plant.people.some(({ id }) => id === person))
      throw new Refused('PERSON_UNKNOWN', person, `There is nobody “${person}” in the plant.`);
    const hash = code === null ? null : codeHash(station, code, person);
    const others = [...workspace.badges].filter(([other]) => other !== person);
    if (others.some(([, known]) => known === hash))
      throw new Refused('CODE_TAKEN', person, 'Somebody else has this badge.');
    await write.putBadge(person, hash);
    await write.log({
      entity: 'person',
      entityId: person,
      field: 'code',
      old: null,
      new: code !== null,
      reason: null,
    });
    return {
      detail: null,
      workspace: { ...workspace, badges: new Map(hash === null ? others : [...others, [person, hash]]) },
      facts: () => [{ kind: 'lines.changed' }],
    };
  });
}

/** What may be told of a screen: all but its key. */
const shown = ({ id, name, units, paired, pairedBy, revoked }: Device) => ({
  id,
  name,
  units,
  paired,
  pairedBy,
  revoked,
});

const withDevice = (workspace: Workspace, device: Device): Workspace => ({
  ...workspace,
  devices: new Map(workspace.devices).set(device.id, device),
});

/** A key is 256 random bits: its plain fingerprint gives nothing away. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
