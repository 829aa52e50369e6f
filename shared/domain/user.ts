import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { LocalDate } from '#shared/time/zone.ts';
import { Name } from './operations.ts';
import { PersonId } from './person.ts';
import { ROLES } from './role.ts';

/** What somebody logs in with; given once and never to anybody else (ES-06). */
export const UserId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,39}$/,
    'Small letters, digits, dots and dashes, at least two, such as “m.huber”.',
  )
  .brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

/** Who administers does nothing else with the same account (AC-03). */
export const Roles = z
  .array(z.enum(ROLES))
  .min(1, 'At least one role.')
  .refine((roles) => !roles.includes('administrator') || roles.length === 1, {
    error: 'An administrator plans, dispatches and signs nothing: make a second account for that.',
  });

/** Who has seen who somebody is, on which day; needed before they may sign (ES-07). */
export const IdentityCheck = z.object({ by: Name, on: LocalDate });
export type IdentityCheck = z.infer<typeof IdentityCheck>;

/** Somebody who may log in. Never deleted, only disabled: the record goes on naming them. */
export const User = z.object({
  id: UserId,
  /** As it is printed beside a signature. */
  name: Name,
  roles: Roles,
  /** Who that is among the people of the plant. */
  person: PersonId.nullable(),
  disabled: z.boolean(),
  created: Instant,
  /** The password was given by somebody else and is to be changed first. */
  isTemporary: z.boolean(),
  /** Failed attempts since the last that succeeded. */
  failures: z.int().nonnegative(),
  /** After too many of them nobody gets in before this. */
  lockedUntil: Instant.nullable(),
  /** Null for who only administers, and for accounts from before this was asked. */
  identity: IdentityCheck.nullable().default(null),
  lastLogin: Instant.nullable().default(null),
});
export type User = z.infer<typeof User>;

/** A password as it is chosen (AC-06). */
export const NewPassword = z.string().min(12, 'A password has at least 12 characters.').max(200);
/** A password as it is entered. */
export const Password = z.string().min(1).max(200);
