import { Fragment } from 'react';
import type { Inspection, WhyView } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { useBoard } from '#renderer/state/board.ts';
import { formatsOf } from '#renderer/ui/format.ts';
import type { WhyNext } from '#shared/domain/why-next.ts';
import { passedOverLine } from '#shared/flow/why-words.ts';
import { innerText } from './inner-text.ts';
import { Part } from './inspector-part.tsx';
import { selectOne } from './ui-state.ts';
import { labelOf, shortMoment } from './verdict-text.ts';
import { WhatHelps } from './what-helps.tsx';

/** Why it stands here, why it is next at its line, and why its order is late; each task that is named can be gone to. */
export function Why({
  inspection: { task, order, whyHere, whyLate, told },
}: {
  readonly inspection: Inspection;
}) {
  return (
    <>
      {whyHere.text ? (
        <Part title={innerText.whyHere}>
          <p>
            <Linked why={whyHere} />
          </p>
        </Part>
      ) : null}
      {told ? (
        <Part title={innerText.whyNext(told.position, told.revision)}>
          <p>{told.why}</p>
          {told.card ? <PassedOver card={told.card} /> : null}
        </Part>
      ) : null}
      {whyLate.length > 0 ? (
        <Part title={innerText.whyLate}>
          <ol className="inspector-chain">
            {whyLate.map((link) => (
              <li key={link.task} aria-current={link.task === task}>
                <ChainHead task={link.task} start={link.start} end={link.end} />
                <Linked why={link} />
              </li>
            ))}
          </ol>
          <WhatHelps key={`${order} ${task}`} order={order} />
        </Part>
      ) : null}
    </>
  );
}

function PassedOver({ card: { passedOver, zone } }: { readonly card: WhyNext }) {
  if (passedOver.length === 0) return <p className="muted">{innerText.nothingPassedOver}</p>;
  return (
    <>
      <p className="muted">{innerText.passedOver}</p>
      <ul className="inspector-lines">
        {passedOver.map((entry) => (
          <li key={entry.task}>{passedOverLine(entry, zone)}</li>
        ))}
      </ul>
    </>
  );
}

function ChainHead({
  task,
  start,
  end,
}: {
  readonly task: TaskId;
  readonly start: number;
  readonly end: number;
}) {
  const zone = useBoard(({ board }) => board?.zone ?? 'UTC');
  const formats = formatsOf(zone);
  return (
    <span className="chain-head">
      <TaskLink task={task} />
      <span className="muted">
        {shortMoment(formats, start)} – {shortMoment(formats, end)}
      </span>
    </span>
  );
}

/** The sentence with the tasks in it as links. */
function Linked({ why: { text, tasks } }: { readonly why: WhyView }) {
  const bars = useBoard((state) => state.bars);
  // A reason calls a task by its id, or by its label where its ERP keeps orders by numbers.
  const names = tasks.flatMap((task) => {
    const bar = bars.get(task);
    return [task, ...(bar ? [labelOf(bar)] : [])].map((name) => ({ task, name }));
  });
  const found = names.find(({ name }) => text.includes(name));
  if (!found) return <span>{text}</span>;
  const { task, name } = found;
  const at = text.indexOf(name);
  return (
    <span>
      {text.slice(0, at)}
      <TaskLink task={task} />
      <Fragment>{text.slice(at + name.length)}</Fragment>
    </span>
  );
}

/** A task by its label; selects it. */
export function TaskLink({ task }: { readonly task: TaskId }) {
  const bar = useBoard(({ bars }) => bars.get(task));
  const tray = useBoard(({ board }) => (bar ? undefined : board?.unplaced.find((one) => one.task === task)));
  const known = bar ?? tray;
  return (
    <button type="button" className="link" onClick={() => selectOne(task)}>
      {known ? labelOf(known) : task}
    </button>
  );
}
