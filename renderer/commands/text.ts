import type { Place } from '#renderer/state/place.ts';

export const placeText: Record<Place, string> = {
  board: 'Board',
  orders: 'Orders',
  resources: 'Resources',
  calibrations: 'Calibrations',
  crew: 'Crew',
  dispatch: 'Dispatch',
  cases: 'Cases',
  imports: 'Imports',
  connections: 'Connections',
  audit: 'Audit',
  settings: 'Settings',
};

export const groupText = {
  plan: 'Plan',
  go: 'Go to',
  scenarios: 'Scenarios',
  window: 'Window',
} as const;

export const scenarioText = {
  scenario: 'Scenario:',
  scenarios: 'Scenarios',
  tip: 'What the board shows and every edit changes. Branch it to try something.',
  draftHint: 'What is published',
  made: (author: string, moment: string) => `${author}, ${moment}`,
  assumes: (what: string) => `Assumes: ${what}`,
  open: (name: string) => `Open scenario “${name}”`,
  openDraft: 'Open the draft',
  branch: 'New scenario …',
  branchTitle: (name: string) => `New scenario from “${name}”`,
  branchHint: 'Same places, an undo of its own. The draft stays as it is until you promote.',
  branchSubmit: 'Branch',
  compare: 'Compare scenarios',
  promote: 'Promote to be the draft',
  promoteShort: 'Promote',
  promoted: (name: string, changed: string) => `“${name}” is the draft now, ${changed} changed`,
  promotedText: 'Undo takes it back; the scenario stays.',
  rename: 'Rename the scenario …',
  renameTitle: (name: string) => `Rename “${name}”`,
  renameSubmit: 'Rename',
  remove: 'Delete the scenario …',
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeHint: 'Its places and its undo are gone for good. The draft stays as it is.',
  removeSubmit: 'Delete',
  removed: (name: string) => `“${name}” is deleted`,
  name: 'Name',
} as const;

export const commandText = {
  failed: 'That did not work',
  undo: 'Undo',
  redo: 'Redo',
  undoWhat: (what: string) => `Undo: ${what}`,
  redoWhat: (what: string) => `Redo: ${what}`,
  undone: (what: string) => `Undone: ${what}`,
  redone: (what: string) => `Done again: ${what}`,
  solve: 'Solve …',
  cancelSolve: 'Cancel solving, discard the best so far',
  takeSolve: 'Take the best schedule so far',
  acceptProposal: 'Accept the proposal',
  rejectProposal: 'Reject the proposal',
  accepted: (changed: string) => `Proposal accepted, ${changed} changed`,
  publish: 'Publish …',
  published: (version: number) => `Published as version ${version}`,
  publishedText: 'The lines still have what they were told before. Dispatch tells them.',
  dispatch: 'Dispatch …',
  recall: 'Recall the selected tasks from their lines …',
  recalled: (tasks: string) => `${tasks} recalled`,
  dispatched: (queues: string, items: string) => `Dispatched ${queues} with ${items}`,
  pin: 'Pin the selected tasks where they are',
  unpin: 'Unpin the selected tasks',
  goTo: (place: string) => `Go to ${place}`,
  palette: 'Search commands, orders and tasks',
  help: 'Show all keys',
  theme: 'Switch between day and night',
  lock: 'Lock the window',
  searchFor: 'Search commands, orders, tasks …',
  noMatch: 'Nothing matches. Try an order number, a step or a verb such as “publish”.',
  keysTitle: 'Keys',
  searchKeys: 'Search commands and keys',
  results: (number: string) => `${number} results`,
} as const;

const ON_BOARD = 'With the keyboard on the board';
const IN_HAND = 'With a task in the hand of the keys';
const WHILE_DRAGGING = 'While dragging on the board';
const IN_TABLE = 'In a table';

/** Keys that mean something only where the keyboard stands, so that they are no commands; as they are written. */
export const handKeys: readonly {
  readonly group: string;
  readonly title: string;
  readonly keys: readonly string[];
}[] = [
  { group: ON_BOARD, title: 'Select the neighbour', keys: ['Arrows'] },
  { group: ON_BOARD, title: 'Select the neighbour too', keys: ['Ctrl Arrows'] },
  { group: ON_BOARD, title: 'Close or open the area', keys: ['Shift Left', 'Shift Right'] },
  { group: ON_BOARD, title: 'Open the inspector', keys: ['Enter'] },
  { group: ON_BOARD, title: 'Scroll', keys: ['PageUp', 'PageDown'] },
  { group: ON_BOARD, title: 'Zoom at the pointer', keys: ['Ctrl wheel'] },
  { group: IN_HAND, title: 'Earlier, later, other unit', keys: ['Arrows'] },
  { group: IN_HAND, title: 'Six steps at once', keys: ['Shift Left', 'Shift Right'] },
  { group: IN_HAND, title: 'Change how it is put down', keys: ['D'] },
  { group: IN_HAND, title: 'Take the nearest slot that works', keys: ['T'] },
  { group: IN_HAND, title: 'Drop it', keys: ['Enter'] },
  { group: IN_HAND, title: 'Put it back', keys: ['Esc'] },
  { group: WHILE_DRAGGING, title: 'Exactly here', keys: ['Alt'] },
  { group: WHILE_DRAGGING, title: 'First slot from here', keys: ['Shift'] },
  { group: WHILE_DRAGGING, title: 'To the minute, without snapping', keys: ['Ctrl'] },
  { group: WHILE_DRAGGING, title: 'Put it back', keys: ['Esc'] },
  { group: IN_TABLE, title: 'Go to a row', keys: ['Arrows', 'PageUp', 'Home', 'End'] },
  { group: IN_TABLE, title: 'Open the row', keys: ['Enter'] },
];
