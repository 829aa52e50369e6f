import { z } from 'zod';
import { LEAST_REASON } from '#shared/domain/reason.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { Password } from '#shared/domain/user.ts';

export const ChangeReason = z
  .string()
  .trim()
  .min(LEAST_REASON, `At least ${LEAST_REASON} characters.`)
  .max(500);

/** A start against its gates, and who answers for it with name and password. Never kept at the line. */
export const OverrideAsk = z.object({
  report: ExecutionReport,
  reason: ChangeReason,
  user: z.string().max(100),
  password: Password,
  meaning: z.string(),
});
export type OverrideAsk = z.infer<typeof OverrideAsk>;

/** Badge or PIN; the PIN together with who it is. */
export const IdentifyAsk = z.object({
  code: z.string().min(4).max(64),
  person: z.string().max(200).optional(),
});
/** A one-time code, however it is typed. */
export const PairAsk = z.object({ code: z.string().min(1).max(40) });
