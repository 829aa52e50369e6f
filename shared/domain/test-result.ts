import { z } from 'zod';
import { Instant, Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { Name, OperationsType } from './operations.ts';

export const TestSpecId = Name.brand<'TestSpecId'>();
export type TestSpecId = z.infer<typeof TestSpecId>;

/**
 * ISA-95 test specification: what a qualification (of a person) or a calibration (of equipment) proves.
 * With `renewal`, a task that repeats the test is planned before it expires.
 */
export const TestSpec = z.object({
  id: TestSpecId,
  name: Name,
  subject: z.enum(['person', 'equipment']),
  /** How long a passed test stays valid. */
  validFor: Seconds.optional(),
  renewal: z
    .object({
      domain: OperationsType,
      /** Class of the work units that carry it, such as a metrology bench. */
      class: Name.brand<'EquipmentClassId'>(),
      duration: Seconds,
      qualification: TestSpecId.optional(),
      leadTime: Seconds,
    })
    .optional(),
});
export type TestSpec = z.infer<typeof TestSpec>;

/** ISA-95 test result: one dated proof for one person or one piece of equipment. */
export const TestResult = z.object({
  id: Name.brand<'TestResultId'>(),
  spec: TestSpecId,
  subject: Name,
  evaluated: Instant,
  /** Without it the result does not expire. */
  expires: Instant.optional(),
  passed: z.boolean(),
});
export type TestResult = z.infer<typeof TestResult>;

/** Valid over the whole planned interval: passed before it and expiring after its end (ISA-95 rule: expiration > C). */
export const isValidOver = (result: TestResult, during: Interval): boolean =>
  result.passed &&
  result.evaluated <= during.start &&
  (result.expires === undefined || result.expires > during.end);

/** The latest result decides: a failed repetition ends the validity of an earlier pass. */
export function latestResult(results: readonly TestResult[], at: Instant): TestResult | undefined {
  let latest: TestResult | undefined;
  for (const result of results) {
    if (result.evaluated <= at && (!latest || result.evaluated >= latest.evaluated)) latest = result;
  }
  return latest;
}
