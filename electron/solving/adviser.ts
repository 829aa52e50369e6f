import { parentPort, workerData } from 'node:worker_threads';
import { must } from '#shared/base/must.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Instant } from '#shared/time/instant.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { shortagesOf } from '#solver/lp/shortages.ts';
import { whatHelps } from '#solver/remedies/what-helps.ts';
import { repair } from '#solver/repair/repair.ts';
import type { Advice, Asked, Judgement, Side, RemedyPiece, SchedulePiece } from './adviser-messages.ts';
import { LEAVE } from './end-worker.ts';
import { type Parcel, unpack } from './parcel.ts';

/** Three repairs are on their way back after so many seconds, two of them by a local search of so many steps at most. */
const REPAIRS_WITHIN = 1.6;
const STEPS = 5_000;
/** Steps with which each change for a late order is tried, and how long all of them may take. */
const HELP_STEPS = 120;
const HELP_SECONDS = 12;

/** An adviser thread: answers one question after the other. */
const port = must(parentPort, 'The port of the adviser thread');

const isDismissed = workerData as Int32Array;
/** For whoever was told to go, all the time there is has passed. */
const elapsed = (): number =>
  Atomics.load(isDismissed, 0) === 0 ? performance.now() : Number.MAX_SAFE_INTEGER;

function adviceFor(question: Asked): Advice {
  if (question.kind === 'roughCut') {
    return { kind: 'roughCut', shortages: shortagesOf(question.plan, question.edges) };
  }
  if (question.kind === 'judge') {
    const { plan, since, sides } = question;
    return { kind: 'judged', sides: sides.map((side) => judgementOf(plan, side, since)) };
  }
  const { plan, schedule, since } = question;
  if (question.kind === 'help') {
    const began = elapsed();
    const help = whatHelps(plan, schedule, question.order, {
      seed: 1,
      iterations: HELP_STEPS,
      since,
      isOver: () => elapsed() - began > HELP_SECONDS * 1000,
    });
    const remedies = help?.remedies.map((one): RemedyPiece => {
      const { kind, text, moved } = one;
      return { kind, text, moved, assumes: !isSound(one, [plan], since), ...pieceOf(one.schedule, schedule) };
    });
    return { kind: 'help', help: help && { late: help.late, tried: help.tried, remedies: remedies ?? [] } };
  }
  const { change, mostMoved, aims, newcomers } = question;
  const result = repair(plan, schedule, change, {
    seed: 1,
    limit: { seconds: REPAIRS_WITHIN - (Date.now() - question.asked) / 1000, iterations: STEPS },
    elapsed,
    since,
    ...(mostMoved !== undefined && { mostMoved }),
    ...(aims && { aims }),
    ...(newcomers && { newcomers }),
  });
  if (!result.ok) return { kind: 'refused', refusal: result.refusal };
  const sound = result.repairs.filter((one) => isSound(one, [plan, result.plan], since));
  return {
    kind: 'repairs',
    plan: result.plan === plan ? null : result.plan,
    repairs: sound.map(({ aim, counts, schedule: after }) => ({ aim, counts, ...pieceOf(after, schedule) })),
  };
}

function judgementOf(common: Plan, { schedule, tasks, ...own }: Side, since: Instant): Judgement {
  const plan = { ...common, ...own, tasks: tasks ?? common.tasks };
  const [first, ...more] = checkSchedule({ ...plan, now: since }, schedule);
  return {
    figures: figuresFromSchedule(plan, schedule),
    problem: first ? { text: first.text, count: 1 + more.length } : null,
  };
}

/** The checker accepts it on the plan with the change, and on the one that is recorded: that is the one it becomes part of. */
const isSound = (
  { schedule }: { readonly schedule: Schedule },
  plans: readonly Plan[],
  since: number,
): boolean =>
  [...new Set(plans)].every((plan) => checkSchedule({ ...plan, now: since }, schedule).length === 0);

function pieceOf(schedule: Schedule, before: Schedule): SchedulePiece {
  const known = new Set(before.assignments);
  const placed = new Set(schedule.assignments.map(({ task }) => task));
  return {
    changed: schedule.assignments.filter((assignment) => !known.has(assignment)),
    gone: before.assignments.flatMap(({ task }) => (placed.has(task) ? [] : task)),
    unplaced: schedule.unplaced,
  };
}

port.on('message', (parcel: Parcel | typeof LEAVE) => {
  if (parcel === LEAVE) return port.close();
  try {
    port.postMessage(adviceFor(unpack(parcel) as Asked));
  } catch (error) {
    const failed: Advice = { kind: 'failed', text: String(error) };
    port.postMessage(failed);
  }
});
