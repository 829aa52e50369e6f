import type { Place } from './places.ts';
import type { Shop } from './shop.ts';

/**
 * What is wrong with a schedule, in words; empty where it is feasible. Independent of the search: it knows only what a
 * job shop is. An operation with two modes on one machine may take the shorter.
 */
export function checkShop(shop: Shop, places: readonly Place[]): string[] {
  if (places.length !== shop.operations) {
    return [`There are ${places.length} places for ${shop.operations} operations.`];
  }
  const wrong: string[] = [];
  const end = places.map(({ machine, start }, o) => {
    if (!Number.isInteger(start) || start < 0) wrong.push(`Operation ${o} starts at ${start}.`);
    const duration = shortestOn(shop, o, machine);
    if (duration === Infinity) wrong.push(`Operation ${o} cannot run on machine ${machine}.`);
    return start + duration;
  });
  for (let o = 0; o < shop.operations; o += 1) {
    for (const before of shop.before.subarray(shop.beforeFrom[o], shop.beforeFrom[o + 1])) {
      if (places[o].start < end[before]) {
        wrong.push(
          `Operation ${o} starts at ${places[o].start}, before operation ${before} ends at ${end[before]}.`,
        );
      }
    }
  }
  const inOrder = places
    .map(({ machine, start }, o) => ({ o, machine, start, end: end[o] }))
    .sort((a, b) => a.machine - b.machine || a.start - b.start || a.end - b.end);
  for (const [i, next] of inOrder.entries()) {
    const last = inOrder[i - 1];
    if (i > 0 && last.machine === next.machine && next.start < last.end) {
      wrong.push(`Operations ${last.o} and ${next.o} overlap on machine ${next.machine} at ${next.start}.`);
    }
  }
  return wrong;
}

/** The end of the last operation. */
export const makespanOf = (shop: Shop, places: readonly Place[]): number =>
  places.reduce((last, { machine, start }, o) => Math.max(last, start + shortestOn(shop, o, machine)), 0);

function shortestOn({ modeFrom, modeMachine, modeDuration }: Shop, o: number, machine: number): number {
  let shortest = Infinity;
  for (let m = modeFrom[o]; m < modeFrom[o + 1]; m += 1) {
    if (modeMachine[m] === machine) shortest = Math.min(shortest, modeDuration[m]);
  }
  return shortest;
}
