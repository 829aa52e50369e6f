import { create } from 'zustand';
import { reasonAgainst, useAccount } from '#renderer/state/account.ts';
import { notify } from '#renderer/state/notices.ts';
import { type ColourBy, COLOUR_BY } from './colour.ts';
import { type Filter, NO_FILTER } from './filter.ts';
import { isWhole } from './layout.ts';
import { GROUP_ORDERS_BY, type GroupOrdersBy, ROWS_BY, type RowsBy } from './rows.ts';
import { boardText, lookText } from './text.ts';
import { isProposalShown, useBoardUi } from './ui-state.ts';

/** Which rows the board has, what is shown on them and in which colours. */
export interface BoardLook {
  readonly by: RowsBy;
  readonly ordersBy: GroupOrdersBy;
  readonly colour: ColourBy;
  readonly filter: Filter;
  readonly search: string;
}

/** A look under a name, with the collapsed groups and the zoom that it was saved with. */
export interface SavedView {
  readonly name: string;
  readonly look: Omit<BoardLook, 'search'>;
  readonly collapsed: readonly string[];
  readonly secondsPerPixel: number | null;
}

export const PLAIN: BoardLook = {
  by: 'units',
  ordersBy: 'product',
  colour: 'none',
  filter: NO_FILTER,
  search: '',
};

export const useLook = create<BoardLook>()(() => PLAIN);

export const lookAs = (change: Partial<BoardLook>): void => useLook.setState(change);
export const filterBy = (change: Partial<Filter>): void =>
  useLook.setState(({ filter }) => ({ filter: { ...filter, ...change } }));

/** Legend and rows mean something else in another colour or arrangement: what was chosen there goes. */
export const colourBy = (colour: ColourBy): void =>
  useLook.setState(({ filter }) => ({ colour, filter: { ...filter, legend: [] } }));

const VIEWS_KEY = 'shiftwright.board-views';

export const useSavedViews = create<{ readonly views: readonly SavedView[] }>()(() => ({
  views: readViews(),
}));

/** What this machine remembers; anything else than a list of views is no view. */
function readViews(): SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(VIEWS_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  const { name, look, collapsed } = (value ?? {}) as Partial<SavedView>;
  return (
    typeof name === 'string' &&
    Array.isArray(collapsed) &&
    look !== undefined &&
    ROWS_BY.includes(look.by) &&
    GROUP_ORDERS_BY.includes(look.ordersBy) &&
    COLOUR_BY.includes(look.colour) &&
    Object.keys(NO_FILTER).every((key) => key in look.filter)
  );
}

function keep(views: readonly SavedView[]): void {
  useSavedViews.setState({ views });
  localStorage.setItem(VIEWS_KEY, JSON.stringify(views));
}

/** Saves how the board looks now; a view of the same name is replaced. */
export function saveView(name: string): void {
  const { search: _search, ...look } = useLook.getState();
  const { collapsed, secondsPerPixel } = useBoardUi.getState();
  const view: SavedView = { name, look, collapsed: [...collapsed], secondsPerPixel };
  keep([...useSavedViews.getState().views.filter((one) => one.name !== name), view]);
}

export const removeView = (name: string): void =>
  keep(useSavedViews.getState().views.filter((view) => view.name !== name));

/** Shows a saved view; `zoomTo` is the board's. */
export function openView(view: SavedView, zoomTo: (secondsPerPixel: number) => void): void {
  useLook.setState({ ...view.look, search: '' });
  useBoardUi.setState({ collapsed: new Set(view.collapsed) });
  if (view.secondsPerPixel !== null) zoomTo(view.secondsPerPixel);
}

/**
 * Whether a bar may be taken into the hand: it stands as the draft has it, on a row that says where it would go. One from
 * the tray needs rows of work units; on its order's row a bar keeps its unit. The planner is told why not.
 */
export function mayTake(isNew = false): boolean {
  const { by } = useLook.getState();
  const reason = reasonAgainst(useAccount.getState().account, 'draft.move');
  if (reason !== null) notify('info', boardText.mayNotMove, reason);
  else if (by !== 'units' && (isNew || !isWhole(by)))
    notify('info', lookText.notHere, lookText.notHereText[by]);
  else if (isProposalShown()) notify('info', boardText.proposalShown, boardText.proposalShownText);
  else return true;
  return false;
}

/** Back to rows by unit in grey, with nothing filtered. */
export function resetLook(): void {
  useLook.setState(PLAIN);
  useBoardUi.setState({ collapsed: new Set() });
}
