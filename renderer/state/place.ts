import { create } from 'zustand';

export const PLACES = [
  'board',
  'orders',
  'resources',
  'calibrations',
  'crew',
  'dispatch',
  'cases',
  'imports',
  'connections',
  'audit',
  'settings',
] as const;
export type Place = (typeof PLACES)[number];

/** What is open in front of the view. */
export type Overlay =
  | 'palette'
  | 'help'
  | 'publish'
  | 'dispatch'
  | 'recall'
  | 'solve'
  | 'branch'
  | 'renameScenario'
  | 'removeScenario';

const isPlace = (name: string): name is Place => (PLACES as readonly string[]).includes(name);
const placeOfAddress = (): Place => {
  const name = location.hash.replace(/^#\/?/, '');
  return isPlace(name) ? name : 'board';
};

/** Where in the window the planner is; the address says it too, so that a reload stays. */
export const usePlace = create<{
  readonly place: Place;
  readonly overlay: Overlay | null;
  /** What a list there begins to search for. */
  readonly sought: string;
}>()(() => ({ place: placeOfAddress(), overlay: null, sought: '' }));

export function goTo(place: Place, sought = ''): void {
  usePlace.setState({ place, overlay: null, sought });
  const address = `#/${place}`;
  if (location.hash !== address) history.pushState(null, '', address);
}

export const openOverlay = (overlay: Overlay): void => usePlace.setState({ overlay });
export const closeOverlay = (): void => usePlace.setState({ overlay: null });

/** Back and forward move between views. */
export const followAddress = (): void =>
  window.addEventListener('popstate', () =>
    usePlace.setState({ place: placeOfAddress(), overlay: null, sought: '' }),
  );
