import { useEffect } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { count } from '#renderer/ui/format.ts';
import { compareWith, useComparing } from '#renderer/state/scenario.ts';
import { ComparisonPanel } from './comparison.tsx';
import { Differences } from './differences.tsx';
import { PanelGrip } from './panel-grip.tsx';
import { boardText } from './text.ts';
import { type BoardUi, useBoardUi } from './ui-state.ts';
import { UnplacedTray } from './unplaced.tsx';

/** Under the board: what found no place, and what a proposal would change. A tab opens it, the same tab closes it. */
export function Panel() {
  const panel = useBoardUi((state) => state.panel);
  const unplaced = useBoard((state) => state.board?.unplaced.length ?? 0);
  const proposal = useBoard((state) => state.proposal);
  const other = useComparing((state) => state.other);
  const differing = useComparing((state) => state.comparison?.differences.length ?? 0);
  const height = useBoardUi((state) => state.panelHeight);
  const open =
    (panel === 'differences' && !proposal) || (panel === 'comparison' && other === null) ? null : panel;
  // A proposal wants a decision: its list opens by itself and goes when it is decided.
  const present = proposal !== null;
  useEffect(() => {
    if (present) useBoardUi.setState({ panel: 'differences', showing: 'proposal' });
  }, [present]);
  // Whoever asks for a comparison wants to see it, here and as dashed places on the board.
  const comparing = other !== null;
  useEffect(() => {
    if (comparing) useBoardUi.setState({ panel: 'comparison' });
  }, [comparing]);

  return (
    <section
      className={open ? 'board-panel open' : 'board-panel'}
      style={open ? { height } : undefined}
      aria-label={boardText.tasks}
    >
      {open ? <PanelGrip /> : null}
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
        {other === null ? null : (
          <Tab name="comparison" open={open} title={boardText.comparison} figure={differing} />
        )}
        <span className="board-gap" />
        {open === 'comparison' ? (
          <Button look="quiet" onPress={() => compareWith(null)}>
            {boardText.compareEnd}
          </Button>
        ) : null}
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
      {open === 'comparison' ? <ComparisonPanel /> : null}
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
