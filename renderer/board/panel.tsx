import { useEffect } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { count } from '#renderer/ui/format.ts';
import { Differences } from './differences.tsx';
import { boardText } from './text.ts';
import { type BoardUi, useBoardUi } from './ui-state.ts';
import { UnplacedTray } from './unplaced.tsx';

/** Under the board: what found no place, and what a proposal would change. A tab opens it, the same tab closes it. */
export function Panel() {
  const panel = useBoardUi((state) => state.panel);
  const unplaced = useBoard((state) => state.board?.unplaced.length ?? 0);
  const proposal = useBoard((state) => state.proposal);
  const open = panel === 'differences' && !proposal ? null : panel;
  // A proposal wants a decision: its list opens by itself and goes when it is decided.
  const present = proposal !== null;
  useEffect(() => {
    if (present) useBoardUi.setState({ panel: 'differences', showing: 'proposal' });
  }, [present]);

  return (
    <section className={open ? 'board-panel open' : 'board-panel'} aria-label={boardText.tasks}>
      <div className="board-tabs">
        <Tab name="unplaced" open={open} title={boardText.unplaced} figure={unplaced} />
        {proposal ? (
          <Tab
            name="differences"
            open={open}
            title={boardText.differences}
            figure={proposal.differences.length}
          />
        ) : null}
        <span className="board-gap" />
        {open ? (
          <IconButton
            icon="down"
            label={boardText.closePanel}
            placement="top"
            onPress={() => useBoardUi.setState({ panel: null })}
          />
        ) : null}
      </div>
      {open === 'unplaced' ? <UnplacedTray /> : null}
      {open === 'differences' && proposal ? <Differences proposal={proposal} /> : null}
    </section>
  );
}

const Tab = ({
  name,
  open,
  title,
  figure,
}: {
  readonly name: NonNullable<BoardUi['panel']>;
  readonly open: BoardUi['panel'];
  readonly title: string;
  readonly figure: number;
}) => (
  <button
    type="button"
    className="board-tab"
    aria-expanded={open === name}
    onClick={() => useBoardUi.setState({ panel: open === name ? null : name })}
  >
    {title}
    <span className="board-tab-figure">{count(figure)}</span>
  </button>
);
