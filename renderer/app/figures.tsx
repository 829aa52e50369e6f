import { useRef } from 'react';
import type { BoardState } from '#shared/contract/views.ts';
import type { Figures as FiguresOfPlan } from '#shared/domain/schedule.ts';
import type { FiguresChange } from '#shared/domain/verdict.ts';
import { runById, useEnabled, useRefusal } from '#renderer/commands/run.ts';
import { scenarioText } from '#renderer/commands/text.ts';
import { useBoard } from '#renderer/state/board.ts';
import { closeOverlay, usePlace } from '#renderer/state/place.ts';
import { usePreview } from '#renderer/state/preview.ts';
import { useSession } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { count, duration, hours, percent } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { later } from '#renderer/ui/later.tsx';
import './figures.css';
import { appText } from './text.ts';

const SolvePanel = later(async () => (await import('./solve-panel.tsx')).SolvePanel);

interface Figure {
  readonly label: string;
  readonly tip: string;
  readonly of: (state: BoardState) => number;
  /** The same of the published version; null where it has none. */
  readonly published: (figures: FiguresOfPlan) => number | null;
  /** What the drop in the hand would change. */
  readonly change: (change: FiguresChange) => number;
  readonly written: (value: number) => string;
  /** More of it is a problem: its colour, once there is any; load and setup are never wrong by themselves. */
  readonly wrong?: 'late' | 'warn';
  /** Whether less is better, so that a difference is good or bad. */
  readonly judged: boolean;
  /** Steps smaller than this are no difference. */
  readonly grain: number;
  /** It counts from the published version, so that it says nothing before there is one. */
  readonly sincePublished?: true;
}

const FIGURES: readonly Figure[] = [
  {
    label: appText.late,
    tip: appText.lateTip,
    of: ({ figures }) => figures.lateOrders,
    published: ({ lateOrders }) => lateOrders,
    change: ({ lateOrders }) => lateOrders,
    written: count,
    wrong: 'late',
    judged: true,
    grain: 1,
  },
  {
    label: appText.tardiness,
    tip: appText.tardinessTip,
    of: ({ figures }) => figures.tardiness,
    published: ({ tardiness }) => tardiness,
    change: ({ tardiness }) => tardiness,
    written: hours,
    judged: true,
    grain: 360,
  },
  {
    label: appText.weighted,
    tip: appText.weightedTip,
    of: ({ figures }) => figures.weightedTardiness,
    published: ({ weightedTardiness }) => weightedTardiness,
    change: ({ weightedTardiness }) => weightedTardiness,
    written: hours,
    judged: true,
    grain: 360,
  },
  {
    label: appText.setup,
    tip: appText.setupTip,
    of: ({ figures }) => figures.setup,
    published: ({ setup }) => setup,
    change: ({ setup }) => setup,
    written: hours,
    judged: true,
    grain: 360,
  },
  {
    label: appText.load,
    tip: appText.loadTip,
    of: ({ figures }) => figures.load,
    published: ({ load }) => load,
    change: ({ load }) => load,
    written: percent,
    judged: false,
    grain: 0.01,
  },
  {
    label: appText.moved,
    tip: appText.movedTip,
    of: ({ movedSincePublished }) => movedSincePublished,
    published: () => null,
    change: ({ movedSincePublished }) => movedSincePublished,
    written: count,
    judged: false,
    grain: 1,
    sincePublished: true,
  },
  {
    label: appText.unplaced,
    tip: appText.unplacedTip,
    of: ({ figures }) => figures.unplaced,
    published: () => null,
    change: () => 0,
    written: count,
    wrong: 'warn',
    judged: true,
    grain: 1,
  },
];

/** What a planner steers by, against the published version; while something is in the hand, what its drop would make of it. */
export function Figures() {
  const state = useBoard((store) => store.board?.state ?? null);
  const published = useSession((session) => session.published);
  const empty = useSession((session) => session.status?.empty ?? true);
  const preview = usePreview(({ change }) => change);
  if (empty) return null;
  return (
    <section className={preview ? 'figures preview' : 'figures'} aria-label={appText.figures}>
      {state ? (
        <dl className="figures-list">
          {FIGURES.filter(({ sincePublished }) => published || !sincePublished).map((figure) => (
            <FigureItem
              key={figure.label}
              figure={figure}
              value={figure.of(state)}
              before={published && figure.published(published.figures)}
              version={published?.number ?? 0}
              preview={preview && figure.change(preview)}
            />
          ))}
          <Adherence of={state.adherence} />
          <Overrides of={state.overrides} />
        </dl>
      ) : null}
      <span className="figures-gap" />
      <Actions />
    </section>
  );
}

/** How the floor keeps to what is published; nothing where nothing began lately. */
function Adherence({ of }: { readonly of: BoardState['adherence'] }) {
  if (!of) return null;
  const { started, kept, drift } = of;
  return (
    <div className="figure-item" title={appText.keptTip(count(kept), count(started))}>
      <dt>{appText.kept}</dt>
      <dd>{percent(kept / started)}</dd>
      <dd className="figure-change">{appText.drift(duration(Math.abs(drift)), drift)}</dd>
    </div>
  );
}

/** Starts against a gate; nothing where nobody had to answer for one. */
function Overrides({ of: { starts, overridden } }: { readonly of: BoardState['overrides'] }) {
  if (overridden === 0) return null;
  return (
    <div className="figure-item" title={appText.overridesTip(count(overridden), count(starts))}>
      <dt>{appText.overrides}</dt>
      <dd className="warn">{count(overridden)}</dd>
      <dd className="figure-change">{percent(overridden / starts)}</dd>
    </div>
  );
}

function FigureItem({
  figure,
  value,
  before,
  version,
  preview,
}: {
  readonly figure: Figure;
  readonly value: number;
  readonly before: number | null;
  readonly version: number;
  readonly preview: number | null;
}) {
  const shown = value + (preview ?? 0);
  const tone = figure.wrong && shown > 0 ? figure.wrong : '';
  const change = preview ?? (before === null ? 0 : value - before);
  const words =
    preview === null ? changeText(figure, change, version) : appText.ifDropped(sized(figure, change));
  return (
    <div className="figure-item" title={figure.tip}>
      <dt>{figure.label}</dt>
      <dd className={tone}>{figure.written(shown)}</dd>
      {Math.abs(change) >= figure.grain ? (
        <dd
          className={`figure-change ${preview !== null && figure.judged ? (change > 0 ? 'late' : 'ok') : ''}`}
          title={words}
        >
          <Icon name={change > 0 ? 'more' : 'less'} size={12} />
          <span className="unseen">{words}</span>
          <span aria-hidden="true">{figure.written(Math.abs(change))}</span>
        </dd>
      ) : null}
    </div>
  );
}

const sized = (figure: Figure, change: number): string => {
  const size = figure.written(Math.abs(change));
  return change > 0 ? appText.more(size) : appText.less(size);
};

const changeText = (figure: Figure, change: number, version: number): string =>
  appText.against(version, sized(figure, change));

function Actions() {
  const solveButton = useRef<HTMLSpanElement>(null);
  const overlay = usePlace((state) => state.overlay);
  const solving = useBoard((state) => state.solving);
  const canSolve = useEnabled('solve');
  const canPublish = useEnabled('publish');
  const canPromote = useEnabled('scenario.promote');
  const refusal = { solve: useRefusal('solve'), publish: useRefusal('publish') };
  return (
    <div className="button-row">
      <span ref={solveButton}>
        <Button icon="play" isDisabled={!canSolve} title={refusal.solve} onPress={() => runById('solve')}>
          {solving ? appText.solving : appText.solve}
        </Button>
      </span>
      {overlay === 'solve' ? <SolvePanel anchor={solveButton} onClose={closeOverlay} /> : null}
      {canPromote ? (
        <Button look="primary" onPress={() => runById('scenario.promote')}>
          {scenarioText.promoteShort}
        </Button>
      ) : (
        <Button
          look="primary"
          isDisabled={!canPublish}
          title={refusal.publish}
          onPress={() => runById('publish')}
        >
          {appText.publish}
        </Button>
      )}
    </div>
  );
}
