import { useState } from 'react';
import { Sheet } from './sheet.tsx';

/** Who stands at the line. This identifies; it is no signature. */
export function OperatorChooser({
  people,
  close,
  choose,
}: {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly close: () => void;
  readonly choose: (id: string) => void;
}) {
  const [text, setText] = useState('');
  const found = people.filter((person) =>
    `${person.name} ${person.id}`.toLowerCase().includes(text.toLowerCase()),
  );
  return (
    <Sheet title="Who are you?" close={close}>
      <input
        className="find"
        type="search"
        placeholder="Name or number"
        aria-label="Name or number"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="tiles">
        {found.map((person) => (
          <li key={person.id}>
            <button type="button" className="tap wide" onClick={() => choose(person.id)}>
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
