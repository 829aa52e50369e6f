import { useEffect } from 'react';
import { create } from 'zustand';
import type { BoardState, Comparison } from '#shared/contract/views.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import { station } from '#renderer/bridge/station.ts';
import { useBoard } from './board.ts';
import { notify } from './notices.ts';

/** The scenario that is open; undefined before the first board. */
export const openIn = (state: BoardState | undefined): Scenario | undefined =>
  state?.scenarios.find(({ id }) => id === state.scenario);

export const useOpenScenario = (): Scenario | undefined => useBoard(({ board }) => openIn(board?.state));

interface Comparing {
  /** The scenario that the open one is held against; null while nothing is compared. */
  readonly other: ScenarioId | null;
  /** As the station last told it. */
  readonly comparison: Comparison | null;
}

export const useComparing = create<Comparing>()(() => ({ other: null, comparison: null }));

/** Holds the open scenario against another from now on. */
export const compareWith = (other: ScenarioId | null): void =>
  useComparing.setState(other === null ? { other, comparison: null } : { other });

/** What the open scenario is held against when nobody says: the draft, or from the draft the newest scenario. */
export function likelyOther(state: BoardState): ScenarioId | null {
  const others = state.scenarios.filter(({ id }) => id !== state.scenario);
  return (others.find(({ id }) => id === DRAFT) ?? others.at(-1))?.id ?? null;
}

/** Keeps the comparison current: asked again after every change of either side. Once per view that shows it. */
export function useComparisonRead(): void {
  const other = useComparing((state) => state.other);
  const state = useBoard(({ board }) => board?.state);
  const revision = state?.revision;
  const open = state?.scenario;
  const known = other === null || state === undefined || state.scenarios.some(({ id }) => id === other);
  useEffect(() => {
    if (other === null || open === undefined || revision === undefined) return;
    if (!known || other === open) {
      const { board } = useBoard.getState();
      compareWith(board && likelyOther(board.state));
      return;
    }
    let gone = false;
    // The draft is what a scenario is held against, whichever of the two is open.
    const [scenario, against] =
      other === DRAFT ? [open, other] : open === DRAFT ? [other, open] : [open, other];
    station.call('scenario.compare', { scenario, against }).then(
      (comparison) => {
        if (!gone) useComparing.setState({ comparison });
      },
      (error: unknown) => notify('error', 'The scenarios could not be compared', String(error)),
    );
    return () => {
      gone = true;
    };
  }, [other, open, revision, known]);
}
