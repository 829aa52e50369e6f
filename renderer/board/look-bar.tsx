import type { KeyboardEvent } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { count } from '#renderer/ui/format.ts';
import { PopupButton } from '#renderer/ui/popup.tsx';
import { later } from '#renderer/ui/later.tsx';
import { Filter as Choice, SearchBox } from '#renderer/ui/view.tsx';
import { COLOUR_BY } from './colour.ts';
import { askedIn } from './filter.ts';
import './look.css';
import { colourBy, lookAs, resetLook, useLook } from './look-state.ts';
import { GROUP_ORDERS_BY, ROWS_BY } from './rows.ts';
import { stepHit } from './search-step.ts';
import type { SceneInput, Surface } from './surface.ts';
import { colourText, lookText } from './text.ts';

const FilterFields = later(async () => (await import('./filter-fields.tsx')).FilterFields);
const SavedViews = later(async () => (await import('./saved-views.tsx')).SavedViews);

/** What rows stand for, in which colours bars are, which of them are shown, and views of all that under a name. */
export function LookBar({
  surface,
  scene,
}: {
  readonly surface: Surface | null;
  readonly scene: SceneInput;
}) {
  const { by, ordersBy, colour, filter } = useLook();
  const isPlain = by === 'units' && colour === 'none' && askedIn(filter) === 0;
  return (
    <div className="board-toolbar look-bar" role="toolbar" aria-label={lookText.look}>
      <Choice
        label={lookText.rows}
        options={ROWS_BY.map((value) => ({ value, title: lookText.rowsBy[value] }))}
        value={by}
        onChange={(next) => lookAs({ by: next })}
      />
      {by === 'orders' ? (
        <Choice
          label={lookText.ordersBy}
          options={GROUP_ORDERS_BY.map((value) => ({ value, title: lookText.ordersByText[value] }))}
          value={ordersBy}
          onChange={(next) => lookAs({ ordersBy: next })}
        />
      ) : null}
      <Choice
        label={colourText.colour}
        options={COLOUR_BY.map((value) => ({ value, title: colourText.by[value] }))}
        value={colour}
        onChange={colourBy}
      />
      <FilterButton />
      {isPlain ? null : (
        <Button look="quiet" onPress={resetLook}>
          {lookText.reset}
        </Button>
      )}
      <Shown scene={scene} />
      <span className="board-gap" />
      <ViewsButton surface={surface} />
      <Search scene={scene} />
    </div>
  );
}

function Shown({ scene: { passed, bars } }: { readonly scene: SceneInput }) {
  if (passed === null) return null;
  return (
    <span className="muted look-shown" role="status">
      {lookText.shown(count(passed.size), count(bars.size))}
    </span>
  );
}

function FilterButton() {
  const filter = useLook((state) => state.filter);
  return (
    <PopupButton
      label={lookText.filter}
      className="look-popup"
      placement="bottom start"
      button={
        <Button id="board-filter" look="quiet">
          {lookText.filterTitle(askedIn(filter))}
        </Button>
      }
    >
      <FilterFields />
    </PopupButton>
  );
}

function ViewsButton({ surface }: { readonly surface: Surface | null }) {
  return (
    <PopupButton
      label={lookText.views}
      className="look-popup"
      button={<Button look="quiet">{lookText.views}</Button>}
    >
      {({ close }) => <SavedViews surface={surface} onDone={close} />}
    </PopupButton>
  );
}

/** Finds as it is typed; what does not match steps back, Enter goes from hit to hit. */
function Search({ scene: { hits, find } }: { readonly scene: SceneInput }) {
  const search = useLook((state) => state.search);
  const selection = useBoard((state) => state.selection);
  const at = hits?.findIndex(({ task }) => selection.has(task)) ?? -1;
  function onKeyDown(event: KeyboardEvent): void {
    // What is shown may still be of fewer letters than were typed.
    if (event.key === 'Enter') stepHit(find(search), event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function leave(): void {
    lookAs({ search: '' });
    document.querySelector<HTMLElement>('#board-grid')?.focus();
  }
  return (
    <div id="board-search" className="look-search">
      <SearchBox
        label={lookText.search}
        value={search}
        onChange={(next) => lookAs({ search: next })}
        onKeyDown={onKeyDown}
      />
      {hits ? (
        <>
          <span className="muted" role="status">
            {lookText.hit(at + 1, hits.length)}
          </span>
          <IconButton icon="up" label={lookText.previousHit} onPress={() => stepHit(hits, -1)} />
          <IconButton icon="down" label={lookText.nextHit} onPress={() => stepHit(hits, 1)} />
        </>
      ) : null}
    </div>
  );
}
