import { useMemo, useState } from 'react';
import type { Difference, DifferenceKind, Proposal } from '#shared/contract/views.ts';
import type { Figures } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { acceptProposal } from '#renderer/commands/plan.ts';
import { act } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { count, formatsOf, hours } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import type { Column } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { Filter } from '#renderer/ui/view.tsx';
import { boardText, differenceText } from './text.ts';
import { selectOne, useBoardUi } from './ui-state.ts';
import { labelOf } from './verdict-text.ts';

const KINDS = Object.keys(differenceText) as DifferenceKind[];

/** What a proposal would change, to be accepted as a whole, in part, or not. */
export function Differences({ proposal }: { readonly proposal: Proposal }) {
  const [kind, setKind] = useState<DifferenceKind | 'all'>('all');
  const [accepted, setAccepted] = useState<ReadonlySet<TaskId>>(new Set());
  const selection = useBoard((state) => state.selection);
  const board = useBoard((state) => state.board);
  const rows = useMemo(
    () =>
      kind === 'all'
        ? proposal.differences
        : proposal.differences.filter((difference) => difference.kinds.includes(kind)),
    [proposal, kind],
  );
  const columns = useMemo(() => {
    const toggle = (task: TaskId) =>
      setAccepted((before) => {
        const after = new Set(before);
        if (!after.delete(task)) after.add(task);
        return after;
      });
    const names = new Map<string, string>(board?.rows.map(({ unit, name }) => [unit, name]));
    return columnsOf(board?.zone ?? 'UTC', names, accepted, toggle);
  }, [board?.zone, board?.rows, accepted]);

  return (
    <>
      <div className="differences-head">
        <Balance proposal={proposal} />
        <span className="board-gap" />
        <Showing />
        <Button onPress={() => void act('proposal.reject', {})}>{boardText.reject}</Button>
        <Button isDisabled={accepted.size === 0} onPress={() => void acceptProposal([...accepted])}>
          {boardText.acceptSome(count(accepted.size))}
        </Button>
        <Button look="primary" onPress={() => void acceptProposal()}>
          {boardText.acceptAll}
        </Button>
      </div>
      <div className="differences-filter">
        <Filter
          label={boardText.differences}
          options={[
            { value: 'all' as const, title: boardText.all, figure: proposal.differences.length },
            ...KINDS.map((value) => ({
              value,
              title: differenceText[value],
              figure: proposal.counts[value],
            })),
          ]}
          value={kind}
          onChange={setKind}
        />
      </div>
      <Table
        label={boardText.differences}
        columns={columns}
        rows={rows}
        keyOf={({ task }) => task}
        isSelected={({ task }) => selection.has(task)}
        onOpen={({ task }) => selectOne(task)}
      />
    </>
  );
}

/** Whether the board shows the proposal or the draft as it is. */
function Showing() {
  const showing = useBoardUi((state) => state.showing);
  return (
    <Filter
      label={boardText.showing}
      options={[
        { value: 'draft' as const, title: boardText.showDraft },
        { value: 'proposal' as const, title: boardText.showProposal },
      ]}
      value={showing}
      onChange={(value) => useBoardUi.setState({ showing: value })}
    />
  );
}

interface Balanced {
  readonly title: string;
  readonly figure: (figures: Figures) => number;
  readonly write: (value: number) => string;
}

/** Less is better for all of them. */
const BALANCE: readonly Balanced[] = [
  { title: boardText.lateOrders, figure: ({ lateOrders }) => lateOrders, write: count },
  { title: boardText.tardiness, figure: ({ tardiness }) => tardiness, write: hours },
  { title: boardText.setupTotal, figure: ({ setup }) => setup, write: hours },
  { title: boardText.unplaced, figure: ({ unplaced }) => unplaced, write: count },
];

/** The figures a planner steers by, before and after; only a change has a colour. */
const Balance = ({ proposal: { before, after, rule } }: { readonly proposal: Proposal }) => (
  <dl className="balance">
    <div>
      <dt className="unseen">{boardText.differences}</dt>
      <dd>{boardText.proposal(rule)}</dd>
    </div>
    {BALANCE.map(({ title, figure, write }) => {
      const change = figure(after) - figure(before);
      return (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            <span className="muted">{write(figure(before))}</span>
            <Icon name="right" size={12} />
            <span className="unseen">{boardText.becomes}</span>
            <span className={change < 0 ? 'ok' : change > 0 ? 'late' : ''}>{write(figure(after))}</span>
          </dd>
        </div>
      );
    })}
  </dl>
);

function columnsOf(
  zone: string,
  names: ReadonlyMap<string, string>,
  accepted: ReadonlySet<TaskId>,
  toggle: (task: TaskId) => void,
): Column<Difference>[] {
  const { moment } = formatsOf(zone);
  const place = (at: Difference['before']): string =>
    at ? `${names.get(at.unit) ?? at.unit}, ${moment(at.start)}` : boardText.nowhere;
  return [
    {
      id: 'accept',
      title: boardText.accept,
      width: 84,
      value: ({ task }) => (accepted.has(task) ? 1 : 0),
      cell: (difference) => (
        <input
          type="checkbox"
          className="table-check"
          aria-label={boardText.acceptOne(labelOf(difference))}
          checked={accepted.has(difference.task)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(difference.task)}
        />
      ),
    },
    { id: 'task', title: boardText.tasks, width: 260, value: labelOf },
    {
      id: 'kinds',
      title: boardText.change,
      width: 200,
      value: ({ kinds }) => kinds.map((kind) => differenceText[kind]).join(', '),
      cell: ({ kinds }) => (
        <span className="difference-kinds">
          {kinds.map((kind) => (
            <span key={kind} className={kind === 'lateNow' ? 'late' : kind === 'onTimeNow' ? 'ok' : ''}>
              {differenceText[kind]}
            </span>
          ))}
        </span>
      ),
    },
    { id: 'before', title: boardText.was, value: ({ before }) => place(before) },
    { id: 'after', title: boardText.becomes, value: ({ after }) => place(after) },
  ];
}
