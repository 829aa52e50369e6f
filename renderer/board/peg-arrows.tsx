import { useEffect, useState } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { hiddenOf } from './nearby.ts';
import type { SceneInput, Surface } from './surface.ts';
import { boardText } from './text.ts';
import { selectOne } from './ui-state.ts';

/** At the edges: how many tasks of the order lie beyond it; a press goes to the nearest. */
export function PegArrows({ surface, scene }: { readonly surface: Surface; readonly scene: SceneInput }) {
  const { mates } = scene;
  const [hidden, setHidden] = useState(() => hiddenOf([], { start: 0, end: 0 }));
  useEffect(() => {
    const look = () => {
      const next = hiddenOf(mates, surface.window());
      setHidden((before) =>
        before.earlier[0] === next.earlier[0] &&
        before.later[0] === next.later[0] &&
        before.earlier.length === next.earlier.length &&
        before.later.length === next.later.length
          ? before
          : next,
      );
    };
    look();
    return surface.onFrame(look);
  }, [surface, mates]);
  return (
    <>
      <Arrow side="earlier" bars={hidden.earlier} />
      <Arrow side="later" bars={hidden.later} />
    </>
  );
}

function Arrow({ side, bars }: { readonly side: 'earlier' | 'later'; readonly bars: readonly BoardBar[] }) {
  const [nearest] = bars;
  if (!nearest) return null;
  const earlier = side === 'earlier';
  return (
    <button
      type="button"
      className={`peg-arrow ${side}`}
      title={earlier ? boardText.previousOfOrder : boardText.nextOfOrder}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        selectOne(nearest.task);
      }}
    >
      {earlier ? <Icon name="left" size={14} /> : null}
      {earlier ? boardText.earlierTasks(bars.length) : boardText.laterTasks(bars.length)}
      {earlier ? null : <Icon name="right" size={14} />}
    </button>
  );
}
