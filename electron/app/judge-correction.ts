import { CORRECTABLE } from '#shared/contract/line.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { against as no } from '#shared/flow/gate.ts';
import type { Instant } from '#shared/time/instant.ts';
import { label, nameOf, when } from './edit-draft.ts';
import { judgeConsumed } from './judge-results.ts';
import type { Workspace } from './workspace.ts';

/**
 * What speaks against putting a count right: it is of what its unit runs or has run `within` so many seconds, says why,
 * leaves nothing below none, and names lots that the task may take.
 */
export function judgeCorrection(
  workspace: Workspace,
  { unit, task: id, correction, reason }: ExecutionReport,
  at: Instant,
  within = CORRECTABLE,
): Refusal[] {
  const progress = id && workspace.progress.get(id);
  if (!id || !progress)
    return [no('NOT_SCHEDULED', id ?? unit, 'A correction names a task of which something was reported.')];
  const task = workspace.tasks.get(id);
  const who = task ? label(task) : id;
  const { state } = progress;
  if (state.kind === 'waiting' || state.kind === 'setup')
    return [no('TASK_NOT_RUNNING', id, `${who} is not running, so nothing was counted.`)];
  if (progress.unit !== unit) {
    const text = `${who} was counted on ${nameOf(workspace, progress.unit)}, not on ${nameOf(workspace, unit)}.`;
    return [no('WRONG_UNIT', unit, text)];
  }
  if (state.kind === 'completed' && at - state.at > within) {
    const text = `${who} was completed ${when(workspace, state.at)}; its line may put the count right for ${within / 3600} hours.`;
    return [no('TASK_DONE', id, text)];
  }
  if (!reason?.trim()) return [no('REASON_MISSING', id, 'A correction needs its reason.')];
  const { lots = [], ...counts } = correction ?? { good: 0, scrap: 0, rework: 0 };
  if ([...Object.values(counts), ...lots.map(({ by }) => by)].every((by) => by === 0))
    return [no('BAD_QUANTITY', id, 'Say by how much good, scrap, rework or a lot was wrong.')];
  const taken = lots.map(({ lot, by }) => {
    const was = progress.consumed?.find((one) => one.lot === lot)?.quantity ?? 0;
    return { lot, by, was, quantity: Math.max(0, was + by) };
  });
  return [
    ...(['good', 'scrap', 'rework'] as const).flatMap((count) =>
      tooLittle(counts[count], progress[count], count),
    ),
    ...taken.flatMap(({ lot, by, was }) => tooLittle(by, was, `of lot ${lot}`)),
    ...judgeConsumed(workspace, { task: id, lots: taken.filter(({ by }) => by > 0) }),
  ];

  function tooLittle(by: number, was: number, what: string): Refusal[] {
    if (was + by > -1e-6) return [];
    return [no('BAD_QUANTITY', id ?? unit, `${was} ${what} was reported of ${who}; ${-by} less cannot be.`)];
  }
}
