import { create } from 'zustand';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import type { Instant } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { act, expected } from '#renderer/state/act.ts';
import { showBars, useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { formatsOf } from '#renderer/ui/format.ts';
import { latestOnly } from './latest.ts';
import { boardText } from './text.ts';
import { openRepairs, say } from './ui-state.ts';
import { labelOf, shortMoment, verdictLine } from './verdict-text.ts';

/** A bar in the hand: of the pointer or of the keys. */
export interface Held {
  readonly bar: BoardBar;
  readonly by: 'pointer' | 'keys';
  readonly unit: EquipmentId;
  readonly start: Instant;
  /** What the station says of this place; null while it is being asked. */
  readonly verdict: Verdict | null;
  /** Units on which it can run at all; null until the station has said. */
  readonly runnable: ReadonlySet<EquipmentId> | null;
}

export interface Slot {
  readonly task: TaskId;
  readonly unit: EquipmentId;
  readonly start: Instant;
}

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

const asking = latestOnly(
  ({ task, unit, start }: Slot) => station.call('draft.try', { task, unit, start }),
  ({ task, unit, start }, verdict) => {
    const held = heldNow();
    if (held?.bar.task !== task || held.unit !== unit || held.start !== start) return;
    const judged = { ...held, verdict };
    useHeld.setState({ held: judged });
    if (held.by === 'keys') say(`${unitName(unit)}, ${heldLine(judged)}`);
  },
  (error) => notify('error', boardText.asking, String(error)),
);

/** Takes a bar into the hand; asks once where it can run. */
export function pickUp(bar: BoardBar, by: Held['by']): void {
  const { unit, start, task } = bar;
  useHeld.setState({ held: { bar, by, unit, start, verdict: null, runnable: null }, nearest: null });
  if (by === 'keys') say(`${labelOf(bar)}. ${boardText.heldKeys}`);
  asking.put({ task, unit, start });
  station.call('task.inspect', { task }).then(
    (inspection) => {
      const held = heldNow();
      if (!inspection || held?.bar.task !== task) return;
      const runnable = new Set(inspection.alternatives.map((alternative) => alternative.unit));
      useHeld.setState({ held: { ...held, runnable } });
    },
    (error: unknown) => notify('error', labelOf(bar), String(error)),
  );
}

/** Holds the bar over a place. */
export function aim(unit: EquipmentId, start: Instant): void {
  const held = heldNow();
  if (!held || (held.unit === unit && held.start === start)) return;
  useHeld.setState({ held: { ...held, unit, start, verdict: null } });
  asking.put({ task: held.bar.task, unit, start });
}

/** Puts the bar back where it was. */
export function putBack(): void {
  const held = heldNow();
  if (!held) return;
  asking.drop();
  useHeld.setState({ held: null });
  say(boardText.putBack(labelOf(held.bar)));
}

/**
 * Lets go of the bar: it stands there at once, and glides back where the station refuses. True when it stays.
 * `glide` is told when it has to go back.
 */
export async function drop(glide: (task: TaskId) => void): Promise<boolean> {
  const held = heldNow();
  if (!held) return false;
  asking.drop();
  useHeld.setState({ held: null });
  const { bar, unit, start, verdict } = held;
  if (bar.unit === unit && bar.start === start) return false;
  if (verdict && !verdict.ok) {
    glide(bar.task);
    refuse(bar.task, `${labelOf(bar)}: ${verdict.refusal.object}`, verdict.refusal.text, verdict.nearest);
    return false;
  }
  return moveTo(bar, unit, start, verdict, glide);
}

/** Moves a bar on the board at once and in the draft as soon as the station agrees. */
async function moveTo(
  bar: BoardBar,
  unit: EquipmentId,
  start: Instant,
  verdict: Verdict | null,
  glide: (task: TaskId) => void,
): Promise<boolean> {
  const moved = movedBar(bar, unit, start, verdict);
  showBars([moved]);
  const stays = await moveTask({ task: bar.task, unit, start }, labelOf(bar));
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
  const setup = verdict?.ok ? verdict.setup : bar.runStart - bar.start;
  const end = verdict?.ok ? verdict.end : start + (bar.end - bar.start);
  return { ...bar, unit, start, runStart: Math.min(end, start + setup), end };
}

/** The command itself, for drops, "Move to …" and the nearest slot. A refusal stays readable with its way out. */
export async function moveTask({ task, unit, start }: Slot, label: string): Promise<boolean> {
  const outcome = await act('draft.move', { task, unit, start, expected: expected() });
  if (outcome?.ok) {
    useHeld.setState({ nearest: null });
    say(boardText.movedTo(label, unitName(unit), shortMoment(formats(), start)));
    return true;
  }
  if (outcome && outcome.refusal.code !== 'REVISION_STALE') {
    refuse(task, outcome.refusal.object, outcome.refusal.text, outcome.nearest ?? null);
  }
  return false;
}

function refuse(
  task: TaskId,
  title: string,
  text: string,
  nearest: { readonly unit: EquipmentId; readonly start: Instant } | null,
): void {
  useHeld.setState({ nearest: nearest ? { task, ...nearest } : null });
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
    { label: boardText.repairs, run: () => openRepairs({ kind: 'drop', task, ...nearest }) },
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
