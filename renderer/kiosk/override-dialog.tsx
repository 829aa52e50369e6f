import { type FormEvent, useState } from 'react';
import type { ListedItem } from '#shared/contract/line.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { sendOverride } from './line-client.ts';
import { Problem } from './problem.tsx';
import { Sheet } from './sheet.tsx';
import './lists.css';
import { resultText as said } from './result-text.ts';

/** A start against a gate: what is against it, why all the same, and a second person's signature (RC-04). */
export function OverrideDialog({
  item,
  report,
  meanings,
  close,
}: {
  readonly item: ListedItem;
  readonly report: () => ExecutionReport;
  readonly meanings: readonly string[];
  /** With what was recorded; null where nothing was. */
  readonly close: (begun: ExecutionReport | null) => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const field = (name: string): string => {
      const value = given.get(name);
      return typeof value === 'string' ? value : '';
    };
    setBusy(true);
    try {
      const begun = report();
      const outcome = await sendOverride({
        report: begun,
        reason: field('reason'),
        user: field('user'),
        password: field('password'),
        meaning: field('meaning'),
      });
      if (outcome.ok) return close(begun);
      setProblem(outcome.refusal.text);
    } catch {
      setProblem(said.away);
    }
    setBusy(false);
  }

  return (
    <Sheet title={said.overrideTitle} close={() => close(null)}>
      <ul className="gates">
        {item.gates?.map(({ text }) => (
          <li key={text} className="bad">
            <Icon name="cross" />
            {text}
          </li>
        ))}
      </ul>
      <p className="muted">{said.overrideHint}</p>
      <form className="override" onSubmit={(event) => void submit(event)}>
        <label>
          {said.reason}
          <textarea name="reason" required minLength={10} maxLength={500} rows={2} />
        </label>
        <label>
          {said.signer}
          <input
            name="user"
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
          />
        </label>
        <label>
          {said.password}
          <input name="password" type="password" required autoComplete="off" maxLength={200} />
        </label>
        <label>
          {said.meaning}
          <select name="meaning">
            {meanings.map((meaning) => (
              <option key={meaning}>{meaning}</option>
            ))}
          </select>
        </label>
        <Problem text={problem} />
        <button type="submit" className="tap main" disabled={isBusy}>
          {said.sign}
        </button>
      </form>
    </Sheet>
  );
}
