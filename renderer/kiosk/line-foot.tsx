import { type ComponentProps, useState } from 'react';
import type { CountedTask } from '#shared/contract/line.ts';
import { labelOf } from '#shared/domain/of-order.ts';
import { quantity } from '#renderer/ui/format.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import type { Details } from './line-page.tsx';
import { resultText as said } from './result-text.ts';
import { kioskText as words } from './text.ts';
import { UndoBar } from './undo-bar.tsx';

/** What lies behind: counts that may still be put right, and what was reported last. */
export const LineFoot = ({
  done,
  ...rest
}: ComponentProps<typeof CountedList> & ComponentProps<typeof UndoBar>) => (
  <>
    {rest.counted.length > 0 ? <CountedList {...rest} /> : null}
    <UndoBar done={done} />
  </>
);

/** What was completed here so lately that its count may still be put right. */
function CountedList({
  counted,
  identify,
  correct,
}: {
  readonly counted: readonly CountedTask[];
  /** Asks who stands there; null where that is known. */
  readonly identify: (() => void) | null;
  readonly correct: (item: CountedTask, details: Details) => void;
}) {
  const [chosen, setChosen] = useState<CountedTask | null>(null);
  return (
    <section className="next" aria-label={said.completedLately}>
      <h2>{said.completedLately}</h2>
      <ol>
        {counted.slice(0, SHOWN).map((item) => (
          <li key={item.task}>
            <button type="button" className="tap wide" onClick={identify ?? (() => setChosen(item))}>
              <strong>{labelOf(item)}</strong>
              <span className="muted">
                {quantity(item.progress?.good ?? 0, item.uom)} good, {quantity(item.progress?.scrap ?? 0, '')}{' '}
                scrap
              </span>
              <span>{words.correct}</span>
            </button>
          </li>
        ))}
      </ol>
      {chosen ? (
        <CorrectDialog
          item={chosen}
          close={() => setChosen(null)}
          send={(details) => {
            correct(chosen, details);
            setChosen(null);
          }}
        />
      ) : null}
    </section>
  );
}

const SHOWN = 3;
