import type { RuledKind } from '#shared/domain/policy.ts';
import { useAccount, useReasonAgainst } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { caseKindText } from '#renderer/ui/case-text.ts';
import { Field, Part } from './part.tsx';
import { settingsText as words } from './text.ts';

const KINDS = Object.keys(caseKindText).filter((kind): kind is RuledKind => kind !== 'notKept');
const MOST_MOVED = [1, 2, 5, 10, 20, 50];

/** For which kinds of cases the least change is proposed by itself, and how much it may move; off unless somebody says so. */
export function CaseRules() {
  const account = useAccount((state) => state.account);
  const refusal = useReasonAgainst('policy.save');
  if (!account) return null;
  const { policy } = account;
  function save(kind: RuledKind, chosen: string): void {
    const { [kind]: _, ...rules } = policy.rules;
    const mostMoved = chosen === '' ? {} : { [kind]: Number(chosen) };
    void act('policy.save', { ...policy, rules: { ...rules, ...mostMoved } });
  }
  return (
    <Part title={words.caseRules} hint={words.caseRulesHint}>
      {KINDS.map((kind) => {
        const own = policy.rules[kind];
        const choices = [...new Set([...MOST_MOVED, ...(own === undefined ? [] : [own])])];
        return (
          <Field key={kind} name={caseKindText[kind]}>
            <select
              aria-label={words.caseRule(caseKindText[kind])}
              value={own ?? ''}
              disabled={refusal !== null}
              title={refusal ?? undefined}
              onChange={(event) => save(kind, event.target.value)}
            >
              <option value="">{words.ruleOff}</option>
              {choices
                .sort((a, b) => a - b)
                .map((most) => (
                  <option key={most} value={most}>
                    {words.ruleWithin(most)}
                  </option>
                ))}
            </select>
          </Field>
        );
      })}
      {refusal === null ? null : <Field name="">{refusal}</Field>}
    </Part>
  );
}
