import { orderNameOf } from '#shared/domain/of-order.ts';
import { type KeyboardEvent, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { select, useBoard } from '#renderer/state/board.ts';
import { closeOverlay, goTo } from '#renderer/state/place.ts';
import { useSession } from '#renderer/state/session.ts';
import { count } from '#renderer/ui/format.ts';
import { Icon, type IconName } from '#renderer/ui/icon.tsx';
import { fuzzyBest } from './fuzzy.ts';
import { writtenKeys } from './keys.ts';
import './palette.css';
import { isEnabled, titleOf, useCommands } from './registry.ts';
import { run } from './run.ts';
import { commandText, groupText } from './text.ts';

interface Hit {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly keys: string | null;
  readonly icon: IconName;
  readonly run: () => void;
}

const SHOWN = 40;

/**
 * One field for everything: commands, orders and tasks, the best match first, so that a task is found before the undoing of its
 * move. The browser's own dialog: it hears the key after the one that opens it.
 */
export function Palette() {
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState(0);
  const hitsOf = useHits();
  const shown = useDeferredValue(search);
  const hits = useMemo(() => hitsOf(shown), [hitsOf, shown]);
  const current = Math.min(picked, hits.length - 1);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  function take(hit: Hit | undefined): void {
    if (!hit) return;
    closeOverlay();
    dialog.current?.close(); // gives the focus back before the command has it
    hit.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(hits.length - 1, current + step));
      setPicked(next);
      document.querySelector(`#palette-hit-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') take(hitsOf(search)[current]); // of all that was typed, shown or not yet
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      className="palette"
      closedby="any"
      aria-label={commandText.palette}
      onClose={({ currentTarget }) => {
        if (dialog.current === currentTarget && !currentTarget.open) closeOverlay();
      }}
    >
      <div className="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-hits"
          aria-activedescendant={hits.length > 0 ? `palette-hit-${current}` : undefined}
          aria-autocomplete="list"
          aria-label={commandText.palette}
          placeholder={commandText.searchFor}
          spellCheck={false}
          value={search}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setSearch(event.target.value);
            setPicked(0);
          }}
        />
      </div>
      <HitList hits={hits} current={current} onTake={take} onPick={setPicked} />
    </dialog>
  );
}

/** The field keeps the focus and handles the keys; the pointer may pick as well. */
const HitList = ({
  hits,
  current,
  onTake,
  onPick,
}: {
  readonly hits: readonly Hit[];
  readonly current: number;
  readonly onTake: (hit: Hit) => void;
  readonly onPick: (index: number) => void;
}) => (
  <>
    <div id="palette-hits" className="palette-hits" role="listbox" aria-label={commandText.palette}>
      {hits.map((hit, index) => (
        <button
          type="button"
          key={hit.id}
          id={`palette-hit-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          className="palette-hit"
          onPointerMove={() => onPick(index)}
          onClick={() => onTake(hit)}
        >
          <Icon name={hit.icon} />
          <span className="palette-title">{hit.title}</span>
          <span className="muted">{hit.hint}</span>
          {hit.keys ? <kbd>{hit.keys}</kbd> : null}
        </button>
      ))}
    </div>
    <p className={hits.length === 0 ? 'palette-none muted' : 'unseen'} role="status">
      {hits.length === 0 ? commandText.noMatch : commandText.results(count(hits.length))}
    </p>
  </>
);

/** What a search finds. */
function useHits(): (search: string) => readonly Hit[] {
  const commands = useCommands((state) => state.commands);
  const board = useBoard();
  const session = useSession();
  const { bars } = board;
  const objects = useMemo(() => {
    const orders = new Map<string, Hit>();
    const tasks: Hit[] = [];
    for (const bar of bars.values()) {
      const tasksOfOrder = () => [...bars.values()].filter(({ order }) => order === bar.order);
      orders.set(bar.order, {
        id: `order:${bar.order}`,
        title: orderNameOf(bar),
        hint: bar.product,
        keys: null,
        icon: 'orders',
        run: () => show(tasksOfOrder().map(({ task }) => task)),
      });
      tasks.push({
        id: `task:${bar.task}`,
        title: `${orderNameOf(bar)} · ${bar.name}`,
        hint: bar.unit,
        keys: null,
        icon: bar.domain,
        run: () => show([bar.task]),
      });
    }
    return [...orders.values(), ...tasks];
  }, [bars]);
  return useMemo(() => {
    const now = { board, session };
    const verbs: Hit[] = [...commands.values()]
      .filter((command) => command.id !== 'palette' && isEnabled(command, now))
      .map((command) => ({
        id: command.id,
        title: titleOf(command, now),
        hint: command.group === groupText.go ? '' : command.group,
        keys: command.keys?.[0] ? writtenKeys(command.keys[0]) : null,
        icon: 'right',
        run: () => run(command),
      }));
    return (search) => {
      const found = search.trim() === '' ? verbs : [...verbs, ...objects];
      return fuzzyBest(search, found, ({ title, hint }) => `${title} ${hint}`, SHOWN);
    };
  }, [commands, board, session, objects]);
}

function show(tasks: Parameters<typeof select>[0]): void {
  select(tasks);
  goTo('board');
}
