import { useEffect, useState } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { useComparisonRead } from '#renderer/state/scenario.ts';
import { registerCommands } from '#renderer/commands/registry.ts';
import { Button } from '#renderer/ui/button.tsx';
import { later } from '#renderer/ui/later.tsx';
import { Empty } from '#renderer/ui/view.tsx';
import { text } from '#renderer/ui/text.ts';
import './board.css';
import { boardCommands } from './commands.ts';
import { Gantt } from './gantt.tsx';
import { Legend } from './legend.tsx';
import { LookBar } from './look-bar.tsx';
import { lookCommands, viewCommands } from './look-commands.ts';
import { resetLook, useSavedViews } from './look-state.ts';
import { MiniMap } from './mini-map.tsx';
import { Panel } from './panel.tsx';
import { useHeldPreview } from './preview.ts';
import { useScene } from './scene.ts';
import type { Surface } from './surface.ts';
import { boardText, lookText } from './text.ts';
import { Toolbar } from './toolbar.tsx';
import { useBoardUi } from './ui-state.ts';

const Inspector = later(async () => (await import('./inspector.tsx')).Inspector);
const TaskTable = later(async () => (await import('./task-table.tsx')).TaskTable);
const MoveDialog = later(async () => (await import('./move-dialog.tsx')).MoveDialog);
const SplitDialog = later(async () => (await import('./split-dialog.tsx')).SplitDialog);
const EstimateDialog = later(async () => (await import('./estimate-dialog.tsx')).EstimateDialog);
const RemainingDialog = later(async () => (await import('./remaining-dialog.tsx')).RemainingDialog);
const ReportsDialog = later(async () => (await import('./reports-dialog.tsx')).ReportsDialog);
const PrintDialog = later(async () => (await import('./print-dialog.tsx')).PrintDialog);
const RepairsDialog = later(async () => (await import('./repairs-dialog.tsx')).RepairsDialog);

/** The planning board: a Gantt of all work units with its inspector, differences and unplaced tasks, or the same as a table. */
export function BoardView() {
  const known = useBoard((state) => state.board !== null);
  const scene = useScene();
  const [surface, setSurface] = useState<Surface | null>(null);
  const table = useBoardUi((state) => state.table);
  const inspector = useBoardUi((state) => state.inspector);
  const moving = useBoardUi((state) => state.moveDialog);
  const splitting = useBoardUi((state) => state.splitting);
  const estimating = useBoardUi((state) => state.estimating);
  const remaining = useBoardUi((state) => state.remaining);
  const reporting = useBoardUi((state) => state.reporting);
  const printing = useBoardUi((state) => state.printing);
  const repairs = useBoardUi((state) => state.repairs);
  useComparisonRead();
  useHeldPreview();
  useEffect(() => registerCommands([...boardCommands(() => surface), ...lookCommands]), [surface]);
  const views = useSavedViews((state) => state.views);
  useEffect(() => registerCommands(viewCommands(views, () => surface)), [views, surface]);

  if (!scene) {
    return known ? null : (
      <p className="app-waiting muted" role="status">
        {text.loading}
      </p>
    );
  }
  return (
    <div className="board">
      <h1 className="unseen">{boardText.board}</h1>
      <Toolbar surface={surface} scene={scene} />
      {table ? null : <LookBar surface={surface} scene={scene} />}
      {scene.legend && !table ? <Legend entries={scene.legend} /> : null}
      {surface && !table ? <MiniMap surface={surface} scene={scene} /> : null}
      <div className="board-middle">
        {scene.layout.lines.length === 0 && !table ? (
          <NoRows isFiltered={scene.passed !== null} />
        ) : table ? (
          <TaskTable />
        ) : (
          <Gantt scene={scene} onSurface={setSurface} />
        )}
        {inspector ? <Inspector /> : null}
      </div>
      <Panel surface={table ? null : surface} scene={scene} />
      {moving ? <MoveDialog /> : null}
      {splitting ? <SplitDialog /> : null}
      {printing ? <PrintDialog scene={scene} surface={surface} /> : null}
      {estimating ? <EstimateDialog /> : null}
      {remaining ? <RemainingDialog /> : null}
      {reporting ? <ReportsDialog {...reporting} /> : null}
      {repairs ? <RepairsDialog change={repairs} /> : null}
      <Announcer />
    </div>
  );
}

const NoRows = ({ isFiltered }: { readonly isFiltered: boolean }) =>
  isFiltered ? (
    <Empty icon="search" title={lookText.noneShown} hint={lookText.noneShownHint}>
      <Button onPress={resetLook}>{lookText.reset}</Button>
    </Empty>
  ) : (
    <Empty icon="board" title={boardText.empty} hint={boardText.emptyHint} />
  );

/** What is said aloud: selection, verdicts of a bar in the hand of the keys, refusals. */
function Announcer() {
  const said = useBoardUi((state) => state.said);
  return (
    <p id="board-said" className="unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}
