import type { Judgement } from '#electron/solving/adviser-messages.ts';
import { advise } from '#electron/solving/advise.ts';
import type { Ask } from '#shared/contract/calls.ts';
import type { Comparison, ScenarioSide } from '#shared/contract/views.ts';
import type { ScenarioId } from '#shared/domain/scenario.ts';
import type { Instant } from '#shared/time/instant.ts';
import { movedSincePublished } from './board-view.ts';
import { differencesBetween } from './differences.ts';
import type { Station } from './station.ts';
import { START_GRACE, type Workspace, withDraft } from './workspace.ts';

/**
 * Two scenarios side by side: figures and every task that stands elsewhere; null where one of them is gone. They are
 * judged in a thread of their own: that takes a second for ten thousand tasks, and the station answers others meanwhile.
 */
export async function compareScenarios(
  station: Station,
  ask: Ask<'scenario.compare'>,
): Promise<Comparison | null> {
  const { workspace, now } = station;
  const [against, scenario] = await Promise.all([
    workspaceOf(station, workspace, ask.against),
    workspaceOf(station, workspace, ask.scenario),
  ]);
  if (!against || !scenario) return null;
  const [one, other] = await judged([against, scenario], now);
  return {
    revision: workspace.revision,
    against: one,
    scenario: other,
    ...differencesBetween(workspace, against.assignments, scenario.assignments),
  };
}

/** The workspace as it would be with another scenario open. */
async function workspaceOf(
  { store }: Pick<Station, 'store'>,
  workspace: Workspace,
  scenario: ScenarioId,
): Promise<Workspace | null> {
  if (scenario === workspace.scenario) return workspace;
  if (!workspace.scenarios.some(({ id }) => id === scenario)) return null;
  return withDraft({ ...workspace, scenario }, await store.read.draft(scenario));
}

async function judged(
  [one, other]: readonly [Workspace, Workspace],
  now: Instant,
): Promise<[ScenarioSide, ScenarioSide]> {
  const { plan } = one;
  const advice = await advise({
    kind: 'judge',
    plan,
    since: now - START_GRACE,
    sides: [one, other].map(({ plan: { tasks, pins, frozen }, schedule }) => ({
      tasks: tasks === plan.tasks ? null : tasks,
      pins,
      frozen,
      schedule,
    })),
  });
  const [first, second] = advice.kind === 'judged' ? advice.sides : [];
  if (!first || !second)
    throw new Error(advice.kind === 'failed' ? advice.text : 'The adviser answered another question.');
  return [sideOf(one, first), sideOf(other, second)];
}

function sideOf(workspace: Workspace, judgement: Judgement): ScenarioSide {
  const { scenario, scenarios } = workspace;
  return {
    id: scenario,
    name: scenarios.find(({ id }) => id === scenario)?.name ?? '',
    ...judgement,
    movedSincePublished: movedSincePublished(workspace).length,
  };
}
