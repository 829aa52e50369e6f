import { useEffect } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { count } from '#renderer/ui/format.ts';
import { later } from '#renderer/ui/later.tsx';
import { Filter } from '#renderer/ui/view.tsx';
import { stopComparing, useComparing } from '#renderer/state/scenario.ts';
import { PanelGrip } from './panel-grip.tsx';
import type { SceneInput, Surface } from './surface.ts';
import { boardText } from './text.ts';
import { type BoardUi, togglePanel, useBoardUi } from './ui-state.ts';

const LoadPanel = later(async () => (await import('./load-panel.tsx')).LoadPanel);
const UnplacedTray = later(async () => (await import('./unplaced.tsx')).UnplacedTray);
const ComparisonPanel = later(async () => (await import('./comparison.tsx')).ComparisonPanel);
const Differences = later(async () => (await import('./differences.tsx')).Differences);

/** Under the board: load, what found no place, what a proposal or another scenario has elsewhere. A tab opens it, the same tab closes it. */
export function Panel({
  surface,
  scene,
}: {
  /** The board that time is aligned with; null while there is only a table. */
  readonly surface: Surface | null;
  readonly scene: SceneInput;
}) {
  const panel = useBoardUi((state) => state.panel);
  const unplaced = useBoard((state) => state.board?.unplaced.length ?? 0);
  const proposal = useBoard((state) => state.proposal);
  const pair = useComparing((state) => state.pair);
  const differing = useComparing((state) => state.comparison?.differences.length ?? 0);
  const height = useBoardUi((state) => state.panelHeight);
  const open =
    (panel === 'differences' && !proposal) || (panel === 'comparison' && pair === null) ? null : panel;
  // A proposal wants a decision: its list opens by itself and goes when it is decided.
  const present = proposal !== null;
  useEffect(() => {
    if (present) useBoardUi.setState({ panel: 'differences', showing: 'proposal' });
  }, [present]);
  // Whoever asks for a comparison wants to see it, here and as dashed places on the board.
  const comparing = pair !== null;
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
        <Tab name="load" open={open} title={boardText.load} />
        <Tab name="unplaced" open={open} title={boardText.unplaced} figure={unplaced} />
        {proposal ? (
          <Tab
            name="differences"
            open={open}
            title={boardText.differences}
            figure={proposal.differences.length}
          />
        ) : null}
        {pair === null ? null : (
          <Tab name="comparison" open={open} title={boardText.comparison} figure={differing} />
        )}
        <span className="board-gap" />
        {open === 'load' ? <LoadOf /> : null}
        {open === 'comparison' ? (
          <Button look="quiet" onPress={() => stopComparing()}>
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
      {open === 'load' && surface ? <LoadPanel surface={surface} scene={scene} /> : null}
      {open === 'load' && !surface ? <p className="board-none muted">{boardText.loadNoBoard}</p> : null}
      {open === 'unplaced' ? <UnplacedTray /> : null}
      {open === 'comparison' ? <ComparisonPanel /> : null}
      {open === 'differences' && proposal ? <Differences proposal={proposal} /> : null}
    </section>
  );
}

/** Whose load is shown. */
function LoadOf() {
  const value = useBoardUi((state) => state.loadOf);
  return (
    <Filter
      label={boardText.loadOfLabel}
      options={(['units', 'people'] as const).map((kind) => ({ value: kind, title: boardText.loadOf[kind] }))}
      value={value}
      onChange={(loadOf) => useBoardUi.setState({ loadOf })}
    />
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
  readonly figure?: number;
}) => (
  <button type="button" className="board-tab" aria-expanded={open === name} onClick={() => togglePanel(name)}>
    {title}
    {figure === undefined ? null : <span className="board-tab-figure">{count(figure)}</span>}
  </button>
);
