import { create } from 'zustand';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Ask } from '#shared/contract/calls.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Drop, DropMode, Verdict } from '#shared/domain/verdict.ts';
import type { Instant } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { act, expected } from '#renderer/state/act.ts';
import { showBars, useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { counted, formatsOf } from '#renderer/ui/format.ts';
import { latestOnly } from './latest.ts';
import type { LensState } from './lens.ts';
import type { Snap } from './snap.ts';
import { boardText, modeText } from './text.ts';
import { openRepairs, say } from './ui-state.ts';
import { labelOf, shortMoment, verdictLine } from './verdict-text.ts';

/** A bar in the hand: of the pointer or of the keys. */
export interface Held extends LensState {
  readonly bar: BoardBar;
  /** What is carried along, at its distance in time. */
  readonly others: readonly BoardBar[];
  readonly by: 'pointer' | 'keys';
  readonly start: Instant;
  readonly mode: DropMode;
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

const heldNow = (): Held | null => useHeld.getState().held;
const unitName = (unit: EquipmentId): string =>
  useBoard.getState().board?.rows.find((row) => row.unit === unit)?.name ?? unit;
const formats = () => formatsOf(useBoard.getState().board?.zone ?? 'UTC');

/** The line at the pointer for what is in the hand. */
export const heldLine = (held: Held): string =>
  verdictLine(held.verdict, { order: held.bar.order, start: held.start }, formats(), unitName);

const slotOf = ({ bar, unit, start, others, mode }: Held): Slot => ({
  task: bar.task,
  unit,
  start,
  ...(others.length > 0 && { others: others.map(({ task }) => task) }),
  ...(mode !== 'push' && { mode }),
});

const isSame = (a: Slot, b: Slot): boolean =>
  a.task === b.task && a.unit === b.unit && a.start === b.start && a.mode === b.mode;

const asking = latestOnly(
  (slot: Slot) => station.call('draft.try', slot),
  (slot, verdict) => {
    const held = heldNow();
    if (!held || !isSame(slotOf(held), slot)) return;
    const judged = { ...held, verdict };
    useHeld.setState({ held: judged });
    if (held.by === 'keys') say(`${unitName(slot.unit)}, ${modeText[held.mode]}, ${heldLine(judged)}`);
  },
  (error) => notify('error', boardText.asking, String(error)),
);

/** Rows are asked after the place under the hand, and only those on which it can run at all. */
const askingRows = latestOnly(
  (ask: Ask<'draft.lens'>) => station.call('draft.lens', ask),
  (asked, rows) => {
    const held = heldNow();
    if (held?.bar.task !== asked.task) return;
    useHeld.setState({ held: { ...held, lens: new Map(rows.map(({ unit, refusal }) => [unit, refusal])) } });
  },
  (error) => notify('error', boardText.asking, String(error)),
);

function ask(held: Held): void {
  const slot = slotOf(held);
  asking.put(slot);
  const { unit: _under, ...place } = slot;
  const units = [...(held.runnable ?? [])].filter((unit) => unit !== held.unit);
  if (units.length > 0) askingRows.put({ ...place, units });
}

/** Takes a bar into the hand, with whatever is selected beside it; asks once where it can run. */
export function pickUp(bar: BoardBar, by: Held['by'], isNew = false): void {
  const { unit, start, task } = bar;
  const others = isNew ? [] : alongWith(task);
  const held: Held = {
    bar,
    others,
    by,
    unit,
    start,
    mode: 'push',
    snap: null,
    verdict: null,
    runnable: null,
    lens: new Map(),
    isNew,
  };
  useHeld.setState({ held, nearest: null });
  if (by === 'keys') say(`${labelOf(bar)}. ${boardText.heldKeys}`);
  ask(held);
  station.call('task.inspect', { task }).then(
    (inspection) => {
      const now = heldNow();
      if (!inspection || now?.bar.task !== task) return;
      const runnable = new Set(inspection.alternatives.map((alternative) => alternative.unit));
      const known = { ...now, runnable };
      useHeld.setState({ held: known });
      ask(known);
    },
    (error: unknown) => notify('error', labelOf(bar), String(error)),
  );
}

/** What else is selected and may still be moved. */
function alongWith(task: TaskId): BoardBar[] {
  const { selection, bars } = useBoard.getState();
  if (!selection.has(task)) return [];
  return [...selection].flatMap((id) => {
    const bar = id === task ? undefined : bars.get(id);
    return bar?.work === 'waiting' ? bar : [];
  });
}

/** Holds the bar over a place. */
export function aim(unit: EquipmentId, start: Instant, snap: Snap | null = null): void {
  const held = heldNow();
  if (!held || (held.unit === unit && held.start === start && held.snap === snap)) return;
  const moved = { ...held, unit, start, snap, verdict: null };
  if (held.unit === unit && held.start === start) {
    useHeld.setState({ held: { ...held, snap } });
    return;
  }
  useHeld.setState({ held: moved });
  ask(moved);
}

/** How it is to be put down. */
export function putDownBy(mode: DropMode): void {
  const held = heldNow();
  if (!held || held.mode === mode) return;
  const moved = { ...held, mode, verdict: null };
  useHeld.setState({ held: moved });
  ask(moved);
}

function letGo(): void {
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

/**
 * Lets go of the bar: it stands there at once, and glides back where the station refuses. True when it stays.
 * `glide` is told when it has to go back.
 */
export async function drop(glide: (task: TaskId) => void): Promise<boolean> {
  const held = heldNow();
  if (!held) return false;
  letGo();
  const { bar, unit, start, verdict, mode, isNew, others } = held;
  if (!isNew && bar.unit === unit && bar.start === start && mode !== 'first') return false;
  if (verdict && !verdict.ok) {
    if (!isNew) glide(bar.task);
    const nearest = verdict.nearest && { ...slotOf(held), ...verdict.nearest };
    refuse(`${labelOf(bar)}: ${verdict.refusal.object}`, verdict.refusal.text, nearest);
    return false;
  }
  if (isNew || others.length > 0 || mode === 'first') return moveTask(slotOf(held), labelOf(bar));
  return moveTo(bar, slotOf(held), verdict, glide);
}

/** Takes what is in the hand off the board. */
export async function dropIntoTray(): Promise<void> {
  const held = heldNow();
  if (!held) return;
  letGo();
  if (!held.isNew) await takeOff([held.bar.task, ...held.others.map(({ task }) => task)]);
}

/** Takes tasks off the board: they wait in the tray. */
export async function takeOff(tasks: readonly TaskId[]): Promise<void> {
  const outcome = await act('draft.unplace', { tasks: [...tasks], expected: expected() });
  if (outcome?.ok) say(boardText.takenOff(counted(outcome.detail.moved, 'task')));
}

/** Puts one task behind another and keeps it there. */
export async function keepBehind(task: TaskId, after: TaskId): Promise<void> {
  const { bars } = useBoard.getState();
  const outcome = await act('draft.keepAfter', { task, after, expected: expected() });
  const [one, other] = [task, after].map((id) => bars.get(id));
  if (outcome?.ok && one && other) say(boardText.keptBehind(labelOf(one), labelOf(other)));
}

/** Moves a bar on the board at once and in the draft as soon as the station agrees. */
async function moveTo(
  bar: BoardBar,
  slot: Slot,
  verdict: Verdict | null,
  glide: (task: TaskId) => void,
): Promise<boolean> {
  const moved = movedBar(bar, slot.unit, slot.start, verdict);
  showBars([moved]);
  const stays = await moveTask(slot, labelOf(bar));
  if (!stays && useBoard.getState().bars.get(bar.task) === moved) {
    showBars([bar]);
    glide(bar.task);
  }
  return stays;
}

/** Where the bar would stand as far as this window can know: the station's fact puts it right. */
export function movedBar(
  bar: BoardBar,
  unit: EquipmentId,
  start: Instant,
  verdict: Verdict | null,
): BoardBar {
  const at = verdict?.ok ? verdict.start : start;
  const setup = verdict?.ok ? verdict.setup : bar.runStart - bar.start;
  const end = verdict?.ok ? verdict.end : start + (bar.end - bar.start);
  return { ...bar, unit, start: at, runStart: Math.min(end, at + setup), end };
}

/** The command itself, for drops, "Move to …" and the nearest slot. A refusal stays readable with its way out. */
export async function moveTask(slot: Slot, label: string): Promise<boolean> {
  const outcome = await act('draft.move', { ...slot, expected: expected() });
  if (outcome?.ok) {
    useHeld.setState({ nearest: null });
    say(boardText.movedTo(label, unitName(slot.unit), shortMoment(formats(), slot.start)));
    return true;
  }
  if (outcome && outcome.refusal.code !== 'REVISION_STALE') {
    const nearest = outcome.nearest ? { ...slot, ...outcome.nearest } : null;
    refuse(outcome.refusal.object, outcome.refusal.text, nearest);
  }
  return false;
}

function refuse(title: string, text: string, nearest: Slot | null): void {
  useHeld.setState({ nearest });
  if (!nearest) {
    notify('error', title, text);
    return;
  }
  const where = boardText.nearestAt(shortMoment(formats(), nearest.start), unitName(nearest.unit));
  // `act` has shown the same words without the way out: they are replaced.
  notify(
    'error',
    title,
    text,
    {
      label: `${boardText.takeNearest}: ${where.replace(/^nearest /, '').replace(/ \(T\)$/, '')}`,
      run: () => void takeNearest(),
    },
    { label: boardText.repairs, run: () => openRepairs(asChange(nearest)) },
  );
}

/** One key: while a bar is in the hand it goes to the nearest slot; after a refused drop it is moved there. */
export async function takeNearest(): Promise<void> {
  const { held, nearest } = useHeld.getState();
  if (held) {
    if (held.verdict && !held.verdict.ok && held.verdict.nearest) {
      aim(held.verdict.nearest.unit, held.verdict.nearest.start);
    }
    return;
  }
  if (!nearest) return;
  const bar = useBoard.getState().bars.get(nearest.task);
  await moveTask(nearest, bar ? labelOf(bar) : nearest.task);
}

/** A drop as repairs are asked for it. */
export const asChange = ({ task, unit, start }: Slot): Change => ({ kind: 'drop', task, unit, start });
