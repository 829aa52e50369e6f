import { count } from '#renderer/ui/format.ts';
import type { LegendEntry } from './colour.ts';
import { filterBy, useLook } from './look-state.ts';
import { colourText } from './text.ts';

/** What the colours mean, with the letters that stand on the bars; pressed entries are what is shown. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  const chosen = useLook((state) => state.filter.legend);
  function toggle(key: string): void {
    filterBy({ legend: chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key] });
  }
  return (
    <div className="board-legend" role="group" aria-label={colourText.legend}>
      {entries.map(({ key, title, letter, hue, count: figure }) => (
        <button key={key} type="button" aria-pressed={chosen.includes(key)} onClick={() => toggle(key)}>
          <span className={`legend-hue ${hue ?? 'grey'}`} aria-hidden="true">
            {letter}
          </span>
          {title}
          <span className="legend-figure">{count(figure)}</span>
        </button>
      ))}
    </div>
  );
}
