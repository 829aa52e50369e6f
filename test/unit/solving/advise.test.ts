import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { advise, endAdvisers } from '#electron/solving/advise.ts';
import { workersEnded } from '#electron/solving/reserve.ts';
import type { Question } from '#electron/solving/adviser-messages.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { must } from '#shared/base/must.ts';
import { at, plan, scheduled, task, unit } from '#test/unit/solver/small-plan.ts';

/** A lathe that breaks down at the hour; its task goes to the other one. */
function breakdownOf(name: string, hour: number): Question {
  const of = plan({ equipment: [unit(name), unit('spare')] }, [task('O1/1', { [name]: 2, spare: 5 })]);
  const { id } = must(of.plant.equipment[0], 'The lathe');
  return {
    kind: 'repair',
    plan: of,
    schedule: scheduled(of),
    since: of.now,
    change: { kind: 'breakdown', unit: id, from: at(hour), until: at(hour + 30) },
    aims: ['leastChange'],
  };
}

const movedBy = async (question: Question): Promise<unknown> => {
  const advice = await advise(question);
  return advice.kind === 'repairs'
    ? advice.repairs.flatMap(({ changed }) => changed.map((place) => `${place.unit} ${place.start - at(0)}`))
    : advice;
};

test('questions at once and one after the other get each its own answer', async () => {
  const broken = ['A', 'B', 'C'].map((name, k) => breakdownOf(name, k % 2));
  const alone: unknown[] = [];
  for (const question of broken) alone.push(await movedBy(question));
  expect(alone).toEqual([['spare 0'], ['spare 0'], ['spare 0']]);
  expect(await Promise.all(broken.map(movedBy))).toEqual(alone);
});

test('a question that cannot be answered says so, and the next one is answered', async () => {
  const question = breakdownOf('A', 0);
  const nonsense = { ...question, plan: { now: 0 } as Plan } as Question;
  expect(await advise(nonsense)).toMatchObject({ kind: 'failed' });
  expect(await movedBy(question)).toEqual(['spare 0']);
});

test('whoever waits for a question, and whoever is given up over one, goes by itself', async () => {
  const stopped = vi.spyOn(Worker.prototype, 'terminate');
  expect(await advise(breakdownOf('A', 0), AbortSignal.abort())).toEqual({
    kind: 'failed',
    text: 'it was given up',
  });
  await movedBy(breakdownOf('A', 0));
  endAdvisers();
  await workersEnded();
  expect(stopped).not.toHaveBeenCalled();
});
