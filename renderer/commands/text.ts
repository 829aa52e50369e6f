import type { Place } from '#renderer/state/place.ts';

export const placeText: Record<Place, string> = {
  board: 'Board',
  orders: 'Orders',
  resources: 'Resources',
  calibrations: 'Calibrations',
  crew: 'Crew',
  dispatch: 'Dispatch',
  imports: 'Imports',
  audit: 'Audit',
  settings: 'Settings',
};

export const groupText = {
  plan: 'Plan',
  go: 'Go to',
  window: 'Window',
} as const;

export const commandText = {
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
  dispatch: 'Dispatch every stale queue',
  dispatched: (queues: string, items: string) => `Dispatched ${queues} with ${items}`,
  pin: 'Pin the selected tasks where they are',
  unpin: 'Unpin the selected tasks',
  goTo: (place: string) => `Go to ${place}`,
  palette: 'Search commands, orders and tasks',
  help: 'Show all keys',
  theme: 'Switch between day and night',
  searchFor: 'Search commands, orders, tasks …',
  noMatch: 'Nothing matches. Try an order number, a step or a verb such as “publish”.',
  keysTitle: 'Keys',
  results: (number: string) => `${number} results`,
} as const;
