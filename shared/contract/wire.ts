import { z } from 'zod';
import { type CallName, calls } from './calls.ts';
import type { Fact } from './facts.ts';

/** A call on the wire, the same over MessagePort and WebSocket. */
export const Request = z.object({
  id: z.int().nonnegative(),
  call: z.custom<CallName>((name) => typeof name === 'string' && Object.hasOwn(calls, name), {
    error: 'is no call',
  }),
  ask: z.unknown(),
  /** Idempotency key of a command: made once per intention, sent again on a repeat. */
  key: z.string().min(8).max(100).optional(),
});
export type Request = z.infer<typeof Request>;

export type Response =
  | { readonly id: number; readonly reply: unknown }
  | {
      readonly id: number;
      readonly error: string;
      /** Why whoever is at this window may not ask this now. */
      readonly code?: 'LOGIN_NEEDED' | 'LOCKED' | 'PASSWORD_OLD' | 'NOT_ALLOWED';
    };

/** What the station sends: answers to calls, and facts to everybody. */
export type Message = Response | { readonly fact: Fact };
