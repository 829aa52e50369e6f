import { tinykeys } from 'tinykeys';
import { usePlace } from '#renderer/state/place.ts';
import { type Command, useCommands } from './registry.ts';
import { run } from './run.ts';

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
const NAMES: Record<string, string> = {
  $mod: APPLE ? '⌘' : 'Ctrl',
  Shift: APPLE ? '⇧' : 'Shift',
  Alt: APPLE ? '⌥' : 'Alt',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** Keys as a planner reads them, optional modifiers left out: `$mod+Shift+z` → `Ctrl Shift Z` or `⌘⇧Z`; `g o` → `G O`. */
export const writtenKeys = (keys: string): string =>
  keys
    .split(' ')
    .map((press) =>
      press
        .split(/\+(?=.)/)
        .filter((part) => !part.startsWith('['))
        .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
        .join(APPLE ? '' : ' '),
    )
    .join(' ');

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('dialog, [role=dialog]') !== null;

/** In a field, or while a dialog is open or opening, plain keys are not commands; only the palette's own chord passes. */
const passes = (event: KeyboardEvent, keys: string): boolean =>
  keys === '$mod+k' ||
  (!isTyping(event.target) && !isInDialog(event.target) && usePlace.getState().overlay === null);

/** How long a sequence such as `g o` waits for its second key; tinykeys' own default. */
const SEQUENCE_MILLIS = 1000;

/** Knows while a sequence is half typed: its second key must not be a command of its own as well. */
function sequenceWatch(prefixes: ReadonlySet<string>) {
  let begun = -Infinity;
  let inside = false;
  return {
    heard(event: KeyboardEvent): void {
      inside = event.timeStamp - begun < SEQUENCE_MILLIS;
      begun = !inside && prefixes.has(event.key) && !isTyping(event.target) ? event.timeStamp : -Infinity;
    },
    isInside: () => inside,
  };
}

/** Listens for the keys of these commands; returns how to stop. */
function bindKeys(commands: Iterable<Command>): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  const prefixes = new Set<string>();
  const watch = sequenceWatch(prefixes);
  for (const command of commands) {
    for (const keys of command.keys ?? []) {
      const [first = '', second] = keys.split(' ');
      if (second !== undefined) prefixes.add(first);
      bindings[keys] = (event) => {
        if (event.defaultPrevented || !passes(event, keys)) return;
        if (second === undefined && watch.isInside()) return;
        event.preventDefault();
        run(command);
      };
    }
  }
  window.addEventListener('keydown', watch.heard, { capture: true });
  // Each its own listener: among several, tinykeys forgets sequences that share a key with one that has fired.
  const unbind = Object.entries(bindings).map(([keys, heard]) =>
    tinykeys(window, { [keys]: heard }, { ignore: () => false }),
  );
  return () => {
    window.removeEventListener('keydown', watch.heard, { capture: true });
    for (const stop of unbind) stop();
  };
}

/** Listens for the keys of all commands, whichever there are; once per window. */
export function followKeys(): void {
  let unbind = bindKeys(useCommands.getState().commands.values());
  let asked = false;
  useCommands.subscribe(() => {
    if (asked) return;
    asked = true;
    // A view registers in several goes, and each binding costs a millisecond or two.
    queueMicrotask(() => {
      asked = false;
      unbind();
      unbind = bindKeys(useCommands.getState().commands.values());
    });
  });
}
