import { create } from 'zustand';
import type { Change } from '#shared/domain/change.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { select, useBoard } from '#renderer/state/board.ts';

/** How the board is arranged in this window; stays while other views are open. */
export interface BoardUi {
  /** The selected task that keys act on and the inspector shows. */
  readonly current: TaskId | null;
  readonly collapsed: ReadonlySet<string>;
  readonly table: boolean;
  readonly inspector: boolean;
  readonly panel: 'unplaced' | 'load' | 'differences' | 'comparison' | null;
  /** Whether bars stand as the proposal or as the draft has them, while there is a proposal. */
  readonly showing: 'proposal' | 'draft';
  readonly moveDialog: boolean;
  /** Whether the current task is being split in a dialog. */
  readonly splitting: boolean;
  /** Whether a dialog asks how long the current task runs. */
  readonly estimating: boolean;
  /** Whether a dialog asks what is left of the current task. */
  readonly remaining: boolean;
  /** Whether a dialog shows what lines reported of the current task, and which report is chosen there first. */
  readonly reporting: { readonly report: string | null } | null;
  /** Whether the print dialog is open. */
  readonly printing: boolean;
  /** What repairs are asked for; null while that dialog is closed. */
  readonly repairs: Change | null;
  /** Whose load is shown there. */
  readonly loadOf: 'units' | 'people';
  /** Pixels of the panel under the board while it is open; remembered on this machine. */
  readonly panelHeight: number;
  readonly scrollTop: number;
  /** Seconds per pixel; null until the view has its size. */
  readonly secondsPerPixel: number | null;
  /** Read out to those who do not see the board. */
  readonly said: string;
}

const HEIGHT_KEY = 'shiftwright.board-panel';
export const USUAL_HEIGHT = 280;
const LEAST_HEIGHT = 120;
const MOST_HEIGHT = 640;

const withinPanel = (pixels: number): number =>
  Math.round(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, pixels)));

function rememberedHeight(): number {
  const pixels = Number(localStorage.getItem(HEIGHT_KEY));
  return pixels > 0 ? withinPanel(pixels) : USUAL_HEIGHT;
}

/** Makes the panel under the board as high as that, now and next time. */
export function resizePanel(pixels: number): void {
  const panelHeight = withinPanel(pixels);
  useBoardUi.setState({ panelHeight });
  localStorage.setItem(HEIGHT_KEY, String(panelHeight));
}

export const useBoardUi = create<BoardUi>()(() => ({
  current: null,
  collapsed: new Set(),
  table: false,
  inspector: false,
  panel: null,
  showing: 'proposal',
  moveDialog: false,
  splitting: false,
  estimating: false,
  remaining: false,
  reporting: null,
  printing: false,
  repairs: null,
  loadOf: 'units',
  panelHeight: rememberedHeight(),
  scrollTop: 0,
  secondsPerPixel: null,
  said: '',
}));

/** Opens the repairs, for what the lines reported unless told otherwise. */
export const openRepairs = (change: Change = { kind: 'reported' }): void =>
  useBoardUi.setState({ repairs: change });

export const say = (said: string): void => useBoardUi.setState({ said });

/** Selects one task and makes it the current one. */
export function selectOne(task: TaskId): void {
  useBoardUi.setState({ current: task });
  select([task]);
}

export function clearSelection(): void {
  useBoardUi.setState({ current: null });
  if (useBoard.getState().selection.size > 0) select([]);
}

export function toggleGroup(name: string): void {
  const collapsed = new Set(useBoardUi.getState().collapsed);
  if (!collapsed.delete(name)) collapsed.add(name);
  useBoardUi.setState({ collapsed });
}

/** Whether bars stand where a proposal would have them: then there is nothing to move, only to decide. */
export const isProposalShown = (): boolean =>
  useBoard.getState().proposal !== null && useBoardUi.getState().showing === 'proposal';

/** Opens a tab of the panel under the board, or closes it. */
export const togglePanel = (name: NonNullable<BoardUi['panel']>): void =>
  useBoardUi.setState(({ panel }) => ({ panel: panel === name ? null : name }));

export const toggleTable = (): void => useBoardUi.setState(({ table }) => ({ table: !table }));
export const toggleInspector = (): void =>
  useBoardUi.setState(({ inspector }) => ({ inspector: !inspector }));

/** The current task: the one last chosen here, else the first of what another view selected. */
export function currentOf(selection: ReadonlySet<TaskId>, current: TaskId | null): TaskId | null {
  if (current !== null && selection.has(current)) return current;
  for (const task of selection) return task;
  return null;
}

export const useCurrent = (): TaskId | null => {
  const selection = useBoard((state) => state.selection);
  const current = useBoardUi((state) => state.current);
  return currentOf(selection, current);
};
