import type { PassedOver, WhyNext } from '#shared/domain/why-next.ts';
import { formatLocal, formatSpan } from '#shared/time/format.ts';

/** The card in one line, the same at the desk, at the line and on paper. */
export function whyLine({ zone, rule, due, slack, ratio, after }: WhyNext): string {
  const first = rule === 'pinned' ? 'Pinned by the planner' : 'In the sequence of the plan';
  const margin = slack >= 0 ? `slack ${formatSpan(slack)}` : `late by ${formatSpan(-slack)}`;
  const urgency = ratio === null ? '' : `, critical ratio ${ratio.toFixed(1)}`;
  const waits = after ? `; after ${after.name}, planned to end ${formatLocal(zone, after.end)}` : '';
  return `${first}: due ${formatLocal(zone, due)}, ${margin}${urgency}${waits}`;
}

/** Why a more urgent task stands later. */
export function passedOverLine({ name, ratio, why }: PassedOver, zone: string): string {
  const head = `${name} (critical ratio ${ratio.toFixed(1)})`;
  switch (why.kind) {
    case 'notReady':
      return `${head} ${NOT_READY[why.by]} ${formatLocal(zone, why.until)}`;
    case 'pinned':
      return `${head} is pinned later`;
    case 'setup':
      return `${head} would take ${formatSpan(why.more)} more setup here`;
    case 'plan':
      return `${head} stands better later in the plan as a whole`;
  }
}

const NOT_READY = {
  release: 'is not released before',
  before: 'waits for what comes before it until',
  material: 'has no material before',
} as const;
