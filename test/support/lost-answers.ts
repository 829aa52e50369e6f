import { vi } from 'vitest';
import type { PushAnswer } from '#electron/erp/connector.ts';

/**
 * Pushes until it is taken. Each try loses the answer to a later call than the one before: that call has had its effect,
 * and nobody hears of it.
 */
export async function pushedThroughLosses(push: () => Promise<PushAnswer>): Promise<PushAnswer> {
  const real = globalThis.fetch;
  let calls = 0;
  let lost = 3;
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...asked) => {
    const answer = await real(...asked);
    calls += 1;
    if (calls === lost) throw new TypeError('The connection was closed.');
    return answer;
  });
  try {
    for (;;) {
      calls = 0;
      const answer = await push();
      if (answer.kind !== 'later') return answer;
      lost += 4;
    }
  } finally {
    spy.mockRestore();
  }
}
