import { Icon } from './icon.tsx';
import { text } from './text.ts';

/** A figure of which less is better, before and after; only what is written differently has a colour. */
export function Becomes({
  before,
  after,
  write,
}: {
  readonly before: number;
  readonly after: number;
  readonly write: (value: number) => string;
}) {
  const change = write(before) === write(after) ? 0 : after - before;
  return (
    <>
      <span className="muted">{write(before)}</span>
      <Icon name="right" size={12} />
      <span className="unseen">{text.becomes}</span>
      <span className={change < 0 ? 'ok' : change > 0 ? 'late' : ''}>{write(after)}</span>
    </>
  );
}
