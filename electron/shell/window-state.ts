import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

export const MIN_SIZE = { width: 1024, height: 640 };
const FIRST_SIZE = { width: 1440, height: 900 };

/** Where the window was when it was last closed. */
export const WindowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(MIN_SIZE.width),
  height: z.int().min(MIN_SIZE.height),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** At least so much of the window has to be on a screen, in pixels each way, for a hand to take hold of it. */
const HOLD = 100;

const isOn = (state: WindowState, screen: Rectangle): boolean =>
  Math.min(state.x + state.width, screen.x + screen.width) - Math.max(state.x, screen.x) >= HOLD &&
  Math.min(state.y + state.height, screen.y + screen.height) - Math.max(state.y, screen.y) >= HOLD;

/** Place and size of a new window: as it was left, unless that screen is gone. */
export function placeOf(
  state: WindowState | null,
  screens: readonly Rectangle[],
): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  if (!state || !screens.some((screen) => isOn(state, screen))) return FIRST_SIZE;
  const { x, y, width, height } = state;
  return { x, y, width, height };
}

/** null when it was never kept or is damaged: the window then opens as for the first time. */
export function readWindowState(file: string): WindowState | null {
  try {
    return WindowState.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** A full disk must not keep a window from closing: where it stood is no record. */
export function keepWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch (error) {
    console.warn(`The place of the window was not kept: ${String(error)}`);
  }
}
