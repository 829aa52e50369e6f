import { type KeyboardEvent, useMemo, useState } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { count } from '#renderer/ui/format.ts';
import { PopupButton } from '#renderer/ui/popup.tsx';
import { DOMAINS, domainText } from '#renderer/ui/text.ts';
import { Filter as Choice, SearchBox } from '#renderer/ui/view.tsx';
import { COLOUR_BY } from './colour.ts';
import { TRAITS, askedIn } from './filter.ts';
import './look.css';
import {
  colourBy,
  filterBy,
  lookAs,
  openView,
  removeView,
  resetLook,
  saveView,
  useLook,
  useSavedViews,
} from './look-state.ts';
import { GROUP_ORDERS_BY, ROWS_BY } from './rows.ts';
import { stepHit } from './search-step.ts';
import type { SceneInput, Surface } from './surface.ts';
import { colourText, lookText } from './text.ts';

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
      button={<Button look="quiet">{lookText.filterTitle(askedIn(filter))}</Button>}
    >
      <FilterFields />
    </PopupButton>
  );
}

function FilterFields() {
  const filter = useLook((state) => state.filter);
  const board = useBoard((state) => state.board);
  const choices = useMemo(() => {
    const bars = board?.bars ?? [];
    return {
      product: distinct(bars.map(({ product }) => product)),
      family: distinct(bars.map(({ family }) => family ?? '')),
      group: distinct((board?.rows ?? []).map(({ group }) => group)),
      qualification: distinct(bars.flatMap(({ qualifications }) => qualifications)),
    };
  }, [board]);
  return (
    <>
      <label className="look-field">
        {lookText.order}
        <input
          type="text"
          value={filter.order}
          spellCheck={false}
          onChange={({ target }) => filterBy({ order: target.value })}
        />
      </label>
      {(['product', 'family', 'group', 'qualification'] as const).map((name) => (
        <label key={name} className="look-field">
          {lookText[name]}
          <select value={filter[name]} onChange={({ target }) => filterBy({ [name]: target.value })}>
            <option value="">{lookText.any}</option>
            {choices[name].map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label className="look-field">
        {lookText.domain}
        <select
          value={filter.domain}
          onChange={({ target }) =>
            filterBy({ domain: DOMAINS.find((domain) => domain === target.value) ?? '' })
          }
        >
          <option value="">{lookText.any}</option>
          {DOMAINS.map((domain) => (
            <option key={domain} value={domain}>
              {domainText[domain]}
            </option>
          ))}
        </select>
      </label>
      <div className="look-traits">
        {TRAITS.map((trait) => (
          <label key={trait}>
            <input
              type="checkbox"
              className="table-check"
              checked={filter.traits.includes(trait)}
              onChange={({ target }) =>
                filterBy({
                  traits: target.checked
                    ? [...filter.traits, trait]
                    : filter.traits.filter((other) => other !== trait),
                })
              }
            />
            {lookText.traits[trait]}
          </label>
        ))}
      </div>
    </>
  );
}

const distinct = (values: readonly string[]): string[] =>
  [...new Set(values)].filter((value) => value !== '').toSorted((a, b) => a.localeCompare(b));

function ViewsButton({ surface }: { readonly surface: Surface | null }) {
  return (
    <PopupButton
      label={lookText.views}
      className="look-popup"
      button={<Button look="quiet">{lookText.views}</Button>}
    >
      {({ close }) => <Views surface={surface} onDone={close} />}
    </PopupButton>
  );
}

/** Views under a name: open, delete, save the present one. */
function Views({ surface, onDone }: { readonly surface: Surface | null; readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const views = useSavedViews((state) => state.views);
  return (
    <>
      {views.length === 0 ? <p className="muted">{lookText.noViews}</p> : null}
      <ul className="look-views">
        {views.map((view) => (
          <li key={view.name}>
            <button
              type="button"
              className="link"
              onClick={() => {
                openView(view, (secondsPerPixel) => surface?.zoomTo(secondsPerPixel));
                onDone();
              }}
            >
              {view.name}
            </button>
            <IconButton
              icon="cross"
              label={lookText.removeView(view.name)}
              placement="left"
              onPress={() => removeView(view.name)}
            />
          </li>
        ))}
      </ul>
      <form
        className="look-save"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          saveView(name.trim());
          setName('');
        }}
      >
        <input
          type="text"
          aria-label={lookText.viewName}
          placeholder={lookText.viewName}
          maxLength={60}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button type="submit" isDisabled={name.trim() === ''}>
          {lookText.saveView}
        </Button>
      </form>
    </>
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
