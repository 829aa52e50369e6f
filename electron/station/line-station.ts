import { hostname } from 'node:os';
import { workUnitsOf } from '#electron/app/board-view.ts';
import { identify, isIdentified } from '#electron/app/identify.ts';
import { deviceOf, pairDevice } from '#electron/app/line-access.ts';
import { lineList, lineView } from '#electron/app/line-view.ts';
import { overrideGate } from '#electron/app/override-gate.ts';
import type { Station } from '#electron/app/station.ts';
import { takeReport } from '#electron/app/take-report.ts';
import { worklistView } from '#electron/app/worklist-view.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { Fact, FactKind } from '#shared/contract/facts.ts';
import type { ReportOutcome } from '#shared/contract/line.ts';
import type { OverrideAsk } from '#shared/contract/override.ts';
import type { Device } from '#shared/domain/device.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { LineReport } from '#shared/domain/execution.ts';
import type { PersonId } from '#shared/domain/person.ts';

/** What the line pages may ask of a station and tell it. */
export function lineStation(station: Station) {
  return {
    pairs: () => station.workspace.lineAccess.on,
    deviceOf: (key: string) => deviceOf(station, key),
    pair: (code: string, from: string) => pairDevice(station, code, from),
    identify: (device: Device, ask: Parameters<typeof identify>[2]) => identify(station, device.id, ask),
    knows: (device: Device, token: string, person: PersonId, at: number | undefined) =>
      isIdentified(station, device.id, token, person, at ?? station.now),
    list: (device: Device | null) => lineList(station, device?.units),
    has: (unit: string) => workUnitsOf(station.workspace).some(({ id }) => (id as string) === unit),
    view: (unit: string, person: PersonId | null, has: string) => lineView(station, unit, person, has),
    worklist: (
      ask: Parameters<typeof worklistView>[1],
      person: Parameters<typeof worklistView>[2],
      device: Device | null,
    ) => worklistView(station, ask, person, device?.units),
    report: async (report: LineReport, device: Device | null) =>
      toldOf(await takeReport(station, report, lineCaller(station, report, device))),
    override: async (ask: OverrideAsk, device: Device | null) =>
      toldOf(await overrideGate(station, ask, lineCaller(station, ask.report, device))),
    heard: (unit: string) => void station.heard.set(unit, station.now),
    onAccess: (listener: () => void) => station.onFact(({ kind }) => kind === 'lines.changed' && listener()),
    onChange: (unit: string, listener: () => void) =>
      station.onFact((fact) => mayConcern(station, unit, fact) && listener()),
  };
}

/** What is told of these shows on no line page. */
const ELSEWHERE: ReadonlySet<FactKind> = new Set([
  'solve.progress',
  'solve.ended',
  'proposal.ready',
  'proposal.closed',
  'feeds.changed',
  'record.changed',
  'lines.changed',
  'notice',
]);

/**
 * Whether a line's view may be another one now. A report concerns its own line and those that have tasks of the same orders, a
 * case the line that asked; what a line shares with others (an instrument, a lot) its page sees when it looks by itself, every
 * few seconds. With every line told of everything, a plant's pages would do little but read.
 */
function mayConcern({ workspace }: Station, unit: string, fact: Fact): boolean {
  if (ELSEWHERE.has(fact.kind)) return false;
  if (unit === '') return true;
  if (fact.kind === 'cases.changed') return workspace.cases.some(({ asked }) => asked?.unit === unit);
  if (fact.kind !== 'board.changed') return true;
  const { bars, rows, removed } = fact;
  const told = workspace.queues.get(EquipmentId.parse(unit))?.items ?? [];
  const touched = new Set([...bars.map(({ task }) => task), ...removed]);
  return (
    rows.some((row) => row.unit === unit) ||
    bars.some((bar) => bar.unit === unit) ||
    told.some(({ task }) => touched.has(task))
  );
}

/** Whoever identified, or else the line itself. */
function lineCaller(
  { workspace }: Station,
  { id, person, unit }: Pick<LineReport, 'id' | 'person' | 'unit'>,
  device: Device | null,
): Caller {
  const name = workspace.plant.people.find((entry) => entry.id === person)?.name;
  const workstation = device ? `${device.id} ${device.name}` : hostname();
  return {
    user: person ?? unit,
    origin: 'line',
    key: id,
    by: { workstation, ...(name !== undefined && { userName: name }) },
  };
}

const toldOf = (outcome: Outcome<{ seq: number }>): ReportOutcome =>
  outcome.ok ? { ok: true, seq: outcome.detail.seq } : { ok: false, refusal: outcome.refusal };
