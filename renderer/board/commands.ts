import type { Change } from '#shared/domain/change.ts';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import type { Command, Situation } from '#renderer/commands/registry.ts';
import { plantNow, useSession } from '#renderer/state/session.ts';
import { pickUp, pickUpEnd, useHeld } from './held.ts';
import { mayTake } from './look-state.ts';
import { asChange, keepBehind, takeNearest, takeOff } from './moves.ts';
import { LEVELS, type Level } from './scale.ts';
import { selectOrder } from './selection.ts';
import type { Surface } from './surface.ts';
import { boardText, levelText } from './text.ts';
import {
  openRepairs,
  clearSelection,
  currentOf,
  say,
  toggleInspector,
  togglePanel,
  toggleTable,
  useBoardUi,
} from './ui-state.ts';

const hasSelection = ({ board }: Situation): boolean => board.selection.size > 0;

/** Shows so much time; the button, the palette and the keys do this. */
export const zoomToLevel = (surface: Surface, level: Level): void =>
  surface.zoomToSpan(level === 'fit' ? 'fit' : LEVELS[level]);

/** Plant's now as the session keeps it; before the session has spoken, the board's. */
export const nowOnBoard = (): number => {
  const { board } = useBoard.getState();
  return useSession.getState().status ? plantNow() : (board?.now ?? 0);
};

/** Takes the current bar into the hand of the arrow keys. */
function moveByKeys(): void {
  const { bars, selection } = useBoard.getState();
  const { current, table } = useBoardUi.getState();
  const task = currentOf(selection, current);
  const bar = task === null ? undefined : bars.get(task);
  if (!bar || table) {
    // What has no place, or no board to move on, is moved by the dialog.
    if (task !== null) useBoardUi.setState({ moveDialog: true });
    return;
  }
  if (!mayTake()) return;
  document.querySelector<HTMLElement>('#board-grid')?.focus();
  pickUp(bar, 'keys');
}

/** Takes the end of the current bar into the hand of the arrow keys; where there is no hand, or it may not, the dialog says why. */
function resizeByKeys(): void {
  const { bars, selection } = useBoard.getState();
  const { current, table } = useBoardUi.getState();
  const task = currentOf(selection, current);
  const bar = task === null ? undefined : bars.get(task);
  if (!bar) return;
  if (!bar.estimate || table) {
    useBoardUi.setState({ estimating: true });
    return;
  }
  if (!mayTake()) return;
  document.querySelector<HTMLElement>('#board-grid')?.focus();
  pickUpEnd(bar, 'keys');
}

const hasBegun = ({ board }: Situation): boolean =>
  [...board.selection].some((task) => ['running', 'suspended'].includes(board.bars.get(task)?.work ?? ''));

const hasBar = ({ board }: Situation): boolean => [...board.selection].some((task) => board.bars.has(task));

/** Makes the current task and all its parts one again. */
async function joinCurrent(): Promise<void> {
  const task = currentOf(useBoard.getState().selection, useBoardUi.getState().current);
  if (task === null) return;
  const outcome = await act('draft.join', { task, expected: expected() });
  if (outcome?.ok) say(boardText.joined);
}

/** Of two selected tasks, the one chosen last goes behind the other. */
async function keepSecondBehind(): Promise<void> {
  const [first, second] = [...useBoard.getState().selection];
  if (first && second) await keepBehind(second, first);
}

/** The drop that was refused last, at the place where it would work; without one, what the lines reported. */
function refusedDrop(): Change {
  const { nearest } = useHeld.getState();
  return nearest ? asChange(nearest) : { kind: 'reported' };
}

/** What the board adds to palette, help and keys while it is shown. */
export function boardCommands(surfaceNow: () => Surface | null): readonly Command[] {
  const onSurface = (work: (surface: Surface) => void) => () => {
    const surface = surfaceNow();
    if (surface) work(surface);
  };
  const { group } = boardText;
  const shown = () => surfaceNow() !== null;
  return [
    {
      id: 'board.now',
      group,
      title: boardText.jumpToNow,
      keys: ['n'],
      enabled: shown,
      run: onSurface((surface) => surface.jumpTo(nowOnBoard())),
    },
    {
      id: 'board.zoomIn',
      group,
      title: boardText.zoomIn,
      keys: ['[Shift]++', '[Shift]+='],
      enabled: shown,
      run: onSurface((surface) => surface.zoomBy(1.5)),
    },
    {
      id: 'board.zoomOut',
      group,
      title: boardText.zoomOut,
      keys: ['-'],
      enabled: shown,
      run: onSurface((surface) => surface.zoomBy(1 / 1.5)),
    },
    ...(Object.keys(levelText) as Level[]).map((level) => ({
      id: `board.show.${level}`,
      group,
      title: boardText.zoomTo(levelText[level]),
      ...(level === 'fit' ? { keys: ['f'] } : {}),
      enabled: shown,
      run: onSurface((surface) => zoomToLevel(surface, level)),
    })),
    {
      id: 'board.load',
      group,
      title: boardText.showLoad,
      keys: ['h'],
      run: () => togglePanel('load'),
    },
    {
      id: 'board.unplaced',
      group,
      title: boardText.showUnplaced,
      keys: ['x'],
      run: () => togglePanel('unplaced'),
    },
    {
      id: 'board.differences',
      group,
      title: boardText.showDifferences,
      keys: ['d'],
      enabled: ({ board }) => board.proposal !== null,
      run: () => togglePanel('differences'),
    },
    { id: 'board.table', group, title: boardText.showTable, keys: ['y'], run: toggleTable },
    {
      id: 'board.print',
      group,
      title: boardText.printCommand,
      keys: ['$mod+p'],
      enabled: ({ board }) => board.board !== null,
      run: () => useBoardUi.setState({ printing: true }),
    },
    { id: 'board.inspector', group, title: boardText.showInspector, keys: ['i'], run: toggleInspector },
    {
      id: 'board.move',
      needs: 'draft.move',
      group,
      title: boardText.move,
      keys: ['m'],
      enabled: (now) => hasSelection(now) && shown(),
      run: moveByKeys,
    },
    {
      id: 'board.moveTo',
      needs: 'draft.move',
      group,
      title: boardText.moveTo,
      keys: ['Shift+m'],
      enabled: hasSelection,
      run: () => useBoardUi.setState({ moveDialog: true }),
    },
    {
      id: 'board.repairs',
      needs: 'repair.choose',
      group,
      title: boardText.repairs,
      keys: ['r'],
      enabled: ({ board, session }) => board.board !== null && session.connection === 'open',
      run: () => openRepairs(refusedDrop()),
    },
    {
      id: 'board.nearest',
      needs: 'draft.move',
      group,
      title: boardText.nearest,
      keys: ['t'],
      enabled: () => useHeld.getState().nearest !== null || useHeld.getState().held !== null,
      run: takeNearest,
    },
    {
      id: 'board.moveOrder',
      needs: 'draft.move',
      group,
      title: boardText.moveOrder,
      keys: ['Shift+o'],
      enabled: (now) => hasSelection(now) && shown(),
      run: () => {
        selectOrder();
        moveByKeys();
      },
    },
    {
      id: 'board.takeOff',
      needs: 'draft.unplace',
      group,
      title: boardText.takeOff,
      keys: ['Delete'],
      enabled: hasSelection,
      run: () => takeOff([...useBoard.getState().selection]),
    },
    {
      id: 'board.split',
      needs: 'draft.split',
      group,
      title: boardText.split,
      keys: ['s'],
      enabled: hasBar,
      run: () => useBoardUi.setState({ splitting: true }),
    },
    {
      id: 'board.resize',
      needs: 'draft.move',
      group,
      title: boardText.resize,
      keys: ['e'],
      enabled: hasBar,
      run: resizeByKeys,
    },
    {
      id: 'board.estimate',
      needs: 'draft.move',
      group,
      title: boardText.estimate,
      keys: ['Shift+e'],
      enabled: hasBar,
      run: () => useBoardUi.setState({ estimating: true }),
    },
    {
      id: 'board.remaining',
      needs: 'draft.remaining',
      group,
      title: boardText.remaining,
      keys: ['Shift+l'],
      enabled: hasBegun,
      run: () => useBoardUi.setState({ remaining: true }),
    },
    {
      id: 'board.reports',
      group,
      title: boardText.reports,
      keys: ['u'],
      enabled: hasBar,
      run: () => useBoardUi.setState({ reporting: { report: null } }),
    },
    {
      id: 'board.join',
      needs: 'draft.join',
      group,
      title: boardText.join,
      keys: ['Shift+s'],
      enabled: hasSelection,
      run: joinCurrent,
    },
    {
      id: 'board.keepBehind',
      needs: 'draft.keepAfter',
      group,
      title: boardText.keepBehind,
      keys: ['k'],
      enabled: ({ board }) => board.selection.size === 2,
      run: keepSecondBehind,
    },
    {
      id: 'board.selectOrder',
      group,
      title: boardText.selectOrder,
      keys: ['o'],
      enabled: hasSelection,
      run: selectOrder,
    },
    {
      id: 'board.clear',
      group,
      title: boardText.clear,
      keys: ['Escape'],
      enabled: (now) => hasSelection(now) && useHeld.getState().held === null,
      run: clearSelection,
    },
  ];
}
