import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { useBoard } from '#renderer/state/board.ts';
import { duration, formatsOf, hours, quantity } from '#renderer/ui/format.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { nowOnBoard } from './commands.ts';
import { freshnessWords, useFreshness } from './freshness.ts';
import { useHeld } from './held.ts';
import { AXIS_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import type { Surface } from './surface.ts';
import { isUnreported } from './filter.ts';
import { lastEnds, slackOf } from './slack.ts';
import { boardText, gateText, workText } from './text.ts';
import { labelOf, lockedWords, shortMoment } from './verdict-text.ts';

const PATIENCE_MILLIS = 350;

/** What the bar under a resting pointer is; the inspector says more. */
export function BarTip({
  surface,
  bars,
  pointer,
}: {
  readonly surface: Surface;
  readonly bars: ReadonlyMap<TaskId, BoardBar>;
  /** Where in the view the pointer is. */
  readonly pointer: RefObject<number>;
}) {
  const hovered = useBoard((state) => state.hovered);
  const bar = hovered === null ? null : (bars.get(hovered) ?? null);
  const [rested, setRested] = useState<BoardBar | null>(null);
  const held = useHeld((state) => state.held !== null);
  const element = useRef<HTMLDivElement>(null);
  const shown = rested === bar && !held ? rested : null;
  useEffect(() => {
    const timer = setTimeout(() => setRested(bar), PATIENCE_MILLIS);
    return () => clearTimeout(timer);
  }, [bar]);
  useLayoutEffect(() => {
    const box = shown ? surface.boxOf(shown) : null;
    if (!box || !element.current) return;
    const { offsetWidth, offsetHeight } = element.current;
    const { width, height } = surface.size();
    const left = Math.max(box.x, HEAD_WIDTH, pointer.current - 24) - HEAD_WIDTH;
    const x = Math.max(4, Math.min(width - HEAD_WIDTH - offsetWidth - 4, left));
    const below = box.y + box.height + 8;
    const y = below + offsetHeight > height ? box.y - offsetHeight - 8 : below;
    element.current.style.transform = `translate(${x}px, ${y - AXIS_HEIGHT}px)`;
  }, [surface, shown, pointer]);
  if (!shown) return null;
  return (
    <div ref={element} className="bar-tip" aria-hidden="true">
      <BarWords bar={shown} />
    </div>
  );
}

function BarWords({ bar }: { readonly bar: BoardBar }) {
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const formats = formatsOf(zone);
  return (
    <>
      <p className="bar-tip-title">{labelOf(bar)}</p>
      <p className="muted">{[bar.product, quantity(bar.quantity, bar.uom)].filter(Boolean).join(' · ')}</p>
      <p>
        {`${shortMoment(formats, bar.start)} – ${shortMoment(formats, bar.end)} · ${duration(bar.end - bar.start)}`}
      </p>
      <Due bar={bar} />
      <BarMarks bar={bar} />
    </>
  );
}

/** When its order is due, and how much is left of that or already lost. */
function Due({ bar }: { readonly bar: BoardBar }) {
  const bars = useBoard((state) => state.board?.bars);
  const formats = formatsOf(useBoard((state) => state.board?.zone ?? 'UTC'));
  const slack = slackOf(bar, lastEnds(bars ?? []));
  const due = shortMoment(formats, bar.due);
  return (
    <p className={slack < 0 ? 'late' : 'muted'}>
      {slack < 0 ? boardText.dueButLate(due, hours(-slack)) : boardText.dueWithSlack(due, hours(slack))}
    </p>
  );
}

const GATE_ICONS = {
  material: 'inventory',
  quality: 'quality',
  qualification: 'crew',
  calibration: 'calibrations',
} as const;

/** Everything about a bar that is not as usual, in icon and word. */
export function BarMarks({ bar }: { readonly bar: BoardBar }) {
  const isLate = bar.end > bar.due;
  const now = useBoard((state) => state.board?.now ?? 0);
  const silent = isUnreported(bar, now);
  const freshness = useFreshness(nowOnBoard())(bar);
  return (
    <p className="bar-marks">
      {isLate ? (
        <Mark tone="late" icon="clock">
          {boardText.late(hours(bar.end - bar.due))}
        </Mark>
      ) : null}
      {freshness.stale ? null : bar.blocked ? (
        <Mark tone="warn" icon="warn">
          {boardText.blocked}
        </Mark>
      ) : null}
      {(freshness.stale ? [] : bar.missing).map((gate) => (
        <Mark key={gate} tone="warn" icon={GATE_ICONS[gate]}>
          {gateText[gate]}
        </Mark>
      ))}
      {silent ? (
        <Mark tone="warn" icon="clock">
          {boardText.unreported}
        </Mark>
      ) : null}
      {bar.comments > 0 ? <Mark icon="comment">{boardText.commentCount(bar.comments)}</Mark> : null}
      {bar.work === 'waiting' ? null : <Mark icon="lock">{workText[bar.work]}</Mark>}
      {bar.frozen && bar.work === 'waiting' ? <Mark icon="lock">{lockedWords(bar)}</Mark> : null}
      {bar.remaining?.holds ? <Mark icon="clock">{boardText.remainingMark}</Mark> : null}
      {bar.pin ? <Mark icon="pin">{boardText.pinned}</Mark> : null}
      {freshness.stale ? (
        <Mark tone="warn" icon="warn">
          {freshnessWords(freshness)}
        </Mark>
      ) : (
        <Mark icon="clock">{freshnessWords(freshness)}</Mark>
      )}
    </p>
  );
}
