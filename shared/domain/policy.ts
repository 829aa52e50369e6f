import { z } from 'zod';
import { CaseKind } from './case.ts';
import { DEFAULT_DOWNTIME, DowntimeReasons } from './downtime.ts';

const Meanings = z.array(z.string().trim().min(1).max(60)).min(1).max(12);

/** Kinds of cases that may have a rule: what an ERP has not kept needs no repair of the plan. */
export const RuledKind = CaseKind.exclude(['notKept']);
export type RuledKind = z.infer<typeof RuledKind>;

/** What this plant demands of people: when a window locks, what is signed and as what, whether a gate may be overridden. */
export const Policy = z.object({
  /** A window that nobody touches for so long is locked (SL-01). */
  lockMinutes: z.int().min(1).max(60),
  sign: z.object({ publish: z.boolean(), dispatch: z.boolean() }),
  /** May a second person let a task start against a gate? (RC-04) */
  overrides: z.boolean(),
  /** What a signature may mean (ES-08). */
  meanings: z.object({
    publish: Meanings,
    dispatch: Meanings,
    override: Meanings,
    handover: Meanings,
    review: Meanings.default(['Review']),
  }),
  /** A line that has not seen its list for longer wants somebody's attention; null where lines are not asked at all. */
  seenMinutes: z.int().min(1).max(1440).nullable().default(30),
  /** For cases of these kinds the least change is proposed by itself, where it moves at most so many tasks. */
  rules: z.partialRecord(RuledKind, z.int().min(0).max(10_000)).default({}),
  /** What lines may say when a unit goes down. */
  downtime: DowntimeReasons.default(DEFAULT_DOWNTIME),
});
export type Policy = z.infer<typeof Policy>;

/** What can be signed. */
export type Signable = keyof Policy['meanings'];

export const DEFAULT_POLICY: Policy = {
  lockMinutes: 10,
  sign: { publish: false, dispatch: false },
  overrides: false,
  meanings: {
    publish: ['Approval', 'Review', 'Authorship'],
    dispatch: ['Release to the lines', 'Approval'],
    override: ['Responsibility', 'Approval'],
    handover: ['Handed over', 'Taken over'],
    review: ['Review'],
  },
  seenMinutes: 30,
  rules: {},
  downtime: DEFAULT_DOWNTIME,
};
