import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { formatLocal } from '#shared/time/format.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { type Hastened, hasten } from '#solver/repair/hasten.ts';
import { downtimeShorter } from './downtime.ts';
import { moreInstruments } from './instrument.ts';
import { lateOrder } from './late-order.ts';
import { lotEarlier } from './lot.ts';
import { otherUnit } from './other-unit.ts';
import { overtime } from './overtime.ts';
import { morePeople } from './person.ts';
import { postponeOther } from './postpone.ts';
import { releaseEarlier } from './release.ts';
import {
  type Candidate,
  type Kind,
  type LateOrder,
  REMEDY_KINDS,
  type Remedy,
  type RemedyKind,
  span,
} from './remedy.ts';

const KINDS: Record<Exclude<RemedyKind, 'due'>, Kind> = {
  sequence: ({ plan, name }) => [
    { text: `Move ${name} and its neighbours; nothing else has to change`, plan },
  ],
  postpone: postponeOther,
  downtime: downtimeShorter,
  release: releaseEarlier,
  lot: lotEarlier,
  unit: otherUnit,
  instrument: moreInstruments,
  overtime,
  person: morePeople,
  weight: ({ plan, name }) => [{ text: `Put ${name} before all others`, plan, overtakes: true }],
};

export interface Help {
  /** By how much the order is late. */
  readonly late: Seconds;
  /** Changes that are each enough, the least burden first; the due date, which always is, comes last. */
  readonly remedies: readonly Remedy[];
  /** How many changes were tried by re-solving. */
  readonly tried: number;
}

export interface HelpOptions {
  readonly seed: number;
  /** Steps of the local search that each change is tried with. */
  readonly iterations: number;
  /** What should have begun since then may still begin as planned. */
  readonly since?: Instant;
  /** Asked between two changes. */
  readonly isOver?: () => boolean;
}

/**
 * The smallest single changes that make a late order on time. Each is tried: the plan is changed, the schedule re-solved
 * around the order, and the result judged by the checker. Other orders stay on time unless the change says otherwise.
 * null when the order is not late.
 */
export function whatHelps(plan: Plan, schedule: Schedule, order: OrderId, options: HelpOptions): Help | null {
  const late = lateOrder(plan, schedule, order);
  if (!late) return null;
  const remedies: Remedy[] = [];
  let tried = 0;
  let earliest = late.end;
  const attempt = (kind: RemedyKind, candidate: Candidate): Remedy | null => {
    tried += 1;
    const hastened = hasten(candidate.plan, schedule, order, { ...options, ...candidate });
    if (kind === 'sequence' && hastened.lateNow.length === 0) earliest = Math.min(earliest, hastened.end);
    return enough(late, candidate, hastened, options) ? { kind, ...told(candidate, hastened) } : null;
  };
  for (const kind of REMEDY_KINDS) {
    if (kind === 'due' || options.isOver?.()) continue;
    const remedy = smallest(KINDS[kind](late), (candidate) => attempt(kind, candidate), options);
    if (remedy) remedies.push(remedy);
    // What nothing but the plan itself can mend needs no change at all.
    if (remedy && kind === 'sequence') return { late: late.end - late.due, remedies, tried };
  }
  return { late: late.end - late.due, remedies: [...remedies, dueLater(late, earliest)], tried };
}

/** The first candidate that is enough. */
function smallest(
  candidates: readonly Candidate[],
  attempt: (candidate: Candidate) => Remedy | null,
  { isOver }: HelpOptions,
): Remedy | null {
  for (const candidate of candidates) {
    if (isOver?.()) return null;
    const remedy = attempt(candidate);
    if (remedy) return remedy;
  }
  return null;
}

/** The order is on time, no other has become late that should not, and the checker accepts the whole. */
function enough(late: LateOrder, candidate: Candidate, hastened: Hastened, options: HelpOptions): boolean {
  if (hastened.end > late.due) return false;
  const free = new Set(candidate.yields);
  if (!candidate.overtakes && hastened.lateNow.some((other) => !free.has(other))) return false;
  const now = Math.min(late.plan.now, options.since ?? late.plan.now);
  return checkSchedule({ ...candidate.plan, now }, hastened.schedule).length === 0;
}

function told({ text, plan, yields, overtakes }: Candidate, hastened: Hastened): Omit<Remedy, 'kind'> {
  const { schedule, moved, lateNow } = hastened;
  const cost =
    yields || overtakes
      ? lateNow.length === 0
        ? ': no other order becomes late'
        : `: ${lateNow.join(', ')} ${lateNow.length === 1 ? 'becomes' : 'become'} late`
      : '';
  return { text: `${text}${cost}`, plan, schedule, moved, lateNow };
}

/** What is always enough: the promise is changed. */
function dueLater({ plan, schedule, order, due }: LateOrder, end: Instant): Remedy {
  return {
    kind: 'due',
    text: `Agree a due date ${span(end - due)} later, ${formatLocal(zoneOf(plan.plant), end)}`,
    plan: { ...plan, tasks: plan.tasks.map((task) => (task.order === order ? { ...task, due: end } : task)) },
    schedule,
    moved: 0,
    lateNow: [],
  };
}
