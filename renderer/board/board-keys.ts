import type { KeyboardEvent } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { snapped } from './days.ts';
import { type Held, aim, aimEnd, movedBar, putBack, putDownBy, toggleBehind, useHeld } from './held.ts';
import { type Direction, firstSeen, groupsOf, neighbour, rowOf, unitBeside } from './layout.ts';
import { drop, takeNearest } from './moves.ts';
import { gridOf } from './scale.ts';
import type { SceneInput, Surface } from './surface.ts';
import { DROP_MODES, boardText } from './text.ts';
import { selectSeveral } from './selection.ts';
import { clearSelection, say, toggleGroup, useBoardUi } from './ui-state.ts';

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Keys on the board itself; true when the key meant something here. Letters are commands and work everywhere in the view. */
export function boardKey(event: KeyboardEvent, scene: SceneInput, surface: Surface): boolean {
  if (event.altKey) return false;
  const { held } = useHeld.getState();
  if (held) return held.by === 'keys' && heldKey(event, held, scene, surface);
  const direction = DIRECTIONS[event.key];
  const more = event.ctrlKey || event.metaKey;
  if (more && !direction) return false;
  if (direction && !event.shiftKey) {
    step(scene, surface, direction, more);
    return true;
  }
  if (direction === 'left' || direction === 'right') return fold(scene, direction === 'left');
  if (event.key === 'Enter' && scene.selected.length > 0) {
    useBoardUi.setState({ inspector: true });
    return true;
  }
  if (event.key === 'Escape') {
    clearSelection();
    return true;
  }
  if (event.key === 'PageDown' || event.key === 'PageUp') {
    surface.scroll(0, (event.key === 'PageDown' ? 0.8 : -0.8) * surface.size().height);
    return true;
  }
  return false;
}

function heldKey(event: KeyboardEvent, held: Held, scene: SceneInput, surface: Surface): boolean {
  const direction = DIRECTIONS[event.key];
  if (direction) {
    // With Shift six steps at once: half an hour instead of five minutes.
    const grid = gridOf(surface.secondsPerPixel());
    const far = grid * (event.shiftKey ? 6 : 1);
    const by = direction === 'left' ? -far : far;
    // What is kept behind a task goes on from that task, or it could never pass it.
    const from = direction === 'left' && held.behind ? held.behind.start + far : held.start;
    if (held.length) {
      if (direction === 'left' || direction === 'right')
        aimEnd(snapped(scene.days, held.length.end + by, grid));
    } else if (direction === 'up' || direction === 'down') {
      aim(unitBeside(scene.layout, held.unit, direction === 'up' ? -1 : 1), held.start);
    } else {
      aim(held.unit, snapped(scene.days, from + by, grid));
    }
    const now = useHeld.getState().held;
    if (now) surface.reveal(movedBar({ ...now, verdict: null }));
    return true;
  }
  if (event.key === 'Enter') {
    const box = surface.boxOf(movedBar(held));
    void drop((task) => {
      if (box) surface.glideBack(task, box);
    });
    return true;
  }
  if (event.key === 'Escape') {
    putBack();
    return true;
  }
  if (event.key === 'd' || event.key === 'D') {
    putDownBy(DROP_MODES[(DROP_MODES.indexOf(held.mode) + 1) % DROP_MODES.length] ?? 'push');
    return true;
  }
  if (event.key === 'k' || event.key === 'K') {
    toggleBehind();
    return true;
  }
  if (event.key === 't' || event.key === 'T') {
    void takeNearest();
    return true;
  }
  return false;
}

/** Shift with left closes the line of the current bar and then its area, Shift with right opens them again. */
function fold(scene: SceneInput, close: boolean): boolean {
  const bar = currentBar(scene);
  const row = bar && scene.layout.lanes.get(rowOf(scene.layout, bar) ?? '')?.row;
  const groups = row ? groupsOf(row) : [];
  const { collapsed } = useBoardUi.getState();
  const group = (close ? groups.toReversed() : groups).find((one) => collapsed.has(one) !== close);
  if (group === undefined) return false;
  toggleGroup(group);
  say(close ? boardText.folded(group) : boardText.unfolded(group));
  return true;
}

/** To the neighbour; with `more` it is selected beside the others. */
function step(scene: SceneInput, surface: Surface, direction: Direction, more: boolean): void {
  const current = currentBar(scene);
  const next = current ? neighbour(scene.layout, current, direction) : firstInSight(scene, surface);
  if (next) selectSeveral([next.task], next.task, more);
}

function currentBar(scene: SceneInput): BoardBar | undefined {
  const { current } = useBoardUi.getState();
  return scene.selected.find((bar) => bar.task === current) ?? scene.selected[0];
}

/** Where the arrows begin: the first bar in the view. */
function firstInSight(scene: SceneInput, surface: Surface): BoardBar | null {
  const { start } = surface.window();
  for (const line of scene.layout.lines) {
    if (line.kind !== 'unit') continue;
    const bar = line.lane.bars[firstSeen(line.lane, start)];
    if (bar) return bar;
  }
  return null;
}
