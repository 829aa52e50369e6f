import type { UnplacedTask } from '#shared/contract/views.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import type { Column } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { domainText } from '#renderer/ui/text.ts';
import { innerText } from './inner-text.ts';
import { boardText } from './text.ts';
import { selectOne, useBoardUi } from './ui-state.ts';
import { labelOf } from './verdict-text.ts';

const COLUMNS: readonly Column<UnplacedTask>[] = [
  {
    id: 'task',
    title: boardText.tasks,
    width: 280,
    value: labelOf,
    cell: (task) => (
      <span className="mark unplaced-grip" data-unplaced={task.task}>
        <Icon name={task.domain} size={14} />
        <span className="mark-text">{labelOf(task)}</span>
        <span className="unseen">{domainText[task.domain]}</span>
      </span>
    ),
  },
  { id: 'object', title: innerText.what, width: 200, value: (task) => task.object },
  { id: 'text', title: innerText.reason, value: (task) => task.text },
];

/** Tasks that found no place, each with its reason. One is dragged onto the board, or opened: the inspector and “Move to …” give it a place. */
export function UnplacedTray() {
  const unplaced = useBoard((state) => state.board?.unplaced ?? []);
  const selection = useBoard((state) => state.selection);
  return (
    <Table
      label={boardText.unplaced}
      columns={COLUMNS}
      rows={unplaced}
      keyOf={({ task }) => task}
      isSelected={({ task }) => selection.has(task)}
      onOpen={({ task }) => {
        selectOne(task);
        useBoardUi.setState({ inspector: true });
      }}
      empty={<p className="board-none muted">{innerText.unplacedNone}</p>}
    />
  );
}
