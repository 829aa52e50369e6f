import { Worker } from 'node:worker_threads';
import type { Advice, Asked, Question } from './adviser-messages.ts';
import { pack } from './parcel.ts';

/** An adviser that has not answered by then hangs. */
const PATIENCE_MS = 30_000;

/** Asks an adviser thread: the caller's thread goes on meanwhile. What goes wrong there is an answer too, and so is giving it up. */
export async function advise(question: Question, signal?: AbortSignal): Promise<Advice> {
  const worker = new Worker(new URL('./adviser.ts', import.meta.url), {
    workerData: await pack({ ...question, asked: Date.now() } satisfies Asked),
  });
  const { promise, resolve } = Promise.withResolvers<Advice>();
  const fail = (text: string): void => resolve({ kind: 'failed', text });
  worker.on('message', resolve);
  worker.on('error', (error) => fail(`the adviser failed: ${String(error)}`));
  worker.on('exit', (code) => fail(`the adviser ended by itself with code ${code}`));
  const giveUp = (): void => fail('it was given up');
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted) giveUp();
  const timer = setTimeout(
    () => fail(`the adviser did not answer within ${PATIENCE_MS / 1000} s`),
    PATIENCE_MS,
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
    await worker.terminate();
  }
}
