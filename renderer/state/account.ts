import { create } from 'zustand';
import { whyNot } from '#shared/contract/access.ts';
import type { CallName } from '#shared/contract/calls.ts';
import type { SessionView } from '#shared/contract/session.ts';
import { station } from '#renderer/bridge/station.ts';

/** Who is at this window, as the station says; null until it has said so. */
export const useAccount = create<{ readonly account: SessionView | null }>()(() => ({ account: null }));

/** Brings the session back after a reload; of no use elsewhere, and gone with the tab. */
const TOKEN = 'shiftwright.session';

/** Asks who is here, and for the session that this window had; true when there is somebody to show things to. */
export async function readAccount(): Promise<boolean> {
  const token = sessionStorage.getItem(TOKEN);
  const asked = token === null ? station.call('session.read', {}) : station.call('session.resume', { token });
  const account = await asked;
  if (account.kind === 'out') sessionStorage.removeItem(TOKEN);
  useAccount.setState({ account });
  return isInside(account);
}

export const keepToken = (token: string): void => sessionStorage.setItem(TOKEN, token);

/** Whether the window shows the plant: not before a login, and not while it is locked. */
export const isInside = (account: SessionView | null): boolean =>
  account === null || account.kind === 'local' || (account.kind === 'in' && !account.mustChange);

/** Why whoever is here may not do this, by the same table as in the station; null where they may. */
export function reasonAgainst(account: SessionView | null, call: CallName): string | null {
  if (account === null || account.kind === 'local') return null;
  return account.kind === 'in' ? whyNot(account.roles, call) : 'Log in first.';
}

export const may = (call: CallName): boolean => reasonAgainst(useAccount.getState().account, call) === null;

/** Kept current. */
export const useReasonAgainst = (call: CallName): string | null =>
  useAccount(({ account }) => reasonAgainst(account, call));

/** How often the station hears that somebody is here, and how often the window looks whether nobody is. */
const TOUCH_MILLIS = 20_000;
const LOOK_MILLIS = 5000;

/** Tells the station that somebody touches the window; one that nobody touches is locked, also while the station is away. */
export function followTouches(): void {
  let touched = Date.now();
  let told = 0;
  const touch = (): void => {
    touched = Date.now();
    if (touched - told < TOUCH_MILLIS || useAccount.getState().account?.kind !== 'in') return;
    told = touched;
    if (station.connection() === 'open') void station.call('session.touch', {}).catch(() => undefined);
  };
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
    window.addEventListener(kind, touch, { passive: true, capture: true });
  setInterval(() => {
    const { account } = useAccount.getState();
    if (account?.kind !== 'in' || Date.now() - touched < account.policy.lockMinutes * 60_000) return;
    useAccount.setState({ account: { ...account, kind: 'locked' } });
    void station.call('session.lock', {}).catch(() => undefined);
  }, LOOK_MILLIS);
}
