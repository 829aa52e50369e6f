/** Sizes of the board in CSS pixels. */
export const HEAD_WIDTH = 208;
export const AXIS_HEIGHT = 44;
/** Height of the upper tier of the axis. */
export const TIER_HEIGHT = 22;
export const ROW_HEIGHT = 32;
/** Free space above a bar; below it the line of what really happened. */
export const BAR_INSET = 4;
export const BAR_HEIGHT = 22;
export const RADIUS = 3;
export const STRIPE = 3;
export const FOOT = 3;
