import type { ShortageView } from '#shared/contract/views.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useReply } from '#renderer/state/reply.ts';
import { counted, formatsOf, hours } from '#renderer/ui/format.ts';
import { appText } from './text.ts';

const MOST = 3;

/** Before solving: what no sequence can have done in time, the earliest first. */
export function Shortages() {
  const { value: shortages, failure } = useReply('plan.shortages');
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  if (failure !== null) return <p className="late">{failure}</p>;
  if (shortages === null) return <p className="muted">{appText.askingShortages}</p>;
  if (shortages.length === 0) return <p className="muted">{appText.noShortages}</p>;
  const rest = shortages.length - MOST;
  return (
    <section className="shortages" aria-label={appText.shortages}>
      <h3>{appText.shortages}</h3>
      <ul>
        {shortages.slice(0, MOST).map((shortage) => (
          <li key={`${shortage.names.join()} ${shortage.until}`}>
            <span>{namesOf(shortage)}</span>
            <span className="late">
              {appText.shortOf(
                hours(shortage.short),
                hours(shortage.due),
                formatsOf(zone).day(shortage.until - 1),
              )}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 ? <p className="muted">{appText.moreShortages(counted(rest, 'shortage'))}</p> : null}
      <p className="muted">{appText.shortagesHint}</p>
    </section>
  );
}

const namesOf = ({ names, isPeople }: ShortageView): string =>
  isPeople ? appText.shortPeople(names.join(', ')) : appText.shortUnits(names[0] ?? '', names.length - 1);
