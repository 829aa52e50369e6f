import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { OverrideAsk } from '#shared/contract/override.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import type { User } from '#shared/domain/user.ts';
import { recordExecution } from './record-execution.ts';
import { isSamePerson, proveSigner } from './sign.ts';
import { Refused, type Station, refusable } from './station.ts';

/** Who may answer for starting against a gate. */
const ANSWERABLE = ['supervisor', 'quality'] as const;

/**
 * A start against its gates, where the plant allows that at all: with a reason, and signed by a second person (RC-04, ES-09).
 * Gates that say what cannot be (the unit is down, the task is done) hold all the same.
 */
export function overrideGate(
  station: Station,
  { report, reason, user, password, meaning }: OverrideAsk,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  return refusable(async () => {
    const { policy } = station.workspace;
    if (!policy.overrides)
      throw new Refused('OVERRIDE_NOT_ALLOWED', report.unit, 'This plant allows no start against a gate.');
    if (report.kind !== 'started' && report.kind !== 'setupStarted')
      throw new Refused('OVERRIDE_NOT_ALLOWED', report.unit, 'Only a start is held up by gates.');
    if (!report.person) throw new Refused('PERSON_MISSING', report.unit, 'Say first who starts it.');
    if (!policy.meanings.override.includes(meaning))
      throw new Refused('MEANING_UNKNOWN', 'override', `Sign as ${policy.meanings.override.join(', ')}.`);
    const signer = await proveSigner(station, { user, password }, caller);
    if (!ANSWERABLE.some((role) => signer.roles.includes(role)))
      throw new Refused('NOT_ALLOWED', signer.id, `Only ${ANSWERABLE.join(' or ')} may answer for this.`);
    if (isOperator(station, signer, report))
      throw new Refused('SAME_PERSON', signer.id, 'A second person signs, not the one who starts.');
    return recordExecution(station, report, caller, {
      signer: { user: signer.id, name: signer.name, meaning },
      reason,
    });
  });
}

/** Accounts need not say who in the plant somebody is: then the names decide. */
function isOperator({ workspace }: Station, signer: User, { person }: ExecutionReport): boolean {
  const operator = workspace.plant.people.find(({ id }) => id === person);
  return (
    (signer.id as string) === person ||
    isSamePerson(signer, { person: person ?? null, name: operator?.name ?? '' })
  );
}
