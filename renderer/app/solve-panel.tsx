import { type RefObject, useState } from 'react';
import type { Ask } from '#shared/contract/calls.ts';
import type { SolveProgress } from '#shared/contract/views.ts';
import { startSolve } from '#renderer/commands/plan.ts';
import { runById } from '#renderer/commands/run.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { counted, hours, stopwatch } from '#renderer/ui/format.ts';
import { Popup } from '#renderer/ui/popup.tsx';
import './solve-panel.css';
import { Shortages } from './shortages.tsx';
import { betterThanFirst, triedText, valueText } from './solve-text.ts';
import { appText } from './text.ts';
import { type Counting, NAMES, USUAL, WhatCounts, isCounting } from './what-counts.tsx';

const PRESETS = [5, 10, 30, 60, 300] as const;

/** How long to search; and while it searches, how good the best is. */
export function SolvePanel({
  anchor,
  onClose,
}: {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}) {
  return (
    <Popup
      triggerRef={anchor}
      label={appText.solveTitle}
      className="solve-panel"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <SolveForm onStarted={onClose} />
    </Popup>
  );
}

/** What differs from the usual, as the station wants it. */
function countingOf({ weights, mostMoved }: Counting): Pick<Ask<'solve.start'>, 'weights' | 'mostMoved'> {
  const changed = NAMES.filter((name) => weights[name] !== USUAL.weights[name]);
  return {
    ...(changed.length > 0 && {
      weights: Object.fromEntries(changed.map((name) => [name, Number(weights[name])])),
    }),
    ...(mostMoved !== '' && { mostMoved: Number(mostMoved) }),
  };
}

function SolveForm({ onStarted }: { readonly onStarted: () => void }) {
  const [seconds, setSeconds] = useState('10');
  const [seed, setSeed] = useState('1');
  const [counting, setCounting] = useState(USUAL);
  const isValid =
    Number(seconds) > 0 && Number(seconds) <= 3600 && /^\d{1,9}$/.test(seed) && isCounting(counting);
  async function start(): Promise<void> {
    if (isValid && (await startSolve(Number(seconds), Number(seed), countingOf(counting)))) onStarted();
  }
  return (
    <form
      className="solve-form"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <label className="field" htmlFor="solve-seconds">
        {appText.seconds}
        <input
          id="solve-seconds"
          type="number"
          min="1"
          max="3600"
          inputMode="numeric"
          value={seconds}
          onChange={(event) => setSeconds(event.target.value)}
        />
      </label>
      <div className="filter" role="group" aria-label={appText.seconds}>
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            aria-pressed={String(preset) === seconds}
            onClick={() => setSeconds(String(preset))}
          >
            {preset} s
          </button>
        ))}
      </div>
      <p className="muted">{appText.secondsHint}</p>
      <label className="field" htmlFor="solve-seed">
        {appText.seed}
        <input
          id="solve-seed"
          type="number"
          min="0"
          inputMode="numeric"
          value={seed}
          onChange={(event) => setSeed(event.target.value)}
        />
      </label>
      <p className="muted">{appText.seedHint}</p>
      <Shortages />
      <WhatCounts counting={counting} onChange={setCounting} />
      <Button type="submit" look="primary" isDisabled={!isValid}>
        {appText.start}
      </Button>
    </form>
  );
}

/** Floats above the status bar while the solver works: the board stays usable. */
export function SolveProgressPanel() {
  const solving = useBoard((state) => state.solving);
  if (!solving) return null;
  const { progress, seconds } = solving;
  return (
    <section className="solve-progress" aria-label={appText.solving}>
      <header>
        <h2>{appText.solving}</h2>
        <span className="muted">
          {stopwatch(progress?.elapsedMs ?? 0)}
          {seconds === null ? '' : ` / ${stopwatch(seconds * 1000)}`}
        </span>
      </header>
      {progress && progress.points.length > 0 ? <Curve progress={progress} /> : null}
      <p>{betterThanFirst(progress)}</p>
      {progress ? <Standing progress={progress} /> : null}
      <div className="button-row">
        <Button onPress={() => runById('solve.cancel')}>{appText.cancel}</Button>
        <Button
          look="primary"
          isDisabled={(progress?.objective ?? null) === null}
          onPress={() => runById('solve.take')}
        >
          {appText.take}
        </Button>
      </div>
    </section>
  );
}

function Standing({ progress }: { readonly progress: SolveProgress }) {
  const { figures, phase } = progress;
  return (
    <div className="solve-standing muted">
      <p>{valueText(progress)}</p>
      {figures ? (
        <p>{`${appText.lateNow(counted(figures.lateOrders, 'order'))} · ${hours(figures.tardiness)}`}</p>
      ) : null}
      <p>{phase}</p>
      <p>{triedText(progress)}</p>
    </div>
  );
}

const WIDTH = 248;
const HEIGHT = 56;

/** The best value over time as steps: it holds until the next is found. */
function Curve({ progress }: { readonly progress: SolveProgress }) {
  const { points, elapsedMs: to } = progress;
  const values = points.map(({ objective }) => objective);
  const highest = Math.max(...values);
  const lowest = Math.min(...values);
  const from = points[0]?.elapsedMs ?? 0;
  const x = (at: number) => (to === from ? 0 : ((at - from) / (to - from)) * WIDTH);
  const y = (value: number) =>
    highest === lowest ? HEIGHT / 2 : 4 + ((highest - value) / (highest - lowest)) * (HEIGHT - 8);
  const steps = points.map(({ elapsedMs, objective }) => `H${x(elapsedMs)}V${y(objective)}`);
  return (
    <svg className="solve-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={appText.curve}>
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className="solve-curve-axis" />
      <path d={`M0 ${y(values[0] ?? 0)}${steps.join('')}H${WIDTH}`} />
    </svg>
  );
}
