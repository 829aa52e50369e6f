import type { wire } from './wire.ts';

/** What the two worlds of a page say to each other: values are cloned by the browser, functions go as numbers. */
type Argument = { readonly value: unknown } | { readonly function: number };
type Note =
  | {
      readonly kind: 'expose';
      readonly name: string;
      readonly functions: readonly (readonly [string, number])[];
    }
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly Argument[] }
  | { readonly kind: 'result'; readonly error: string | null; readonly value: unknown };

/**
 * The page's side of contextBridge; runs before any page code, in the main frame only. Keeps its own references to what
 * it needs: page code that poisons prototypes afterwards does not reach it. `secret` names the events between the worlds.
 */
export function pageWorld(secret: string): void {
  if (self !== top) return;
  const { apply, defineProperty } = Reflect;
  const { freeze, create } = Object;
  const { dispatchEvent } = EventTarget.prototype;
  const Note = CustomEvent;
  const Fault = Error;
  const listeners: Record<number, (...args: unknown[]) => unknown> = create(null);
  let functions = 0;
  const answer: { note: Extract<Note, { kind: 'result' }> | null } = { note: null };
  const say = (detail: Note) => apply(dispatchEvent, document, [new Note(`${secret}>`, { detail })]);

  const answered = (): Extract<Note, { kind: 'result' }> => {
    if (answer.note === null) throw new Fault('An object could not be cloned.');
    return answer.note;
  };
  const bridged =
    (id: number) =>
    (...given: unknown[]): unknown => {
      const args: Argument[] = [];
      for (let at = 0; at < given.length; at += 1) {
        const one = given[at];
        if (typeof one === 'function') listeners[(functions += 1)] = one as () => unknown;
        const value = typeof one === 'function' ? { function: functions } : { value: one };
        defineProperty(args, at, { value, enumerable: true, writable: true, configurable: true });
      }
      answer.note = null;
      say({ kind: 'call', id, args });
      const { error, value } = answered();
      if (error !== null) throw new Fault(error);
      return value;
    };

  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get;
  document.addEventListener(`${secret}<`, (event) => {
    const note = (detailOf ? apply(detailOf, event, []) : null) as Note | null;
    if (note?.kind === 'result') answer.note = note;
    if (note?.kind === 'call') {
      const args: unknown[] = [];
      for (let at = 0; at < note.args.length; at += 1) {
        const one = note.args[at] as Argument;
        const value = 'value' in one ? one.value : undefined;
        defineProperty(args, at, { value, enumerable: true, writable: true, configurable: true });
      }
      const listener = listeners[note.id];
      if (listener) apply(listener, undefined, args);
    }
    if (note?.kind === 'expose') {
      const exposed: Record<string, unknown> = {};
      for (let at = 0; at < note.functions.length; at += 1) {
        const [key, id] = note.functions[at] as readonly [string, number];
        exposed[key] = freeze(bridged(id));
      }
      defineProperty(window, note.name, { value: freeze(exposed), enumerable: true });
    }
  });
}

interface Isolated {
  readonly secret: string;
  /** Name of the function that carries a string to the main process. */
  readonly binding: string;
  readonly wire: ReturnType<typeof wire>;
  readonly preload: (require: (name: string) => unknown, module: object, exports: object) => void;
}

/**
 * The preload's side, in an isolated world of its own. In frames inside the page there is no preload (Electron's
 * default), but the wire is laid there too, so that a test can call from such a frame.
 */
export function preloadWorld({ secret, binding, wire, preload }: Isolated): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  const { encode, decode } = wire;
  const listeners = new Map<string, Set<Listener>>();
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const unknown = (what: string): never => {
    throw new Error(`The stand-in for Electron does not know ${what}.`);
  };
  const strict = <Value extends object>(name: string, value: Value): Value =>
    new Proxy(value, {
      get: (target, property) =>
        property in target || typeof property === 'symbol'
          ? (Reflect.get(target, property) as unknown)
          : unknown(`${name}.${property}`),
    });
  const say = (detail: Note) => document.dispatchEvent(new CustomEvent(`${secret}<`, { detail }));

  const send = (channel: string, ...args: unknown[]): void =>
    (Reflect.get(globalThis, binding) as (text: string) => void)(encode({ channel, args }));

  const contextBridge = {
    exposeInMainWorld(name: string, api: Record<string, unknown>): void {
      const exposed = Object.entries(api).map(([key, member]) => {
        if (typeof member !== 'function') return unknown(`a bridged ${typeof member} (${key})`);
        return [key, functions.push(member as () => unknown) - 1] as const;
      });
      say({ kind: 'expose', name, functions: exposed });
    },
  };

  const ipcRenderer = {
    send,
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
  };

  document.addEventListener(`${secret}>`, (event) => {
    const note = (event as CustomEvent<Note | null>).detail;
    if (note?.kind !== 'call') return;
    const args = note.args.map((one) =>
      'value' in one
        ? one.value
        : (...given: unknown[]) =>
            say({ kind: 'call', id: one.function, args: given.map((value) => ({ value })) }),
    );
    try {
      say({ kind: 'result', error: null, value: functions[note.id]?.(...args) });
    } catch (error) {
      say({ kind: 'result', error: error instanceof Error ? error.message : String(error), value: null });
    }
  });

  const standin = {
    send,
    deliver(text: string): void {
      const { channel, args } = decode(text) as { channel: string; args: unknown[] };
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
    },
  };
  Reflect.defineProperty(globalThis, 'standin', { value: standin });
  if (self !== top) return;

  const modules: Record<string, object> = {
    electron: strict('electron', {
      contextBridge: strict('contextBridge', contextBridge),
      ipcRenderer: strict('ipcRenderer', ipcRenderer),
    }),
    timers: strict('timers', { setTimeout, clearTimeout, setInterval, clearInterval }),
    url: strict('url', { URL, URLSearchParams }),
    events: strict('events', {}),
  };
  preload((name) => modules[name] ?? unknown(`the module ${name} in a sandboxed preload`), {}, {});
}
