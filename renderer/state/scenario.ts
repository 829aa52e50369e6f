import { useEffect } from 'react';
import { create } from 'zustand';
import type { BoardState, Comparison } from '#shared/contract/views.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import { station } from '#renderer/bridge/station.ts';
import { useBoard } from './board.ts';
import { notify } from './notices.ts';
import { stateText } from './text.ts';

/** The scenario that is open; undefined before the first board. */
export const openIn = (state: BoardState | undefined): Scenario | undefined =>
  state?.scenarios.find(({ id }) => id === state.scenario);

export const useOpenScenario = (): Scenario | undefined => useBoard(({ board }) => openIn(board?.state));

/** A scenario and what it is held against. */
export interface Pair {
  readonly scenario: ScenarioId;
  readonly against: ScenarioId;
}

interface Comparing {
  /** Null while nothing is compared. */
  readonly pair: Pair | null;
  /** As the station last told it. */
  readonly comparison: Comparison | null;
}

export const useComparing = create<Comparing>()(() => ({ pair: null, comparison: null }));

/** Holds two scenarios against each other from now on, whichever of them is open. */
export const compare = (pair: Pair): void => useComparing.setState({ pair });
export const stopComparing = (): void => useComparing.setState({ pair: null, comparison: null });

/** Two scenarios as a pair: the draft is what a scenario is held against, otherwise the other one is. */
export const pairOf = (open: ScenarioId, other: ScenarioId): Pair =>
  open === DRAFT ? { scenario: other, against: open } : { scenario: open, against: other };

/** What the open scenario is held against when nobody says: the draft, or from the draft the newest scenario. */
export function likelyOther(state: BoardState): ScenarioId | null {
  const others = state.scenarios.filter(({ id }) => id !== state.scenario);
  return (others.find(({ id }) => id === DRAFT) ?? others.at(-1))?.id ?? null;
}

/** Keeps the comparison current: asked again after every change of either side. Once per view that shows it. */
export function useComparisonRead(): void {
  const pair = useComparing((state) => state.pair);
  const revision = useBoard(({ board }) => board?.state.revision);
  const scenarios = useBoard(({ board }) => board?.state.scenarios);
  useEffect(() => {
    if (!pair || revision === undefined || scenarios === undefined) return;
    let gone = false;
    station.call('scenario.compare', { ...pair }).then(
      (comparison) => {
        if (gone) return;
        // One of the two has been deleted.
        if (comparison) useComparing.setState({ comparison });
        else stopComparing();
      },
      (error: unknown) => notify('error', stateText.noComparison, String(error)),
    );
    return () => {
      gone = true;
    };
  }, [pair, revision, scenarios]);
}
