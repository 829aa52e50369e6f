import { randomUUID } from 'node:crypto';
import type { Caller } from '#shared/contract/calls.ts';
import type { FactKind } from '#shared/contract/facts.ts';
import type { RepairView } from '#shared/contract/views.ts';
import type { Case, CaseKind } from '#shared/domain/case.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { changeFor, newcomersFor } from './case-repairs.ts';
import { chooseRepair, offerRepairs } from './offer-repairs.ts';
import { rejectProposal } from './solve-plan.ts';
import type { Station } from './station.ts';

/**
 * Where the plant has a rule for cases of a kind, the repair with the least change is made the proposal as soon as none
 * waits: somebody looks at it and decides as ever. A case has one such proposal; where the budget is too small, none.
 */
export async function proposeByRule(station: Station): Promise<void> {
  if (isOver(station)) await rejectProposal(station, caller());
  const found = isFree(station) ? await nextCase(station) : null;
  if (!found) return;
  const { one, mostMoved } = found;
  const { workspace, now } = station;
  const offer = await offerRepairs(
    station,
    { change: changeFor(one, now), mostMoved },
    newcomersFor(one, workspace),
  );
  if (!isFree(station)) return; // somebody was faster; it is looked at again when they have decided
  if (!offer.ok || !changesAnything(offer.repairs)) {
    station.ruled.add(one.id);
    return proposeByRule(station);
  }
  const reason = `The plant's rule for this kind of case: least change, at most ${mostMoved} tasks moved (${one.text})`;
  const choice = { offer: offer.offer, aim: 'leastChange' } as const;
  const by = { case: one.id, reason, ruledBy: await whoRules(station, one.kind) };
  const outcome = await chooseRepair(station, choice, caller(), by);
  // Refused, the draft has changed meanwhile: the fact that says so comes with another look.
  if (outcome.ok) station.ruled.add(one.id);
}

const changesAnything = (repairs: readonly RepairView[]): boolean =>
  repairs.some(
    ({ aim, counts }) => aim === 'leastChange' && counts.moved + counts.placed + counts.restaffed > 0,
  );

const caller = (): Caller => ({ user: 'service rules', origin: 'station', key: `rule ${randomUUID()}` });

/** What was proposed for a case that is open no more waits for nobody. */
const isOver = ({ proposal, workspace }: Station): boolean =>
  proposal?.case !== undefined &&
  !workspace.cases.some(({ id, state }) => id === proposal.case && state === 'open');

/** Nobody's own work is taken over: not while a proposal waits, a search runs or a scenario is looked at. */
const isFree = ({ proposal, solving, workspace }: Station): boolean =>
  proposal === null && solving === null && workspace.scenario === DRAFT;

async function nextCase(station: Station): Promise<{ one: Case; mostMoved: number } | null> {
  const { workspace, ruled } = station;
  const rules = new Map<string, number>(Object.entries(workspace.policy.rules));
  for (const one of workspace.cases) {
    const mostMoved = rules.get(one.kind);
    if (one.state !== 'open' || mostMoved === undefined || ruled.has(one.id)) continue;
    if (!(await hasProposed(station, one))) return { one, mostMoved };
    ruled.add(one.id);
  }
  return null;
}

/** Whether a rule has made its proposal for this case before, perhaps before the station was started. */
async function hasProposed({ store }: Station, { id }: Case): Promise<boolean> {
  const ask = { record: `case ${id}`, action: 'repair.choose', limit: 1 };
  return (await store.read.ledger(ask)).entries.length > 0;
}

/** Whoever set the rule for this kind of case as it is now (AT-11); null where the ledger does not say. */
async function whoRules({ store }: Station, kind: CaseKind): Promise<string | null> {
  const ask = { record: 'settings policy', action: 'policy.save', limit: 500 };
  const { entries } = await store.read.ledger(ask);
  const ruleIn = (rules: LedgerEntry['new']): unknown => (rules as Record<string, unknown> | null)?.[kind];
  const last = entries.find((one) => one.field === 'rules' && ruleIn(one.old) !== ruleIn(one.new));
  return last?.userId ?? null;
}

/** After these there may be something to propose, or room for it. */
const NEWS = new Set<FactKind>([
  'cases.changed',
  'proposal.closed',
  'solve.ended',
  'accounts.changed',
  'board.changed',
  'board.replaced',
]);

/** Follows the rules while the station serves; stops when what is under way is done. */
export function followRules(station: Station): () => Promise<void> {
  let running = Promise.resolve();
  const again = (): void => {
    running = running
      .then(() => proposeByRule(station))
      .catch((error: unknown) => station.tell({ kind: 'notice', level: 'error', text: String(error) }));
  };
  const stopListening = station.onFact(({ kind }) => {
    if (NEWS.has(kind)) again();
  });
  again();
  return () => {
    stopListening();
    return running;
  };
}
