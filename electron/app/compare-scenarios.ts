import type { Ask } from '#shared/contract/calls.ts';
import type { Comparison, ScenarioSide } from '#shared/contract/views.ts';
import type { ScenarioId } from '#shared/domain/scenario.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { movedSincePublished } from './board-view.ts';
import { differencesBetween } from './differences.ts';
import type { Station } from './station.ts';
import { START_GRACE, type Workspace, withDraft } from './workspace.ts';

/** Two scenarios side by side: figures and every task that stands elsewhere; null where one of them is gone. */
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
  return {
    revision: workspace.revision,
    against: sideOf(against, now),
    scenario: sideOf(scenario, now),
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

function sideOf(workspace: Workspace, now: number): ScenarioSide {
  const { plan, schedule, scenario, scenarios } = workspace;
  const [first, ...more] = checkSchedule({ ...plan, now: now - START_GRACE }, schedule);
  return {
    id: scenario,
    name: scenarios.find(({ id }) => id === scenario)?.name ?? '',
    figures: figuresFromSchedule(plan, schedule),
    movedSincePublished: movedSincePublished(workspace).length,
    problem: first ? { text: first.text, count: 1 + more.length } : null,
  };
}
