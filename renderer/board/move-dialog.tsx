import { useMemo, useState } from 'react';
import type { Inspection } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { DropMode, RowVerdict } from '#shared/domain/verdict.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type LocalDate, instantFromLocal, localDateOf } from '#shared/time/zone.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { duration, formatsOf } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import { daysOf } from './days.ts';
import { nowOnBoard } from './commands.ts';
import { type Slot, alongWith, unitName, withOthers } from './held.ts';
import { innerText } from './inner-text.ts';
import { useInspection } from './inspection.ts';
import { verdictWords } from './lens.ts';
import { moveTask } from './moves.ts';
import { DROP_MODES, boardText, modeText } from './text.ts';
import { useBoardUi, useCurrent } from './ui-state.ts';
import { useLens, useVerdict } from './verdict.ts';
import { labelOf, verdictLine } from './verdict-text.ts';

const close = (): void => useBoardUi.setState({ moveDialog: false });

/** The way to move a task, and what else is selected, without dragging: unit, day and time, with the same verdict as under the pointer. */
export function MoveDialog() {
  const current = useCurrent();
  const inspection = useInspection(current);
  return inspection ? <MoveForm key={inspection.task} inspection={inspection} /> : null;
}

function MoveForm({ inspection }: { readonly inspection: Inspection }) {
  const { task, order, alternatives } = inspection;
  const bar = useBoard((state) => state.bars.get(task));
  const board = useBoard((state) => state.board);
  const zone = board?.zone ?? 'UTC';
  const formats = formatsOf(zone);
  const from = bar?.start ?? Math.ceil(nowOnBoard() / 900) * 900;
  const days = useMemo(
    () => daysFor(zone, board?.horizon ?? { start: from, end: from + 1 }),
    [zone, board, from],
  );
  const [unit, setUnit] = useState<EquipmentId | undefined>(bar?.unit ?? alternatives[0]?.unit);
  const [date, setDate] = useState(() => localDateOf(zone, from));
  const [time, setTime] = useState(() => formats.time(from));
  const [mode, setMode] = useState<DropMode>('push');
  const [others] = useState(() => (bar ? alongWith(task).map((other) => other.task) : []));
  // Hours and minutes are what is asked for; the seconds of an unmoved start are kept.
  const start =
    date === localDateOf(zone, from) && time === formats.time(from)
      ? from
      : /^\d\d:\d\d$/.test(time) && date
        ? instantFromLocal(zone, date, time)
        : null;
  const slot: Slot | null =
    unit !== undefined && start !== null
      ? { task, unit, start, mode, ...(others.length > 0 && { others }) }
      : null;
  const verdict = useVerdict(slot);
  const units = useMemo(() => alternatives.map((alternative) => alternative.unit), [alternatives]);
  const lens = useLens(slot, units);
  const name = board?.unplaced.find((unplaced) => unplaced.task === task)?.name;
  const label = bar ? labelOf(bar) : name ? `${order} · ${name}` : task;
  const nearest = verdict?.ok === false ? verdict.nearest : null;

  async function move(to: Slot): Promise<void> {
    if (await moveTask(to, label)) close();
  }

  return (
    <Dialog title={innerText.moveToTitle(withOthers(label, others.length))} onClose={close}>
      <form
        className="dialog-body move-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (slot && verdict?.ok) void move(slot);
        }}
      >
        <label>
          {innerText.moveUnit}
          <select value={unit} onChange={(event) => setUnit(event.target.value as EquipmentId)}>
            {alternatives.map((alternative) => (
              <option key={alternative.unit} value={alternative.unit}>
                {[alternative.name, duration(alternative.run), ...wordsAt(lens.get(alternative.unit))].join(
                  ' · ',
                )}
              </option>
            ))}
          </select>
        </label>
        <div className="move-when">
          <label>
            {innerText.moveDate}
            <select value={date} onChange={(event) => setDate(event.target.value)}>
              {days.map((day) => (
                <option key={day.date} value={day.date}>
                  {day.name}
                </option>
              ))}
            </select>
          </label>
          <label>
            {innerText.moveTime}
            <input
              type="text"
              inputMode="numeric"
              pattern="([01]\d|2[0-3]):[0-5]\d"
              placeholder="06:40"
              value={time}
              onChange={(event) => setTime(event.target.value)}
            />
          </label>
        </div>
        <label>
          {innerText.moveMode}
          <select value={mode} onChange={(event) => setMode(event.target.value as DropMode)}>
            {DROP_MODES.map((name) => (
              <option key={name} value={name}>
                {modeText[name]}
              </option>
            ))}
          </select>
        </label>
        <p
          className={verdict ? (verdict.ok ? 'move-verdict ok' : 'move-verdict late') : 'move-verdict muted'}
          role="status"
        >
          {slot ? verdictLine(verdict, { order, start: slot.start }, formats, unitName) : text.none}
        </p>
        {others.length > 0 ? <p className="muted">{innerText.moveOthers}</p> : null}
      </form>
      <DialogFoot>
        <Button onPress={close}>{text.cancel}</Button>
        {nearest ? (
          <Button onPress={() => void move({ task, ...nearest, ...(others.length > 0 && { others }) })}>
            {boardText.takeNearest}
          </Button>
        ) : null}
        <Button
          look="primary"
          isDisabled={!slot || !verdict?.ok}
          onPress={() => {
            if (slot) void move(slot);
          }}
        >
          {innerText.moveHere}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** What the unit says to it, as the head of its row would. */
const wordsAt = (said: RowVerdict | undefined): readonly string[] => (said ? verdictWords(said).words : []);

/** The days that a task may be planned on. */
function daysFor(zone: string, horizon: Interval): { readonly date: LocalDate; readonly name: string }[] {
  const { starts, dates } = daysOf(zone, horizon);
  const { day } = formatsOf(zone);
  return dates.map((date, index) => ({ date, name: day(starts[index] ?? 0) }));
}
