import { CORRECTABLE } from '#shared/contract/line.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { against as no } from '#shared/flow/gate.ts';
import type { Instant } from '#shared/time/instant.ts';
import { label, nameOf, when } from './edit-draft.ts';
import type { Workspace } from './workspace.ts';

/** What speaks against putting a count right: it is of what its unit runs or has just run, says why, and leaves no count below nothing. */
export function judgeCorrection(
  workspace: Workspace,
  { unit, task: id, correction, reason }: ExecutionReport,
  at: Instant,
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
  if (state.kind === 'completed' && at - state.at > CORRECTABLE) {
    const text = `${who} was completed ${when(workspace, state.at)}; its line may put the count right for ${CORRECTABLE / 3600} hours.`;
    return [no('TASK_DONE', id, text)];
  }
  if (!reason?.trim()) return [no('REASON_MISSING', id, 'A correction needs its reason.')];
  if (!correction || Object.values(correction).every((by) => by === 0))
    return [no('BAD_QUANTITY', id, 'Say by how much good, scrap or rework was wrong.')];
  return (['good', 'scrap', 'rework'] as const).flatMap((count) => {
    const [was, by] = [progress[count], correction[count]];
    if (was + by > -1e-6) return [];
    const text = `${was} ${count} was reported of ${who}; ${-by} less cannot be.`;
    return [no('BAD_QUANTITY', id, text)];
  });
}
