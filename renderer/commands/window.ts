import type { CallName } from '#shared/contract/calls.ts';
import { PLACES, type Place, closeOverlay, goTo, openOverlay, usePlace } from '#renderer/state/place.ts';
import { act } from '#renderer/state/act.ts';
import { useAccount } from '#renderer/state/account.ts';
import { toggleTheme } from '#renderer/ui/theme.ts';
import type { Command } from './registry.ts';
import { commandText, groupText, placeText } from './text.ts';

/** A key for each view, and the letter that it has after `g`. */
const KEYS: Record<Place, readonly [key: string, letter: string]> = {
  board: ['1', 'b'],
  orders: ['2', 'o'],
  resources: ['3', 'r'],
  calibrations: ['4', 'l'],
  crew: ['5', 'c'],
  dispatch: ['6', 'd'],
  cases: ['0', 'x'],
  imports: ['7', 'i'],
  connections: ['8', 'e'],
  audit: ['9', 'a'],
  settings: [',', 's'],
};

const toggle = (overlay: 'palette' | 'help') => () =>
  usePlace.getState().overlay === overlay ? closeOverlay() : openOverlay(overlay);

/** What a view asks first: whose role may not, is not offered the view. */
export const VIEW_NEEDS: Partial<Record<Place, CallName>> = {
  imports: 'import.files',
  connections: 'feed.list',
  audit: 'ledger.list',
};

export const windowCommands: readonly Command[] = [
  ...PLACES.map((place) => ({
    id: `go.${place}`,
    group: groupText.go,
    title: commandText.goTo(placeText[place]),
    ...(VIEW_NEEDS[place] && { needs: VIEW_NEEDS[place] }),
    keys: [KEYS[place][0], `g ${KEYS[place][1]}`],
    run: () => goTo(place),
  })),
  {
    id: 'palette',
    group: groupText.window,
    title: commandText.palette,
    keys: ['$mod+k'],
    run: toggle('palette'),
  },
  { id: 'help', group: groupText.window, title: commandText.help, keys: ['[Shift]+?'], run: toggle('help') },
  {
    id: 'theme',
    group: groupText.window,
    title: commandText.theme,
    keys: ['$mod+Shift+l'],
    run: toggleTheme,
  },
  {
    id: 'lock',
    group: groupText.window,
    title: commandText.lock,
    enabled: () => useAccount.getState().account?.kind === 'in',
    run: async () => void (await act('session.lock', {})),
  },
];
