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
  { group: ON_BOARD, title: 'Close or open its line and area', keys: ['Shift Left', 'Shift Right'] },
  { group: ON_BOARD, title: 'Open the inspector', keys: ['Enter'] },
  { group: ON_BOARD, title: 'Scroll', keys: ['PageUp', 'PageDown'] },
  { group: ON_BOARD, title: 'Zoom at the pointer', keys: ['Ctrl wheel'] },
  { group: IN_HAND, title: 'Earlier, later, other unit', keys: ['Arrows'] },
  { group: IN_HAND, title: 'Six steps at once', keys: ['Shift Left', 'Shift Right'] },
  { group: IN_HAND, title: 'Change how it is put down', keys: ['D'] },
  { group: IN_HAND, title: 'Keep it behind what stands before it', keys: ['K'] },
  { group: IN_HAND, title: 'Take the nearest slot that works', keys: ['T'] },
  { group: IN_HAND, title: 'Drop it', keys: ['Enter'] },
  { group: IN_HAND, title: 'Put it back', keys: ['Esc'] },
  { group: WHILE_DRAGGING, title: 'Exactly here', keys: ['Alt'] },
  { group: WHILE_DRAGGING, title: 'First slot from here', keys: ['Shift'] },
  { group: WHILE_DRAGGING, title: 'To the minute, without snapping', keys: ['Ctrl'] },
  { group: WHILE_DRAGGING, title: 'Keep it behind what stands before it', keys: ['K'] },
  { group: WHILE_DRAGGING, title: 'Put it back', keys: ['Esc'] },
  { group: IN_TABLE, title: 'Go to a row', keys: ['Arrows', 'PageUp', 'Home', 'End'] },
  { group: IN_TABLE, title: 'Open the row', keys: ['Enter'] },
];
