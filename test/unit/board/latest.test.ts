import { expect, test } from 'vitest';
import { latestOnly } from '#renderer/board/latest.ts';

/** Answers come when the test lets them. */
function desk() {
  const asked: { question: number; answer: () => Promise<void>; fail: () => Promise<void> }[] = [];
  const told: string[] = [];
  const settle = async (work: () => void) => {
    work();
    await new Promise((resolve) => setTimeout(resolve));
  };
  const latest = latestOnly<number, string>(
    (question) =>
      new Promise((resolve, reject) => {
        asked.push({
          question,
          answer: () => settle(() => resolve(`to ${question}`)),
          fail: () => settle(() => reject(new Error(`no ${question}`))),
        });
      }),
    (question, answer) => told.push(`${question}: ${answer}`),
    (error) => told.push(String(error)),
  );
  return { asked, told, latest };
}

test('one question is asked at a time, and of those that wait only the newest', async () => {
  const { asked, told, latest } = desk();
  for (const question of [1, 2, 3]) latest.put(question);
  expect(asked.map(({ question }) => question)).toEqual([1]);
  await asked[0]?.answer();
  expect(asked.map(({ question }) => question)).toEqual([1, 3]);
  await asked[1]?.answer();
  expect(told).toEqual(['3: to 3']);
});

test('after a drop nothing is told, and the next question is answered again', async () => {
  const { asked, told, latest } = desk();
  latest.put(1);
  latest.put(2);
  latest.drop();
  await asked[0]?.answer();
  expect(asked).toHaveLength(1);
  latest.put(3);
  await asked[1]?.answer();
  expect(told).toEqual(['3: to 3']);
});

test('a failure is told and does not stop what waits', async () => {
  const { asked, told, latest } = desk();
  latest.put(1);
  await asked[0]?.fail();
  latest.put(2);
  await asked[1]?.answer();
  expect(told).toEqual(['Error: no 1', '2: to 2']);
});
