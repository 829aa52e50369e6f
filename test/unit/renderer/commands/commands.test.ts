import { expect, test, vi } from 'vitest';
import { fuzzyBest, fuzzyScore } from '#renderer/commands/fuzzy.ts';

vi.stubGlobal('window', {
  shiftwright: { post: () => {}, onMessage: () => {}, onStation: () => {} },
  addEventListener: () => {},
});
vi.stubGlobal('location', { hash: '' });
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));
vi.stubGlobal('localStorage', { getItem: () => null });
const { writtenKeys } = await import('#renderer/commands/keys.ts');
const { isEnabled, registerCommands, titleOf, useCommands } = await import('#renderer/commands/registry.ts');
const { run, situation } = await import('#renderer/commands/run.ts');
const { planCommands } = await import('#renderer/commands/plan.ts');
const { windowCommands } = await import('#renderer/commands/window.ts');
const { scenarioCommands } = await import('#renderer/commands/scenarios.ts');
const { boardCommands } = await import('#renderer/board/commands.ts');
const { useBoard } = await import('#renderer/state/board.ts');

test('the search finds letters in order, words in any order, and prefers beginnings', () => {
  const titles = ['Go to Dispatch', 'Dispatch every stale queue', 'Discard the best so far'];
  expect(fuzzyBest('disp', titles, (title) => title, 2)).toEqual([
    'Dispatch every stale queue',
    'Go to Dispatch',
  ]);
  expect(fuzzyScore('press 104', 'WO-1043 · Press')).not.toBeNull();
  expect(fuzzyScore('dsq', 'Dispatch every stale queue')).not.toBeNull();
  expect(fuzzyScore('queue zebra', 'Dispatch every stale queue')).toBeNull();
});

test('keys are written as a planner reads them', () => {
  expect(['$mod+Shift+z', 'g o', '[Shift]+?', '$mod+Enter'].map(writtenKeys)).toEqual([
    'Ctrl Shift Z',
    'G O',
    '?',
    'Ctrl Enter',
  ]);
});

const all = [...planCommands, ...scenarioCommands, ...windowCommands, ...boardCommands(() => null)];

test('[U6] every command has an id, a group and a title that the palette finds first', () => {
  for (const command of all) {
    const title = titleOf(command, situation());
    expect([command.id, command.group, title].every((words) => words.trim() !== '')).toBe(true);
    const [first] = fuzzyBest(title, all, (other) => titleOf(other, situation()), 1);
    expect(first?.id).toBe(command.id);
  }
});

test('[U6] no two commands share an id or a key', () => {
  const keys = all.flatMap((command) => command.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('a view’s commands live as long as the view, and leave a later one of the same name alone', () => {
  const zoom = (title: string) => ({ id: 'zoom', title, group: 'Board', run: () => {} });
  const leaveFirst = registerCommands([zoom('first')]);
  const leaveSecond = registerCommands([zoom('second')]);
  leaveFirst();
  expect(useCommands.getState().commands.get('zoom')?.title).toBe('second');
  leaveSecond();
  expect(useCommands.getState().commands.has('zoom')).toBe(false);
});

test('a command that cannot run now does not, and says what it would undo when it can', () => {
  let runs = 0;
  run({ id: 'x', title: 'x', group: '', enabled: () => false, run: () => void (runs += 1) });
  run({ id: 'y', title: 'y', group: '', run: () => void (runs += 1) });
  expect(runs).toBe(1);
  const undo = planCommands.find(({ id }) => id === 'undo');
  expect(undo && isEnabled(undo, situation())).toBe(false);
  const board = useBoard.getState();
  const now = { ...situation(), board: { ...board, board: { state: { undo: 'Move WO-1 Press' } } as never } };
  expect(undo && titleOf(undo, now)).toBe('Undo: Move WO-1 Press');
});
