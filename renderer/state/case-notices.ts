import { dismiss, notify, useNotices } from './notices.ts';
import { goTo, usePlace } from './place.ts';
import { stateText } from './text.ts';

/** A case waits for somebody: quiet, and it stays until it is looked at. */
export function caseOpened(opened: readonly { readonly id: number; readonly text: string }[]): void {
  const [first] = opened;
  if (!first || usePlace.getState().place === 'cases') return;
  const title = opened.length === 1 ? stateText.caseOpened : stateText.casesOpened(opened.length);
  const run = () => goTo('cases', String(first.id));
  notify('warn', title, first.text, { label: stateText.decideCase, run });
}

/** Whoever looks at the cases needs to be told of none. */
export function dismissOpened(): void {
  for (const { id, actions } of useNotices.getState().notices)
    if (actions.some(({ label }) => label === stateText.decideCase)) dismiss(id);
}
