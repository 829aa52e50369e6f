import type { Change } from '#shared/domain/change.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { act, expected } from '#renderer/state/act.ts';
import { showBars, useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { counted, duration } from '#renderer/ui/format.ts';
import {
  type Held,
  type Slot,
  aim,
  formats,
  heldNow,
  letGo,
  movedBar,
  slotOf,
  unitName,
  useHeld,
} from './held.ts';
import { boardText } from './text.ts';
import { openRepairs, say } from './ui-state.ts';
import { labelOf, shortMoment } from './verdict-text.ts';

/**
 * Lets go of the bar: it stands there at once, and glides back where the station refuses. True when it stays.
 * `glide` is told when it has to go back.
 */
export async function drop(glide: (task: TaskId) => void): Promise<boolean> {
  const held = heldNow();
  if (!held) return false;
  letGo();
  const { bar, unit, start, verdict, mode, isNew, others, length, behind } = held;
  const stays = length ? length.run === bar.estimate?.run : bar.unit === unit && bar.start === start;
  if (!isNew && !behind && stays && mode !== 'first') return false;
  if (verdict && !verdict.ok) {
    if (!isNew) glide(bar.task);
    const nearest = verdict.nearest && { ...slotOf(held), ...verdict.nearest };
    refuse(`${labelOf(bar)}: ${verdict.refusal.object}`, verdict.refusal.text, nearest);
    return false;
  }
  if (behind) {
    const kept = await keepBehind(bar.task, behind.task);
    if (!kept && !isNew) glide(bar.task);
    return kept;
  }
  if (isNew || others.length > 0 || mode === 'first') return moveTask(slotOf(held), labelOf(bar));
  return moveTo(held, glide);
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
export async function keepBehind(task: TaskId, after: TaskId): Promise<boolean> {
  const { bars } = useBoard.getState();
  const outcome = await act('draft.keepAfter', { task, after, expected: expected() });
  const [one, other] = [task, after].map((id) => bars.get(id));
  if (outcome?.ok && one && other) say(boardText.keptBehind(labelOf(one), labelOf(other)));
  return outcome?.ok ?? false;
}

/** Moves a bar on the board at once and in the draft as soon as the station agrees. */
async function moveTo(held: Held, glide: (task: TaskId) => void): Promise<boolean> {
  const { bar } = held;
  const moved = movedBar(held);
  showBars([moved]);
  const stays = await moveTask(slotOf(held), labelOf(bar));
  if (!stays && useBoard.getState().bars.get(bar.task) === moved) {
    showBars([bar]);
    glide(bar.task);
  }
  return stays;
}

/** The command itself, for drops, "Move to …" and the nearest slot. A refusal stays readable with its way out. */
export async function moveTask(slot: Slot, label: string): Promise<boolean> {
  const outcome = await act('draft.move', { ...slot, expected: expected() });
  if (outcome?.ok) {
    useHeld.setState({ nearest: null });
    say(
      slot.estimate === undefined
        ? boardText.movedTo(label, unitName(slot.unit), shortMoment(formats(), slot.start))
        : boardText.runsFor(label, duration(slot.estimate)),
    );
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
