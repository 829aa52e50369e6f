import type { QueueChange } from '#shared/domain/queue.ts';
import { changeWords } from '#shared/flow/queue-change-words.ts';
import { labelOf } from '#shared/domain/of-order.ts';
import { count } from '#renderer/ui/format.ts';
import { dispatchText as words } from './text.ts';

/** So many differences of one list are shown. */
const SHOWN = 40;

/** What differs, task by task. */
export const ChangeList = ({
  changes,
  zone,
}: {
  readonly changes: readonly QueueChange[];
  readonly zone: string;
}) => (
  <ul className="change-list">
    {changes.slice(0, SHOWN).map((change) => (
      <li key={`${change.kind} ${change.task}`}>
        {change.kind === 'added' ? labelOf(change.item) : change.name}{' '}
        <span className="muted">{changeWords(change, zone)}</span>
      </li>
    ))}
    {changes.length > SHOWN ? <li className="muted">{words.more(count(changes.length - SHOWN))}</li> : null}
  </ul>
);
