import { useEffect, useRef, useState } from 'react';
import type { DifferenceEffect } from '#shared/contract/views.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { station } from '#renderer/bridge/station.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Mark } from '#renderer/ui/view.tsx';
import { connectionsText as words } from './text.ts';

/** What accepting would do, tried on the schedule when somebody asks; whatever changes the schedule makes it old. */
export function Effect({ order, name }: { readonly order: string; readonly name: string }) {
  const revision = useBoard(({ board }) => board?.state.revision);
  const [state, setState] = useState<{
    readonly of: typeof revision;
    readonly told: DifferenceEffect | 'trying';
  } | null>(null);
  const asked = useRef(0);
  const effect = state && state.of === revision ? state.told : null;
  const isTrying = effect === 'trying';

  useEffect(() => {
    if (!isTrying) return undefined;
    return () => void station.call('difference.giveUp', { order }).catch(() => null);
  }, [isTrying, order]);

  async function ask(): Promise<void> {
    const own = (asked.current += 1);
    setState({ of: revision, told: 'trying' });
    const told = await station.call('difference.effect', { order }).catch((error: unknown) => ({
      ok: false as const,
      text: error instanceof Error ? error.message : String(error),
    }));
    if (asked.current === own) setState({ of: revision, told });
  }
  function giveUp(): void {
    asked.current += 1;
    setState(null);
  }

  if (effect === 'trying')
    return (
      <div className="difference-effect" role="status">
        <span className="muted">{words.trying}</span>
        <Button look="quiet" onPress={giveUp}>
          {words.giveUp}
        </Button>
      </div>
    );
  if (effect === null)
    return (
      <div className="difference-effect">
        <AllowedButton
          needs="difference.effect"
          look="quiet"
          aria-label={words.effectOf(name)}
          onPress={() => void ask()}
        >
          {words.effect}
        </AllowedButton>
      </div>
    );
  return (
    <div className="difference-effect" role="status">
      {effect.ok ? <Outlook effect={effect} /> : <Mark icon="warn">{effect.text}</Mark>}
    </div>
  );
}

function Outlook({ effect }: { readonly effect: Extract<DifferenceEffect, { ok: true }> }) {
  const { promise, moved, examples, placed, dropped, lateNow, onTimeNow, before, after } = effect;
  return (
    <>
      {promise ? (
        promise.late ? (
          <Mark tone="late" icon="warn">
            {words.effectPromise(promise.end, promise.due)}
          </Mark>
        ) : (
          <p>{words.effectPromise(promise.end, promise.due)}</p>
        )
      ) : null}
      <p>{words.effectLate(before.lateOrders, after.lateOrders)}</p>
      {lateNow.length > 0 ? (
        <Mark tone="late" icon="warn">
          {words.effectLateNow(lateNow.join(', '))}
        </Mark>
      ) : null}
      {onTimeNow.length > 0 ? <Mark icon="check">{words.effectOnTimeNow(onTimeNow.join(', '))}</Mark> : null}
      {placed > 0 ? <p>{words.effectPlaced(placed)}</p> : null}
      {dropped > 0 ? <p>{words.effectUnplaced(dropped)}</p> : null}
      <p>{words.effectMoved(moved)}</p>
      {examples.length > 0 ? (
        <ul>
          {examples.map((move) => (
            <li key={move.name}>{words.effectMove(move.name, move.before, move.after)}</li>
          ))}
          {moved > examples.length ? <li>{words.effectMore(moved - examples.length)}</li> : null}
        </ul>
      ) : null}
    </>
  );
}
