import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { goTo, openOverlay } from '#renderer/state/place.ts';
import { compare, likelyOther, openIn, pairOf } from '#renderer/state/scenario.ts';
import { counted } from '#renderer/ui/format.ts';
import type { Command, Situation } from './registry.ts';
import { groupText, scenarioText } from './text.ts';

const openNow = (): Scenario | undefined => openIn(useBoard.getState().board?.state);

/** Each is true when the station has done it. */
export async function branchScenario(name: string): Promise<boolean> {
  const outcome = await act('scenario.branch', { name, expected: expected() });
  return outcome?.ok === true;
}

export async function openScenario(scenario: ScenarioId): Promise<boolean> {
  const outcome = await act('scenario.open', { scenario, expected: expected() });
  return outcome?.ok === true;
}

export async function renameScenario(scenario: ScenarioId, name: string): Promise<boolean> {
  const outcome = await act('scenario.rename', { scenario, name, expected: expected() });
  return outcome?.ok === true;
}

export async function removeScenario({ id, name }: Scenario): Promise<boolean> {
  const outcome = await act('scenario.remove', { scenario: id, expected: expected() });
  if (outcome?.ok) notify('info', scenarioText.removed(name));
  return outcome?.ok === true;
}

/** All of a scenario, or its places of these tasks, become the draft's. */
export async function promoteScenario(
  scenario: Pick<Scenario, 'id' | 'name'>,
  tasks?: readonly TaskId[],
): Promise<boolean> {
  const outcome = await act('scenario.promote', {
    scenario: scenario.id,
    ...(tasks && { tasks: [...tasks] }),
    expected: expected(),
  });
  if (!outcome?.ok) return false;
  const changed = counted(outcome.detail.changed, 'task');
  notify('info', scenarioText.promoted(scenario.name, changed), scenarioText.promotedText);
  return true;
}

/** What would help, as a scenario beside the one that it was asked in. */
export async function tryRemedy(help: string, remedy: number): Promise<void> {
  const from = openNow();
  const outcome = await act('remedy.try', { help, remedy, expected: expected() });
  if (outcome?.ok && from) compare({ scenario: outcome.detail.scenario, against: from.id });
}

/** Shows the open scenario beside another on the board. */
export function compareScenarios(): void {
  const { board } = useBoard.getState();
  if (!board) return;
  const other = likelyOther(board.state);
  if (other !== null) compare(pairOf(board.state.scenario, other));
  goTo('board');
}

const ready = ({ board, session }: Situation): boolean =>
  session.connection === 'open' && board.board !== null && session.status?.empty === false;
const isBranchOpen = (now: Situation): boolean =>
  ready(now) && (now.board.board?.state.scenario ?? DRAFT) !== DRAFT;

/** What is done with scenarios; opening one by its name comes from the window, which knows their names. */
export const scenarioCommands: readonly Command[] = [
  {
    id: 'scenario.branch',
    needs: 'scenario.branch',
    group: groupText.scenarios,
    title: scenarioText.branch,
    keys: ['b'],
    enabled: ready,
    run: () => openOverlay('branch'),
  },
  {
    id: 'scenario.compare',
    group: groupText.scenarios,
    title: scenarioText.compare,
    keys: ['c'],
    enabled: (now) => ready(now) && (now.board.board?.state.scenarios.length ?? 1) > 1,
    run: compareScenarios,
  },
  {
    id: 'scenario.draft',
    needs: 'scenario.open',
    group: groupText.scenarios,
    title: scenarioText.openDraft,
    keys: ['Shift+b'],
    enabled: isBranchOpen,
    run: async () => void (await openScenario(DRAFT)),
  },
  {
    id: 'scenario.promote',
    needs: 'scenario.promote',
    group: groupText.scenarios,
    title: scenarioText.promote,
    enabled: isBranchOpen,
    run: async () => {
      const open = openNow();
      if (open) await promoteScenario(open);
    },
  },
  {
    id: 'scenario.rename',
    needs: 'scenario.rename',
    group: groupText.scenarios,
    title: scenarioText.rename,
    enabled: isBranchOpen,
    run: () => openOverlay('renameScenario'),
  },
  {
    id: 'scenario.remove',
    needs: 'scenario.remove',
    group: groupText.scenarios,
    title: scenarioText.remove,
    enabled: isBranchOpen,
    run: () => openOverlay('removeScenario'),
  },
];
