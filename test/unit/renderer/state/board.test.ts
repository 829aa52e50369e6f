import { beforeEach, expect, test, vi } from 'vitest';
import type { Board, BoardBar, BoardState, SolveProgress } from '#shared/contract/views.ts';
import { ONLY_DRAFT } from '#test/support/only-draft.ts';

// The window of a shell: the module opens its line to the station when it is loaded.
vi.stubGlobal('window', { shiftwright: { post: () => {}, onMessage: () => {}, onStation: () => {} } });
const { foldFact, patched, select, toggleSelected, useBoard, byTask } =
  await import('#renderer/state/board.ts');

const task = (id: string) => id as BoardBar['task'];
const bar = (id: string, start = 0): BoardBar => ({
  task: task(id),
  order: id as BoardBar['order'],
  name: 'Press',
  product: '',
  domain: 'production',
  estimate: null,
  remaining: null,
  unit: 'P1' as BoardBar['unit'],
  start,
  runStart: start,
  end: start + 60,
  quantity: 1,
  uom: 'pcs',
  due: 100,
  late: 0,
  pin: null,
  frozen: false,
  commitment: null,
  work: 'waiting',
  actualStart: null,
  actualEnd: null,
  progress: 0,
  blocked: false,
  family: null,
  people: [],
  instruments: [],
  qualifications: [],
  missing: [],
  moved: false,
  comments: 0,
});
const state = (revision: number): BoardState => ({
  revision,
  movedSincePublished: 0,
  undo: null,
  redo: null,
  ...ONLY_DRAFT,
  figures: {
    orders: 0,
    lateOrders: 0,
    weightedTardiness: 0,
    tardiness: 0,
    setup: 0,
    makespanEnd: 0,
    load: 0,
    unplaced: 0,
    flow: 0,
    overtime: 0,
    penalty: 0,
    moved: 0,
  },
});
const row = (unit: string, name: string): Board['rows'][number] => ({
  unit: unit as BoardBar['unit'],
  name,
  group: 'Press hall',
  area: null,
  level: 'WorkUnit',
  closed: [],
  downtimes: [],
  state: 'PROD',
  reported: null,
});
const board = (bars: readonly BoardBar[], revision = 5): Board => ({
  now: 0,
  zone: 'Europe/Berlin',
  horizon: { start: 0, end: 1000 },
  rows: [row('P1', 'Press 1'), row('P2', 'Press 2')],
  bars,
  people: [],
  instruments: [],
  unplaced: [],
  state: state(revision),
});

function show(bars: readonly BoardBar[]): void {
  useBoard.setState({ board: board(bars), bars: byTask(bars), solving: null, proposal: null });
}
beforeEach(() => {
  show([bar('A'), bar('B'), bar('C')]);
  select([]);
});
const change = { kind: 'board.changed', removed: [], unplaced: [], rows: [] } as const;

test('a changed bar takes the place of the old one, a new one comes last, a removed one goes', () => {
  const next = patched(board([bar('A'), bar('B'), bar('C')]), [bar('B', 30), bar('D')], [task('A')]);
  expect(next.bars.map(({ task, start }) => `${task}@${start}`)).toEqual(['B@30', 'C@0', 'D@0']);
});

test('board.changed patches bars, rows and state and does not ask to read again', () => {
  const again = foldFact({
    ...change,
    bars: [bar('B', 30)],
    rows: [row('P2', 'Press two')],
    state: state(6),
  });
  const after = useBoard.getState();
  expect(again).toBe(false);
  expect(after.bars.get(task('B'))?.start).toBe(30);
  expect(after.board?.rows.map(({ name }) => name)).toEqual(['Press 1', 'Press two']);
  expect(after.board?.state.revision).toBe(6);
});

test('a fact older than the board that was read changes nothing', () => {
  foldFact({ ...change, bars: [bar('B', 30)], state: state(4) });
  expect(useBoard.getState().bars.get(task('B'))?.start).toBe(0);
});

test('board.replaced asks to read again', () => {
  expect(foldFact({ kind: 'board.replaced', revision: 9 })).toBe(true);
});

test('what vanished from the board leaves the selection', () => {
  select([task('A'), task('B')]);
  toggleSelected(task('C'));
  foldFact({ ...change, bars: [], removed: [task('A')], state: state(6) });
  expect([...useBoard.getState().selection]).toEqual(['B', 'C']);
});

test('the last progress of a solve stands until it ends', () => {
  const progress = (elapsedMs: number): SolveProgress => ({
    elapsedMs,
    iterations: 1,
    perSecond: 10,
    phase: 'ATC',
    figures: null,
    objective: 100 - elapsedMs,
    lowerBound: null,
    gap: null,
    points: [],
  });
  foldFact({ kind: 'solve.progress', progress: progress(1) });
  foldFact({ kind: 'solve.progress', progress: progress(2) });
  expect(useBoard.getState().solving?.progress?.objective).toBe(98);
  foldFact({ kind: 'solve.ended', outcome: 'cancelled', text: '' });
  expect(useBoard.getState().solving).toBeNull();
});
