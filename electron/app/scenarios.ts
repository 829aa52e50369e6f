import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import type { Writer } from '#electron/store/store.ts';
import { boardChange } from './board-view.ts';
import { type Done, Refused, type Station, mustBeCurrent } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/** So many are told apart at a glance; more are no decision any more. */
const MOST_SCENARIOS = 20;

/** Branches the open scenario under a name and opens the branch: same places, nothing to undo yet. */
export function branchScenario(
  station: Station,
  ask: Ask<'scenario.branch'>,
  caller: Caller,
): Promise<Outcome<{ scenario: ScenarioId }>> {
  return station.command(caller, 'scenario.branch', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    mustBeFreeName(workspace, ask.name);
    return branched(station, write, workspace, { name: ask.name, author: caller.user, assumes: null });
  });
}

/** What making and opening a branch leaves behind; what is pending stays so, as the places are the same. */
export async function branched(
  station: Station,
  write: Writer,
  workspace: Workspace,
  scenario: Pick<Scenario, 'name' | 'author' | 'assumes'>,
): Promise<Done<{ scenario: ScenarioId }>> {
  if (workspace.scenarios.length > MOST_SCENARIOS) {
    throw new Refused(
      'TOO_MANY_SCENARIOS',
      scenario.name,
      `There are ${MOST_SCENARIOS} scenarios already. Delete one that is no longer needed.`,
    );
  }
  const { id } = await write.branchScenario(workspace.scenario, { ...scenario, created: station.now });
  await write.switchScenario(id);
  await noteOf(
    write,
    scenario.name,
    'branch',
    scenarioIn(workspace, workspace.scenario).name,
    scenario.assumes,
  );
  const after = await openedIn(write, workspace);
  return {
    detail: { scenario: id },
    workspace: after,
    facts: (before) => [boardChange(before, after, [])],
  };
}

/** Shows another scenario; whatever is edited, solved or repaired from now on is that one. */
export function openScenario(station: Station, ask: Ask<'scenario.open'>, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'scenario.open', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const scenario = scenarioIn(workspace, ask.scenario);
    const open = scenarioIn(workspace, workspace.scenario);
    if (scenario.id === open.id)
      throw new Refused('NOTHING_CHANGED', scenario.name, `“${scenario.name}” is open already.`);
    mustBeDecided(station);
    await write.switchScenario(scenario.id);
    await noteOf(write, scenario.name, 'open', open.name, scenario.name);
    return replaced(await openedIn(write, workspace), null);
  });
}

export function renameScenario(
  station: Station,
  ask: Ask<'scenario.rename'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'scenario.rename', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const scenario = branchIn(workspace, ask.scenario);
    if (ask.name === scenario.name)
      throw new Refused('NOTHING_CHANGED', scenario.name, `It is called “${scenario.name}” already.`);
    mustBeFreeName(workspace, ask.name, scenario.id);
    await write.renameScenario(scenario.id, ask.name);
    await noteOf(write, ask.name, 'name', scenario.name, ask.name);
    const after = { ...workspace, scenarios: await write.scenarios() };
    return { detail: null, workspace: after, facts: (before) => [boardChange(before, after, [])] };
  });
}

/** Deletes a scenario with its places and its undo; where it was open, the draft is. The ledger keeps that it was there. */
export function removeScenario(
  station: Station,
  ask: Ask<'scenario.remove'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'scenario.remove', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const scenario = branchIn(workspace, ask.scenario);
    const isOpen = scenario.id === workspace.scenario;
    if (isOpen) mustBeDecided(station);
    await write.removeScenario(scenario.id);
    await noteOf(write, scenario.name, null, scenario.name, null);
    if (isOpen) return replaced(await openedIn(write, workspace), null);
    const after = { ...workspace, scenarios: await write.scenarios() };
    return { detail: null, workspace: after, facts: (before) => [boardChange(before, after, [])] };
  });
}

/** The workspace with the scenario that the store now says is open. */
export async function openedIn(write: Writer, workspace: Workspace): Promise<Workspace> {
  const [scenarios, scenario, revision, edits, draft] = await Promise.all([
    write.scenarios(),
    write.openScenario(),
    write.revision(),
    write.edits(),
    write.draft(),
  ]);
  return withDraft({ ...workspace, scenarios, scenario, revision, ...edits }, draft);
}

export const replaced = <Detail>(workspace: Workspace, detail: Detail): Done<Detail> => ({
  detail,
  workspace,
  facts: () => [{ kind: 'board.replaced', revision: workspace.revision }],
});

export function scenarioIn({ scenarios }: Workspace, id: ScenarioId): Scenario {
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) {
    throw new Refused(
      'SCENARIO_UNKNOWN',
      `scenario ${id}`,
      `There is no scenario ${id}. Maybe somebody has deleted it.`,
    );
  }
  return scenario;
}

/** A scenario that is not the draft itself. */
export function branchIn(workspace: Workspace, id: ScenarioId): Scenario {
  const scenario = scenarioIn(workspace, id);
  if (id === DRAFT)
    throw new Refused('DRAFT_STAYS', scenario.name, 'The draft cannot be renamed, deleted or promoted.');
  return scenario;
}

/** A search and a proposal belong to the places they were made from. */
export function mustBeDecided({ solving, proposal }: Pick<Station, 'solving' | 'proposal'>): void {
  if (solving) {
    throw new Refused(
      'SOLVING',
      'solver',
      'The solver works on the open scenario. Take what it has or cancel it first.',
    );
  }
  if (proposal) {
    throw new Refused(
      'PROPOSAL_WAITS',
      'proposal',
      'A proposal for the open scenario waits. Accept or reject it first.',
    );
  }
}

/** Only the draft is published: a scenario is promoted first. */
export function mustBeDraft(workspace: Workspace): void {
  if (workspace.scenario === DRAFT) return;
  const { name } = scenarioIn(workspace, workspace.scenario);
  throw new Refused(
    'SCENARIO_OPEN',
    name,
    `“${name}” is a scenario, and only the draft is published. Promote it to be the draft, or open the draft.`,
  );
}

function mustBeFreeName({ scenarios }: Workspace, name: string, own?: ScenarioId): void {
  const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
  if (!scenarios.some((one) => one.id !== own && same(one.name))) return;
  throw new Refused('NAME_TAKEN', name, `There is a scenario “${name}” already. Give it another name.`);
}

const noteOf = (
  write: Writer,
  name: string,
  field: string | null,
  old: string | null,
  next: string | null,
): Promise<void> => write.log({ entity: 'scenario', entityId: name, field, old, new: next, reason: null });
