import { create } from 'zustand';
import type { Fact } from '#shared/contract/facts.ts';
import type { Status, VersionRow } from '#shared/contract/views.ts';
import type { Connection } from '#renderer/bridge/client.ts';
import { station } from '#renderer/bridge/station.ts';
import { type Formats, formatsOf } from '#renderer/ui/format.ts';
import { useOrigin } from '#renderer/ui/origin.ts';
import { onSaved } from '#renderer/ui/save-file.ts';
import { isInside, readAccount, useAccount } from './account.ts';
import { act } from './act.ts';
import { foldFact, readBoard, readProposal, useBoard } from './board.ts';
import { caseOpened } from './case-notices.ts';
import { notify } from './notices.ts';
import { goTo, usePlace } from './place.ts';
import { stateText } from './text.ts';

export interface Session {
  readonly connection: Connection;
  readonly status: Status | null;
  /** The newest published version. */
  readonly published: VersionRow | null;
  /** Plant's now minus this machine's clock, in seconds: the station may run on simulated or corrected time. */
  readonly skew: number;
}

export const useSession = create<Session>()(() => ({
  connection: station.connection(),
  status: null,
  published: null,
  skew: 0,
}));

/** Times on the plant's wall clock. */
export const useFormats = (): Formats => formatsOf(useSession((state) => state.status?.zone ?? 'UTC'));

/** This machine's clock. */
export const clockSeconds = (): number => Math.floor(Date.now() / 1000);

/** The plant's time now. */
export const plantNow = (): number => clockSeconds() + useSession.getState().skew;

export async function readStatus(): Promise<void> {
  const status = await station.call('station.status', {});
  const versions = status.version === null ? [] : await station.call('version.list', {});
  const published = versions.find(({ number }) => number === status.version) ?? null;
  useSession.setState({ status, published, skew: status.now - clockSeconds() });
  useOrigin.setState({
    plant: status.plant ?? '',
    zone: status.zone,
    version: status.version,
    now: plantNow,
  });
}

/** Reads what the first screen needs, where somebody is there who may see it. */
async function readAll(): Promise<void> {
  if (await readAccount()) await readPlant();
}

async function readPlant(): Promise<void> {
  await Promise.all([readStatus(), readBoard(), readProposal()]);
}

/** Somebody has come in: what was told meanwhile is gone. */
export const enter = (): void => attempt(readPlant);

/** Says what went wrong. */
const attempt = (work: () => Promise<void>): void => {
  work().catch((error: unknown) => {
    notify('error', stateText.noAnswer, error instanceof Error ? error.message : String(error));
  });
};

/** Who is here now may be let in, or out. */
async function accountChanged(): Promise<void> {
  const before = useAccount.getState().account;
  if ((await readAccount()) && !isInside(before)) await readPlant();
}

/** Facts after which the status is another one. */
const NEWS = new Set<Fact['kind']>([
  'board.replaced',
  'plant.imported',
  'solve.ended',
  'proposal.ready',
  'version.published',
  'queues.dispatched',
  'proposal.closed',
  'record.changed',
]);

function solveEnded({ outcome, text }: Extract<Fact, { kind: 'solve.ended' }>): void {
  if (outcome === 'failed') notify('error', stateText.solveFailed, text);
  if (outcome === 'nothingBetter') notify('info', stateText.nothingBetter, text);
  if (outcome === 'proposal') proposalReady(text);
}

function proposalReady(text: string): void {
  attempt(readProposal);
  const { place } = usePlace.getState();
  if (place !== 'board' && place !== 'cases') {
    notify('info', stateText.proposalReady, text, {
      label: stateText.showProposal,
      run: () => goTo('board'),
    });
  }
}

const STATUS_MILLIS = 30_000;

/** The draft changed under the proposal that is shown: its differences are others now. */
function isUnderProposal(fact: Fact): boolean {
  const { proposal } = useBoard.getState();
  if (!proposal) return false;
  if (fact.kind === 'board.changed') return fact.state.revision !== proposal.revision;
  return fact.kind === 'board.replaced' && fact.revision !== proposal.revision;
}

/** Starts listening to the station, once per window. */
export function startSession(): void {
  onSaved((file, filter) => void act('copy.note', { file, filter }));
  station.facts((fact) => {
    if (fact.kind === 'session.changed' || fact.kind === 'accounts.changed') attempt(accountChanged);
    if (foldFact(fact)) attempt(readBoard);
    if (isUnderProposal(fact)) attempt(readProposal);
    if (NEWS.has(fact.kind)) attempt(readStatus);
    if (fact.kind === 'solve.ended') solveEnded(fact);
    if (fact.kind === 'proposal.ready') proposalReady(fact.text);
    if (fact.kind === 'cases.changed') caseOpened(fact.opened);
    if (fact.kind === 'notice') notify(fact.level, fact.text);
  });
  station.onConnection((connection) => {
    useSession.setState({ connection });
    // Facts that were told meanwhile are gone: read what they would have changed.
    if (connection === 'open') {
      useBoard.setState({ solving: null });
      attempt(readAll);
    }
  });
  if (station.connection() === 'open') attempt(readAll);
  setInterval(() => {
    if (station.connection() === 'open' && isInside(useAccount.getState().account)) attempt(readStatus);
  }, STATUS_MILLIS);
}
