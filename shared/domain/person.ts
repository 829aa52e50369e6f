import { z } from 'zod';
import { CalendarId } from '#shared/time/calendar.ts';
import { Name } from './operations.ts';

export const PersonId = Name.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

/** A person of ISA-95 Part 2. What the person may do are dated test results (qualifications), not fields. */
export const Person = z.object({
  id: PersonId,
  name: Name,
  classes: z.array(Name),
  /** Without a calendar the person is always there. */
  calendar: CalendarId.optional(),
});
export type Person = z.infer<typeof Person>;
