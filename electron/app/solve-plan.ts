import { randomUUID } from 'node:crypto';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Proposal } from '#shared/contract/views.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Figures, Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { editBetween } from '#shared/edit/draft.ts';
import { indexBy } from '#shared/base/group.ts';
import { costOfFigures } from '#shared/flow/cost-of-figures.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { type SolvedPlan, solvePlan as solve } from '#electron/solving/solve-plan.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { differencesBetween } from './differences.ts';
import { draftWith, mustChange } from './edit-draft.ts';
import { type PendingProposal, Refused, type Station, type Work, mustBeCurrent } from './station.ts';
import { START_GRACE, withDraft } from './workspace.ts';

type SolveAsk = Ask<'solve.start'>;

/** Starts the solver on the plan as it is now; what it finds becomes a proposal, never the plan by itself. */
export function solvePlan(station: Station, ask: SolveAsk, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'solve.start', async (write, workspace) => {
    if (station.solving)
      throw new Refused(
        'SOLVING',
        'solver',
        'The solver is already running. Take what it has or cancel it first.',
      );
    if (workspace.plan.tasks.length === 0)
      throw new Refused('NOTHING_TO_SOLVE', 'plan', 'There are no tasks to schedule. Import orders first.');
    if (ask.mostMoved !== undefined && !workspace.version)
      throw new Refused('NOT_PUBLISHED', 'plan', 'Nothing is published yet that tasks could be moved from.');
    await write.log({
      entity: 'plan',
      entityId: 'draft',
      field: null,
      old: null,
      new: {
        seconds: ask.seconds,
        seed: ask.seed,
        weights: { ...ask.weights },
        mostMoved: ask.mostMoved ?? null,
        tasks: workspace.plan.tasks.length,
      },
      reason: null,
    });
    return { detail: null, facts: () => (begin(station, ask), []) };
  });
}

/** The plan as of now, with what the planner asks of this search. Near means near what is published, where something is. */
function planFor({ workspace, now }: Station, { weights, mostMoved }: SolveAsk): Plan {
  const { plan, version } = workspace;
  return {
    ...plan,
    now,
    weights: { ...plan.weights, ...weights },
    ...(version && { baseline: version.schedule.assignments }),
    ...(mostMoved === undefined ? {} : { budget: { moved: mostMoved } }),
  };
}

function begin(station: Station, ask: SolveAsk): void {
  const plan = planFor(station, ask);
  const job = solve(
    plan,
    { seed: ask.seed, limit: { seconds: ask.seconds } },
    { progress: (progress) => station.tell({ kind: 'solve.progress', progress }) },
  );
  const done = job.done
    .then((result) => endingOf(station, plan, result))
    .catch(failedBy)
    .then((ending) => {
      station.solving = null;
      station.tell({ kind: 'solve.ended', ...ending });
    });
  station.solving = { cancel: job.cancel, take: job.take, done };
}

type Ending = Omit<Extract<Fact, { kind: 'solve.ended' }>, 'kind'>;

const failedBy = (error: unknown): Ending => ({
  outcome: 'failed',
  text: `The solver failed: ${String(error)}`,
});

/** What a solve comes to; a schedule that the checker accepts becomes the proposal. */
function endingOf(station: Station, plan: Plan, { ended, best, trouble }: SolvedPlan): Ending {
  if (ended === 'cancelled') return { outcome: 'cancelled', text: 'Cancelled; the plan is as it was.' };
  if (!best) return { outcome: 'failed', text: `No schedule: ${trouble ?? 'the solver found none'}.` };
  const violations = best.violations ?? checkSchedule(plan, best.schedule);
  const first = violations[0];
  if (first) {
    const text = `The checker refused the solver's schedule (${violations.length} violations, first: ${first.text}). Nothing was changed; please report this.`;
    return { outcome: 'failed', text };
  }
  const { schedule } = station.workspace;
  const draftHolds = checkSchedule({ ...plan, now: plan.now - START_GRACE }, schedule).length === 0;
  if (draftHolds && !isBetter(plan, best.schedule, schedule)) {
    return { outcome: 'nothingBetter', text: 'Nothing better than the draft was found; it stays as it is.' };
  }
  const rule = trouble === null ? best.rule : `${best.rule} (${trouble})`;
  station.proposal = { id: randomUUID(), plan, schedule: best.schedule, rule };
  return { outcome: 'proposal', text: `Best by ${rule}.` };
}

/** More tasks placed, or as many at a lower cost by the planner's weights. */
function isBetter(plan: Plan, found: Schedule, draft: Schedule): boolean {
  const [a, b] = [figuresFromSchedule(plan, found), figuresFromSchedule(plan, draft)];
  const cost = (figures: Figures): number => costOfFigures(plan.weights, figures, plan.now);
  return a.unplaced === b.unplaced ? cost(a) < cost(b) : a.unplaced < b.unplaced;
}

export function endSolve(station: Station, how: 'cancel' | 'take', caller: Caller): Promise<Outcome> {
  return station.command(caller, `solve.${how}`, async (write) => {
    const job = station.solving;
    if (!job) throw new Refused('NOT_SOLVING', 'solver', 'The solver is not running.');
    await write.log({ entity: 'plan', entityId: 'draft', field: null, old: null, new: how, reason: null });
    return { detail: null, facts: () => (job[how](), []) };
  });
}

/** The pending proposal as a difference from what the planner sees. */
export function proposalView(station: Station): Proposal | null {
  const { proposal, workspace } = station;
  if (!proposal) return null;
  const after = indexBy(proposal.schedule.assignments, (assignment) => assignment.task);
  return {
    id: proposal.id,
    case: proposal.case ?? null,
    revision: workspace.revision,
    before: figuresFromSchedule(workspace.plan, workspace.schedule),
    after: figuresFromSchedule(workspace.plan, proposal.schedule),
    rule: proposal.rule,
    ...differencesBetween(workspace, workspace.assignments, after),
  };
}

interface AcceptAsk {
  /** The one that was looked at. */
  readonly proposal?: string | undefined;
  readonly tasks?: readonly TaskId[] | undefined;
  readonly expected: number;
}

/** All of the proposal, or the part of it that the planner chose where that part is feasible by itself. */
export const acceptProposal = (
  station: Station,
  ask: AcceptAsk,
  caller: Caller,
): Promise<Outcome<{ changed: number }>> =>
  station.command(caller, 'proposal.accept', accepting(station, ask));

export const accepting =
  (station: Station, ask: AcceptAsk): Work<{ changed: number }> =>
  async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const proposal = lookedAt(station, ask.proposal);
    const chosen = ask.tasks && new Set(ask.tasks);
    const part: Schedule = chosen
      ? {
          assignments: proposal.schedule.assignments.filter(({ task }) => chosen.has(task)),
          unplaced: proposal.schedule.unplaced.filter(({ task }) => chosen.has(task)),
        }
      : proposal.schedule;
    const draft = draftWith(workspace, part);
    const after = withDraft(workspace, draft);
    const violation = checkSchedule({ ...after.plan, now: station.now - START_GRACE }, after.schedule)[0];
    if (violation) {
      const why = chosen
        ? 'This part of the proposal does not work alone'
        : 'The plan changed so much since the solver began that the proposal no longer fits';
      throw new Refused(
        violation.code,
        violation.object,
        `${why}: ${violation.text} ${chosen ? 'Accept the tasks that belong together, or all.' : 'Solve again.'}`,
      );
    }
    const edit = editBetween(
      chosen ? `Accept ${chosen.size} changes of the proposal` : 'Accept the proposal',
      workspace.draft,
      draft,
    );
    mustChange(edit);
    await write.pushEdit(edit, { undoable: true });
    await write.log({
      entity: 'plan',
      entityId: 'draft',
      field: 'schedule',
      old: null,
      new: { rule: proposal.rule, changed: edit.changes.length },
      reason: null,
    });
    const [revision, edits] = [await write.revision(), await write.edits()];
    return {
      detail: { changed: edit.changes.length },
      workspace: withDraft({ ...workspace, revision, ...edits }, draft),
      facts: () => [...closing(station, proposal), { kind: 'board.replaced', revision }],
    };
  };

/** The waiting proposal, where it is the one that somebody looked at: nobody accepts what they have not seen. */
function lookedAt({ proposal }: Station, id: string | undefined): PendingProposal {
  if (!proposal) throw new Refused('NO_PROPOSAL', 'proposal', 'There is no proposal to accept.');
  if (id !== undefined && id !== proposal.id)
    throw new Refused(
      'OFFER_STALE',
      'proposal',
      `Another proposal (${proposal.rule}) was made since the one that you looked at. Look at it first.`,
    );
  return proposal;
}

/** One that was made while this one was decided still waits. */
function closing(station: Station, decided: PendingProposal): Fact[] {
  if (station.proposal !== decided) return [];
  station.proposal = null;
  return [{ kind: 'proposal.closed' }];
}

export function rejectProposal(station: Station, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'proposal.reject', async (write) => {
    const { proposal } = station;
    if (!proposal) throw new Refused('NO_PROPOSAL', 'proposal', 'There is no proposal to reject.');
    await write.log({
      entity: 'plan',
      entityId: 'draft',
      field: 'proposal',
      old: proposal.rule,
      new: null,
      reason: null,
    });
    return { detail: null, facts: () => closing(station, proposal) };
  });
}
