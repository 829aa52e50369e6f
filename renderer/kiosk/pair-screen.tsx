import { type FormEvent, useState } from 'react';
import { pair } from './line-client.ts';
import { Problem } from './problem.tsx';
import './lists.css';
import { resultText as said } from './result-text.ts';

/** A screen that nobody paired asks for a code, and says what it still keeps. */
export function PairScreen({
  waiting,
  onPaired,
}: {
  readonly waiting: number;
  readonly onPaired: () => void;
}) {
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    try {
      const refused = await pair(code);
      setProblem(refused);
      setCode('');
      if (refused === null) onPaired();
    } catch {
      setProblem(said.away);
    }
  }

  return (
    <main className="chooser pairing">
      <h1>{said.notPaired}</h1>
      <p className="muted">{said.notPairedHint}</p>
      {waiting > 0 ? <p className="banner warn">{said.stillKept(waiting)}</p> : null}
      <form onSubmit={(event) => void submit(event)}>
        <label className="field">
          {said.code}
          <input
            className="find code"
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            maxLength={12}
            value={code}
            onChange={(event) => setCode(event.target.value.toUpperCase())}
          />
        </label>
        <button type="submit" className="tap main" disabled={code.length < 8}>
          {said.pair}
        </button>
      </form>
      <Problem text={problem} />
    </main>
  );
}
