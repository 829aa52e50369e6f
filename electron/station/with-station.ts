import { randomUUID } from 'node:crypto';
import { type Answer, type Flags, clockOf, text } from './flags.ts';
import { type Running, openStation } from './running.ts';

/** Opens the station that the flags name for one piece of work. */
export async function withStation(
  flags: Flags,
  work: (running: Running) => Promise<Answer>,
  readonly = false,
): Promise<Answer> {
  const running = await openStation({ data: text(flags, 'data'), clock: clockOf(flags), readonly });
  try {
    return await work(running);
  } finally {
    await running.close();
  }
}

export const callerOf = (running: Running) => ({
  user: running.user,
  origin: 'command' as const,
  key: `cli ${randomUUID()}`,
});
