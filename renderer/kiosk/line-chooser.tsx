import { useEffect, useState } from 'react';
import { groupBy } from '#shared/base/group.ts';
import type { LineList } from '#shared/contract/line.ts';
import { PairScreen } from './pair-screen.tsx';
import { NotPaired, queryOf, readLines } from './line-client.ts';
import { resultText as words } from './result-text.ts';
import './lists.css';

/** Which line or list is this? One tap, kept in the address. */
export function LineChooser() {
  const [list, setList] = useState<LineList | null>(null);
  const [problem, setProblem] = useState('');
  const [isPaired, setPaired] = useState(true);
  useEffect(() => {
    if (!isPaired) return;
    readLines().then(setList, (error: unknown) => {
      if (error instanceof NotPaired) setPaired(false);
      else setProblem(String(error));
    });
  }, [isPaired]);
  if (!isPaired) return <PairScreen waiting={0} onPaired={() => setPaired(true)} />;
  return (
    <main className="chooser">
      <h1>Which line is this?</h1>
      {problem ? <p className="banner bad">{problem}</p> : null}
      {list && list.units.length === 0 ? (
        <p className="muted">No work units yet. Import a plant at the workstation first.</p>
      ) : null}
      {list && list.units.length > 0 ? (
        <section>
          <h2>{words.teams}</h2>
          <ul className="tiles">
            <li>
              <a className="tile" href="/line?list=mine">
                <strong>{words.myTasks}</strong>
                <span className="muted">{words.myTasksHint}</span>
              </a>
            </li>
            {list.lists.map(({ ask, title, items }) => (
              <li key={title}>
                <a className="tile" href={`/line?${queryOf(ask)}`}>
                  <strong>{title}</strong>
                  <span className="muted">{waitingIn(items)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {list
        ? [...groupBy(list.units, (unit) => unit.group)].map(([group, units]) => (
            <section key={group}>
              <h2>{group}</h2>
              <ul className="tiles">
                {units.map((unit) => (
                  <li key={unit.unit}>
                    <a className="tile" href={`/line/${encodeURIComponent(unit.unit)}`}>
                      <strong>{unit.name}</strong>
                      <span className="muted">{waitingIn(unit.items)}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))
        : null}
    </main>
  );
}

const waitingIn = (items: number): string => (items === 0 ? 'nothing waiting' : `${items} waiting`);
