import { create } from 'zustand';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Ask } from '#shared/contract/calls.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Drop, DropMode, Verdict } from '#shared/domain/verdict.ts';
import { companionsOf } from '#shared/edit/companions.ts';
import { type Instant, MINUTE, type Seconds } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { counted, formatsOf } from '#renderer/ui/format.ts';
import { boundariesOf, openBetween } from './closed-time.ts';
import { latestOnly } from './latest.ts';
import { type LensState, rowVerdict } from './lens.ts';
import type { Snap } from './snap.ts';
import { boardText, modeText } from './text.ts';
import { say } from './ui-state.ts';
import { labelOf, verdictLine } from './verdict-text.ts';

/** A bar in the hand: of the pointer or of the keys. */
export interface Held extends LensState {
  readonly bar: BoardBar;
  /** What is carried along, at its distance in time. */
  readonly others: readonly BoardBar[];
  readonly by: 'pointer' | 'keys';
  readonly start: Instant;
  /** What the station says of the place; null while it is asked. */
  readonly verdict: Verdict | null;
  readonly mode: DropMode;
  /** How long it is to run, and where that ends as far as the hand knows; null while it is only moved. */
  readonly length: { readonly run: Seconds; readonly end: Instant } | null;
  /** Whether it goes directly behind the task before it on the row and is kept there, and which that is. */
  readonly keeps: boolean;
  readonly behind: BoardBar | null;
  /** What it keeps to; null while it is free. */
  readonly snap: Snap | null;
  /** It came out of the tray and has no place to go back to. */
  readonly isNew: boolean;
}

export type Slot = Drop;

interface HeldStore {
  readonly held: Held | null;
  /** Where the last refused drop would have worked: one key takes it. */
  readonly nearest: Slot | null;
}

export const useHeld = create<HeldStore>()(() => ({ held: null, nearest: null }));

/** How long words wait for the station before they say that it is asked. */
const PATIENCE_MILLIS = 60;

/**
 * What is in the hand as it is spoken of: at a new place only when the station has answered, which mostly comes before the
 * next picture, or takes longer. Otherwise the words would flicker with every movement.
 */
export const useSaid = create<{ readonly said: Held | null }>()(() => ({ said: null }));

let waiting: ReturnType<typeof setTimeout> | undefined;
useHeld.subscribe(({ held }) => {
  if (held && !held.verdict && useSaid.getState().said) waiting ??= setTimeout(sayNow, PATIENCE_MILLIS);
  else sayNow();
});
function sayNow(): void {
  clearTimeout(waiting);
  waiting = undefined;
  useSaid.setState({ said: useHeld.getState().held });
}

export const heldNow = (): Held | null => useHeld.getState().held;
export const unitName = (unit: EquipmentId): string =>
  useBoard.getState().board?.rows.find((row) => row.unit === unit)?.name ?? unit;
export const formats = () => formatsOf(useBoard.getState().board?.zone ?? 'UTC');

/** The line at the pointer for what is in the hand. */
export const heldLine = (held: Held): string =>
  verdictLine(held.verdict, { ...held.bar, start: held.start, length: held.length }, formats(), unitName);

/** A task with what is carried along: “WO-1043 · Press + 2 tasks”. */
export const withOthers = (label: string, others: number): string =>
  others > 0 ? `${label} ${boardText.heldMany(counted(others, 'task'))}` : label;

/** How it would be put down, in words. */
export const heldMode = ({ mode, behind }: Held): string =>
  behind ? boardText.staysBehind(labelOf(behind)) : modeText[mode];

export const slotOf = ({ bar, unit, start, others, mode, length }: Held): Slot => ({
  task: bar.task,
  unit,
  start,
  ...(others.length > 0 && { others: others.map(({ task }) => task) }),
  ...(mode !== 'push' && { mode }),
  ...(length && { estimate: length.run }),
});

export const isSame = (a: Slot, b: Slot): boolean =>
  a.task === b.task &&
  a.unit === b.unit &&
  a.start === b.start &&
  a.mode === b.mode &&
  a.estimate === b.estimate;

const asking = latestOnly(
  (slot: Slot) => station.call('draft.try', slot),
  (slot, verdict) => {
    const held = heldNow();
    if (!held || !isSame(slotOf(held), slot)) return;
    const judged = { ...held, verdict, lens: new Map(held.lens).set(slot.unit, rowVerdict(verdict)) };
    useHeld.setState({ held: judged });
    if (held.by === 'keys') say(`${unitName(slot.unit)}, ${heldMode(held)}, ${heldLine(judged)}`);
  },
  (error) => notify('error', boardText.asking, String(error)),
);

/** Rows are asked after the place under the hand, and only those on which it can run at all. */
const askingRows = latestOnly(
  (ask: Ask<'draft.lens'>) => station.call('draft.lens', ask),
  (asked, rows) => {
    const held = heldNow();
    if (held?.bar.task !== asked.task) return;
    useHeld.setState({
      held: { ...held, lens: new Map([...held.lens, ...rows.map((row) => [row.unit, row] as const)]) },
    });
  },
  (error) => notify('error', boardText.asking, String(error)),
);

function ask(held: Held): void {
  const slot = slotOf(held);
  asking.put(slot);
  if (held.length) return; // it stays on its row
  const { unit: _under, ...place } = slot;
  const units = [...(held.runnable ?? [])].filter((unit) => unit !== held.unit);
  if (units.length > 0) askingRows.put({ ...place, units });
}

/** Takes a bar into the hand to move it, with whatever is selected or kept beside it; asks once where it can run. */
export function pickUp(bar: BoardBar, by: Held['by'], isNew = false): void {
  const { task } = bar;
  const others = isNew ? [] : alongWith(task);
  take({ ...resting(bar, by), others, isNew }, boardText.heldKeys);
  station.call('task.inspect', { task }).then(
    (inspection) => {
      const now = heldNow();
      if (!inspection || now?.bar.task !== task) return;
      hold({ ...now, runnable: new Set(inspection.alternatives.map((alternative) => alternative.unit)) });
    },
    (error: unknown) => notify('error', labelOf(bar), String(error)),
  );
}

/** Takes the end of a bar into the hand, to say how long it runs. */
export function pickUpEnd(bar: BoardBar, by: Held['by']): void {
  const run = bar.estimate?.run ?? bar.end - bar.runStart;
  take({ ...resting(bar, by), length: { run, end: bar.end } }, boardText.heldEndKeys);
}

const resting = (bar: BoardBar, by: Held['by']): Held => ({
  bar,
  others: [],
  by,
  unit: bar.unit,
  start: bar.start,
  mode: 'push',
  length: null,
  keeps: false,
  behind: null,
  snap: null,
  verdict: null,
  runnable: null,
  lens: new Map(),
  isNew: false,
});

function take(held: Held, keys: string): void {
  useHeld.setState({ nearest: null });
  if (held.by === 'keys') say(`${labelOf(held.bar)}. ${keys}`);
  hold(held);
}

/** Holds it like that, and asks what that would cost. */
function hold(held: Held): void {
  useHeld.setState({ held });
  ask(held);
}

/** What else is selected, and what is kept behind any of it, as far as it may still be moved. */
export function alongWith(task: TaskId): BoardBar[] {
  const { selection, bars } = useBoard.getState();
  const pins = [...bars.values()].flatMap(({ pin }) => pin ?? []);
  const taken = selection.has(task) ? [task, ...selection] : [task];
  const along = new Set([...taken, ...taken.flatMap((one) => companionsOf(one, pins))]);
  along.delete(task);
  return [...along].flatMap((id) => {
    const bar = bars.get(id);
    return bar?.work === 'waiting' ? bar : [];
  });
}

/** Holds the bar over a place. */
export function aim(unit: EquipmentId, at: Instant, snap: Snap | null = null): void {
  const held = heldNow();
  if (!held) return;
  const behind = held.keeps ? before(held, unit, at) : null;
  const start = behind?.end ?? at;
  if (held.unit === unit && held.start === start) {
    if (held.snap !== snap) useHeld.setState({ held: { ...held, snap } });
    return;
  }
  hold({ ...held, unit, start, behind, snap, verdict: null });
}

/** Holds the end of the bar there. Closed time does not count where it pauses. */
export function aimEnd(end: Instant, snap: Snap | null = null): void {
  const held = heldNow();
  if (!held?.length) return;
  const { bar } = held;
  const closed = useBoard.getState().board?.rows.find((row) => row.unit === bar.unit)?.closed ?? [];
  const open = bar.estimate?.pauses
    ? openBetween(boundariesOf(closed), bar.runStart, end)
    : end - bar.runStart;
  const run = Math.max(MINUTE, open);
  if (held.length.run === run) return;
  hold({ ...held, length: { run, end: Math.max(bar.runStart + MINUTE, end) }, snap, verdict: null });
}

/** How it is to be put down. */
export function putDownBy(mode: DropMode): void {
  const held = heldNow();
  if (held && held.mode !== mode) hold({ ...held, mode, verdict: null });
}

/** Directly behind what stands before it on the row, to be kept there; or only at a time again. */
export function toggleBehind(): void {
  const held = heldNow();
  if (!held || held.length || held.isNew) return;
  if (held.keeps) {
    hold({ ...held, keeps: false, behind: null });
    return;
  }
  const behind = before(held, held.unit, held.start);
  if (behind) hold({ ...held, keeps: true, behind, start: behind.end, snap: null, verdict: null });
  else say(boardText.nothingBefore);
}

/** What begins last on the row before that time, besides what is in the hand. */
function before(held: Held, unit: EquipmentId, at: Instant): BoardBar | null {
  const inHand = new Set([held.bar, ...held.others].map(({ task }) => task));
  let last: BoardBar | null = null;
  for (const bar of useBoard.getState().bars.values()) {
    if (bar.unit === unit && bar.start < at && !inHand.has(bar.task) && bar.start >= (last?.start ?? 0))
      last = bar;
  }
  return last;
}

/** The hand is empty. */
export function letGo(): void {
  asking.drop();
  askingRows.drop();
  useHeld.setState({ held: null });
}

/** Puts the bar back where it was. */
export function putBack(): void {
  const held = heldNow();
  if (!held) return;
  letGo();
  say(boardText.putBack(labelOf(held.bar)));
}

/** Where the bar would stand as far as this window can know: the station's fact puts it right. */
export function movedBar({ bar, unit, start, verdict, length }: Held): BoardBar {
  const at = verdict?.ok ? verdict.start : start;
  const setup = verdict?.ok ? verdict.setup : bar.runStart - bar.start;
  const end = verdict?.ok ? verdict.end : (length?.end ?? start + (bar.end - bar.start));
  return { ...bar, unit, start: at, runStart: Math.min(end, at + setup), end };
}
