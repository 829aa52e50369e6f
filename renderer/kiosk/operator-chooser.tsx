import { type FormEvent, useState } from 'react';
import { identify } from './line-client.ts';
import { Problem } from './problem.tsx';
import { Sheet } from './sheet.tsx';
import './lists.css';
import { resultText as said } from './result-text.ts';

interface Person {
  readonly id: string;
  readonly name: string;
}

/** Who stands at the line: said, or shown by badge or PIN where screens are paired. This identifies; it is no signature. */
export function OperatorChooser({
  people,
  identifies,
  close,
  choose,
}: {
  readonly people: readonly Person[];
  readonly identifies: boolean;
  readonly close: () => void;
  readonly choose: (id: string) => void;
}) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Person | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const found = people.filter((person) =>
    `${person.name} ${person.id}`.toLowerCase().includes(text.toLowerCase()),
  );

  async function show(code: string, person?: string): Promise<void> {
    try {
      const answer = await identify(code, person);
      if (typeof answer === 'string') setProblem(answer);
      else choose(answer.person);
    } catch {
      setProblem(said.away);
    }
  }
  /** A badge reader types what it read and presses Enter. */
  function badge(event: FormEvent): void {
    event.preventDefault();
    if (!identifies || text === '') return;
    setText('');
    void show(text);
  }

  if (asked)
    return (
      <Pin
        person={asked}
        problem={problem}
        close={() => setAsked(null)}
        enter={(code) => void show(code, asked.id)}
      />
    );
  return (
    <Sheet title="Who are you?" close={close}>
      <form onSubmit={badge}>
        <label className="field">
          {identifies ? said.badge : said.nameOrNumber}
          <input
            className="find"
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </form>
      <Problem text={problem} />
      <ul className="tiles">
        {found.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="tap wide"
              onClick={() => {
                setProblem(null);
                if (identifies) setAsked(person);
                else choose(person.id);
              }}
            >
              <strong>{person.name}</strong>
              <span className="muted">{person.id}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className="muted">Nobody is called that here.</p> : null}
    </Sheet>
  );
}

function Pin({
  person,
  problem,
  close,
  enter,
}: {
  readonly person: Person;
  readonly problem: string | null;
  readonly close: () => void;
  readonly enter: (code: string) => void;
}) {
  const [code, setCode] = useState('');
  return (
    <Sheet title={said.pin(person.name)} close={close}>
      <form
        className="override"
        onSubmit={(event) => {
          event.preventDefault();
          setCode('');
          enter(code);
        }}
      >
        <input
          className="find code"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          aria-label={said.pin(person.name)}
          maxLength={64}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Problem text={problem} />
        <button type="submit" className="tap main" disabled={code.length < 4}>
          {said.ok}
        </button>
      </form>
    </Sheet>
  );
}
