import { useRef } from 'react';
import type { Figures as FiguresOfPlan } from '#shared/domain/schedule.ts';
import { runById, useEnabled } from '#renderer/commands/run.ts';
import { scenarioText } from '#renderer/commands/text.ts';
import { useBoard } from '#renderer/state/board.ts';
import { closeOverlay, usePlace } from '#renderer/state/place.ts';
import { useSession } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { count, hours, percent } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import './figures.css';
import { SolvePanel } from './solve-panel.tsx';
import { appText } from './text.ts';

interface Figure {
  readonly label: string;
  readonly tip: string;
  readonly of: (figures: FiguresOfPlan) => number;
  readonly written: (value: number) => string;
  /** More of it is a problem: its colour, once there is any; load and setup are never wrong by themselves. */
  readonly wrong?: 'late' | 'warn';
  /** Steps smaller than this are no difference. */
  readonly grain: number;
}

const FIGURES: readonly Figure[] = [
  {
    label: appText.late,
    tip: appText.lateTip,
    of: ({ lateOrders }) => lateOrders,
    written: count,
    wrong: 'late',
    grain: 1,
  },
  {
    label: appText.tardiness,
    tip: appText.tardinessTip,
    of: ({ tardiness }) => tardiness,
    written: hours,
    grain: 360,
  },
  { label: appText.setup, tip: appText.setupTip, of: ({ setup }) => setup, written: hours, grain: 360 },
  { label: appText.load, tip: appText.loadTip, of: ({ load }) => load, written: percent, grain: 0.01 },
];

/** What a planner steers by, against the published version. */
export function Figures() {
  const state = useBoard((store) => store.board?.state ?? null);
  const published = useSession((session) => session.published);
  const empty = useSession((session) => session.status?.empty ?? true);
  if (empty) return null;
  return (
    <section className="figures" aria-label={appText.figures}>
      {state ? (
        <dl className="figures-list">
          {FIGURES.map((figure) => (
            <FigureItem
              key={figure.label}
              figure={figure}
              value={figure.of(state.figures)}
              before={published ? figure.of(published.figures) : null}
              version={published?.number ?? 0}
            />
          ))}
          <Plain label={appText.moved} tip={appText.movedTip} value={state.movedSincePublished} />
          <Plain
            label={appText.unplaced}
            tip={appText.unplacedTip}
            value={state.figures.unplaced}
            tone={state.figures.unplaced > 0 ? 'warn' : ''}
          />
        </dl>
      ) : null}
      <span className="figures-gap" />
      <Actions />
    </section>
  );
}

const Plain = ({
  label,
  tip,
  value,
  tone = '',
}: {
  readonly label: string;
  readonly tip: string;
  readonly value: number;
  readonly tone?: string;
}) => (
  <div className="figure-item" title={tip}>
    <dt>{label}</dt>
    <dd className={tone}>{count(value)}</dd>
  </div>
);

function FigureItem({
  figure,
  value,
  before,
  version,
}: {
  readonly figure: Figure;
  readonly value: number;
  readonly before: number | null;
  readonly version: number;
}) {
  const change = before === null ? 0 : value - before;
  const tone = figure.wrong && value > 0 ? figure.wrong : '';
  return (
    <div className="figure-item" title={figure.tip}>
      <dt>{figure.label}</dt>
      <dd className={tone}>{figure.written(value)}</dd>
      {Math.abs(change) >= figure.grain ? (
        <dd className="figure-change" title={changeText(figure, change, version)}>
          <Icon name={change > 0 ? 'more' : 'less'} size={12} />
          <span className="unseen">{changeText(figure, change, version)}</span>
          <span aria-hidden="true">{figure.written(Math.abs(change))}</span>
        </dd>
      ) : null}
    </div>
  );
}

function changeText(figure: Figure, change: number, version: number): string {
  const size = figure.written(Math.abs(change));
  return appText.against(version, change > 0 ? appText.more(size) : appText.less(size));
}

function Actions() {
  const solveButton = useRef<HTMLSpanElement>(null);
  const overlay = usePlace((state) => state.overlay);
  const solving = useBoard((state) => state.solving);
  const canSolve = useEnabled('solve');
  const canPublish = useEnabled('publish');
  const canPromote = useEnabled('scenario.promote');
  return (
    <div className="button-row">
      <span ref={solveButton}>
        <Button icon="play" isDisabled={!canSolve} onPress={() => runById('solve')}>
          {solving ? appText.solving : appText.solve}
        </Button>
      </span>
      <SolvePanel anchor={solveButton} isOpen={overlay === 'solve'} onClose={closeOverlay} />
      {canPromote ? (
        <Button look="primary" onPress={() => runById('scenario.promote')}>
          {scenarioText.promoteShort}
        </Button>
      ) : (
        <Button look="primary" isDisabled={!canPublish} onPress={() => runById('publish')}>
          {appText.publish}
        </Button>
      )}
    </div>
  );
}
