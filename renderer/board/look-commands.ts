import type { Command } from '#renderer/commands/registry.ts';
import { COLOUR_BY, type ColourBy } from './colour.ts';
import { type SavedView, colourBy, lookAs, openView, resetLook } from './look-state.ts';
import { ROWS_BY, type RowsBy } from './rows.ts';
import { stepOrder } from './search-step.ts';
import type { Surface } from './surface.ts';
import { boardText, colourText, lookText } from './text.ts';
import { useBoardUi } from './ui-state.ts';

const ROWS_KEYS: Record<RowsBy, string> = {
  units: 'v u',
  people: 'v p',
  instruments: 'v i',
  orders: 'v o',
  tasks: 'v t',
};
const COLOUR_KEYS: Record<ColourBy, string> = {
  none: 'l g',
  order: 'l o',
  family: 'l f',
  lateness: 'l l',
  domain: 'l d',
  readiness: 'l r',
  utilisation: 'l u',
};

const { group } = boardText;

/** Opens the inspector where its comments are written. */
export function writeComment(): void {
  useBoardUi.setState({ inspector: true });
  // The field appears with what the station knows of the task.
  const started = performance.now();
  const focus = (): void => {
    const field = document.querySelector<HTMLElement>('#comment-text');
    if (field) field.focus();
    else if (performance.now() - started < 2000) requestAnimationFrame(focus);
  };
  focus();
}

/** What rows, colours, filters, search and the selection as a whole add to palette, help and keys. */
export const lookCommands: readonly Command[] = [
  ...ROWS_BY.map((by) => ({
    id: `board.rows.${by}`,
    group,
    title: lookText.rowsCommand[by],
    keys: [ROWS_KEYS[by]],
    run: () => lookAs({ by }),
  })),
  ...COLOUR_BY.map((by) => ({
    id: `board.colour.${by}`,
    group,
    title: colourText.command[by],
    keys: [COLOUR_KEYS[by]],
    run: () => colourBy(by),
  })),
  {
    id: 'board.find',
    group,
    title: lookText.find,
    keys: ['/'],
    run: () => document.querySelector<HTMLElement>('#board-search input')?.focus(),
  },
  {
    id: 'board.filter',
    group,
    title: lookText.openFilter,
    keys: ['Shift+f'],
    run: () => document.querySelector<HTMLElement>('#board-filter')?.click(),
  },
  { id: 'board.resetLook', group, title: lookText.resetLook, keys: ['v r'], run: resetLook },
  {
    id: 'board.nextOfOrder',
    group,
    title: boardText.nextOfOrder,
    keys: ['.'],
    enabled: ({ board }) => board.selection.size > 0,
    run: () => stepOrder(1),
  },
  {
    id: 'board.previousOfOrder',
    group,
    title: boardText.previousOfOrder,
    keys: [','],
    enabled: ({ board }) => board.selection.size > 0,
    run: () => stepOrder(-1),
  },
  {
    id: 'board.comment',
    needs: 'task.comment',
    group,
    title: boardText.comment,
    keys: ['w'],
    enabled: ({ board }) => board.selection.size > 0,
    run: writeComment,
  },
];

export const viewCommands = (
  views: readonly SavedView[],
  surfaceNow: () => Surface | null,
): readonly Command[] =>
  views.map((view) => ({
    id: `board.view.${view.name}`,
    group,
    title: lookText.openView(view.name),
    run: () => openView(view, (secondsPerPixel) => surfaceNow()?.zoomTo(secondsPerPixel)),
  }));
