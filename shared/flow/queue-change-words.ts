import type { QueueChange } from '#shared/domain/queue.ts';
import { formatLocal } from '#shared/time/format.ts';
import type { Zone } from '#shared/time/zone.ts';

const KINDS = ['added', 'moved', 'changed', 'removed'] as const;

/** Differences by number: `2 added, 1 moved`. */
export function changesLine(changes: readonly Pick<QueueChange, 'kind'>[]): string {
  const parts = KINDS.flatMap((kind) => {
    const number = changes.filter((change) => change.kind === kind).length;
    return number > 0 ? `${number} ${kind}` : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'nothing changed';
}

/** One difference in words, the same at the desk, at the line and on paper. */
export function changeWords(change: QueueChange, zone: Zone): string {
  switch (change.kind) {
    case 'added':
      return `new at position ${change.item.position}`;
    case 'removed':
      return `taken off, was at position ${change.from}`;
    case 'moved':
      return `moved from position ${change.from} to ${change.to}`;
    case 'changed':
      return fieldWords(change.before, change.after, zone).join(', ');
  }
}

type Fields = Extract<QueueChange, { kind: 'changed' }>['before'];

function fieldWords(before: Fields, after: Fields, zone: Zone): string[] {
  const [was, is] = [before.assignment, after.assignment];
  const words: string[] = [];
  const differs = (read: (item: Fields) => unknown): boolean =>
    JSON.stringify(read(before)) !== JSON.stringify(read(after));
  if (was && is) {
    if (was.start !== is.start) words.push(`start ${span(was.start, is.start, zone)}`);
    else if (was.end !== is.end || was.runStart !== is.runStart)
      words.push(`end ${span(was.end, is.end, zone)}`);
    if (was.setup !== is.setup)
      words.push(`setup ${Math.round(was.setup / 60)} → ${Math.round(is.setup / 60)} min`);
    // Stints that only go along with the task are no news.
    const names = ({ assignment }: Fields) => assignment?.people.map(({ person }) => person);
    if (differs(names)) words.push('other people');
    if (differs(({ assignment }) => assignment?.instruments)) words.push('other instruments');
  }
  if (differs(({ quantity, uom }) => [quantity, uom])) words.push(amount(before, after));
  if (differs(({ name, product, order, orderName, domain }) => [name, product, order, orderName, domain]))
    words.push(
      `instructions ${[before.name, before.product].filter(Boolean).join(' ')} → ${[after.name, after.product].filter(Boolean).join(' ')}`,
    );
  const [old, now] = [before.instructions, after.instructions];
  if (old && now)
    words.push(`instructions ${old.routing} version ${old.version} → ${now.routing} version ${now.version}`);
  if (before.due !== undefined && after.due !== undefined)
    words.push(`due ${span(before.due, after.due, zone)}`);
  return words.length > 0 ? words : ['times of its people'];
}

const span = (was: number, is: number, zone: Zone): string =>
  `${formatLocal(zone, was)} → ${formatLocal(zone, is)}`;

const amount = (before: Fields, after: Fields): string =>
  before.quantity === after.quantity
    ? `in ${after.uom} instead of ${before.uom}`
    : `quantity ${before.quantity} → ${after.quantity}`;
