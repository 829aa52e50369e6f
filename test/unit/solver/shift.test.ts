import { expect, test } from 'vitest';
import { checkSchedule } from '#solver/check/check.ts';
import { at, plan, searched, task, unit } from './small-plan.ts';

/** Enough for everything to be moved to one side several times. */
const STEPS = 5_000;

test('loads beside each other still fit into the tank after everything has moved earlier', () => {
  const loads = Array.from({ length: 9 }, (_, k) => task(`O${k}/1`, { tank: 3 }, { due: at(4) }));
  for (const { modes } of loads) for (const mode of modes) mode.load = 1;
  const of = plan({ equipment: [unit('tank', { capacity: 2 })] }, loads);
  expect(checkSchedule(of, searched(of, STEPS))).toEqual([]);
});
