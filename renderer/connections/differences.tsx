import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { act, expected } from '#renderer/state/act.ts';
import { useReply } from '#renderer/state/reply.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { Effect } from './effect.tsx';
import { connectionsText as words } from './text.ts';

const NEWS = ['feeds.changed', 'board.replaced'] as const;

const accept = (orders?: string[]): void =>
  void act('difference.accept', { ...(orders && { orders }), expected: expected() });

/** What ERPs changed of planned work: both values, and what accepting would do to the schedule. */
export function Differences() {
  const differences = useReply('difference.list', NEWS).value;
  return (
    <section className="connection" aria-label={words.accept}>
      <header>
        <h2>{words.accept}</h2>
        <span className="view-head-gap" />
        {differences && differences.length > 1 ? (
          <AllowedButton needs="difference.accept" onPress={() => accept()}>
            {words.acceptAll}
          </AllowedButton>
        ) : null}
      </header>
      {differences?.length === 0 ? <p className="muted">{words.acceptNone}</p> : null}
      <ul className="differences">
        {differences?.map(({ feed, order, name, change, fields, impact }) => (
          <li key={order}>
            <div>
              <strong>{name}</strong> <span className="muted">{feed}</span>{' '}
              <Mark tone={change === 'cancelled' ? 'late' : 'calm'}>{words.changes[change]}</Mark>
              {fields.map(({ field, before, after }) => (
                <p key={field}>{words.fieldChange(field, before, after)}</p>
              ))}
              {impact.map((sentence) => (
                <p key={sentence} className="muted">
                  {sentence}
                </p>
              ))}
              <Effect order={order} name={name} />
            </div>
            <AllowedButton
              needs="difference.accept"
              aria-label={words.acceptOne(name)}
              onPress={() => accept([order])}
            >
              {words.acceptShort}
            </AllowedButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
