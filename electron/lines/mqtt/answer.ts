import { z } from 'zod';
import type { ReportOutcome } from '#shared/contract/line.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Lines } from '#electron/lines/lines.ts';
import { acknowledgementFrom, reportFromJobResponse, reportFromState } from './messages.ts';
import type { FromLine } from './topics.ts';

/** What a line's message came to. `MALFORMED`, `UNIT_UNKNOWN` and `FAILED` are of the message; all other codes are those of the line pages. */
export type Answer = ReportOutcome & { readonly about: string | null };

export const MAX_PAYLOAD = 64 * 1024;

/** Records what a line has sent and says what it came to. Never throws: garbage is refused, not believed and not passed on. */
export async function answerTo(
  lines: Lines,
  unit: EquipmentId,
  what: FromLine,
  payload: Buffer,
): Promise<Answer> {
  if (payload.length > MAX_PAYLOAD)
    return refused(null, 'MALFORMED', unit, `A message is at most ${MAX_PAYLOAD} bytes.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload.toString('utf8'));
  } catch {
    return refused(null, 'MALFORMED', unit, 'This is no JSON.');
  }
  const about = idIn(parsed);
  try {
    if (!lines.has(unit))
      return refused(about, 'UNIT_UNKNOWN', unit, `There is no line “${unit}” on this connection.`);
    lines.heard(unit);
    return { ...(await recorded(lines, unit, what, parsed)), about };
  } catch (error) {
    if (error instanceof z.ZodError) return refused(about, 'MALFORMED', unit, sentenceOf(error));
    return refused(about, 'FAILED', unit, error instanceof Error ? error.message : String(error));
  }
}

function recorded(lines: Lines, unit: EquipmentId, what: FromLine, payload: unknown): Promise<ReportOutcome> {
  switch (what) {
    case 'acknowledgements': {
      const what = acknowledgementFrom(unit, payload);
      return 'task' in what ? lines.acknowledge(what) : lines.acknowledgeList(what);
    }
    case 'job-responses':
      return lines.report(reportFromJobResponse(unit, payload));
    case 'state':
      return lines.report(reportFromState(unit, payload));
  }
}

export const refused = (about: string | null, code: string, object: string, text: string): Answer => ({
  ok: false,
  refusal: { code, object, text },
  about,
});

/** By which the line knows its message again, however wrong the rest of it is. */
function idIn(payload: unknown): string | null {
  const known = z
    .object({
      jobResponseId: z.string().optional(),
      id: z.string().optional(),
      jobOrderId: z.string().optional(),
    })
    .safeParse(payload);
  if (!known.success) return null;
  const { jobResponseId, id, jobOrderId } = known.data;
  return (jobResponseId ?? id ?? jobOrderId)?.slice(0, 200) ?? null;
}

function sentenceOf({ issues: [issue] }: z.ZodError): string {
  const where = issue && issue.path.length > 0 ? issue.path.join('.') : 'message';
  return `${where}: ${issue?.message ?? 'wrong shape'}`;
}
