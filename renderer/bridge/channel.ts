import type { Message, Request } from '#shared/contract/wire.ts';

/** A road to the station that carries whole messages and may break. */
export interface Channel {
  readonly send: (request: Request) => void;
  readonly close: () => void;
}

export interface ChannelEvents {
  readonly opened: () => void;
  readonly heard: (message: Message) => void;
  readonly broke: () => void;
}

/** What the shell's preload (electron/shell/preload.ts) puts into the page: a line of strings to the station. */
interface ShellBridge {
  readonly post: (message: string) => void;
  readonly onMessage: (listener: (message: string) => void) => void;
  /** Asks for a fresh line and hears `up` or `down`, now and whenever it changes. */
  readonly onStation: (listener: (state: string) => void) => void;
  /** Hears the id of a command that was chosen in the application's menu. */
  readonly onCommand: (listener: (id: string) => void) => void;
}

declare global {
  interface Window {
    readonly shiftwright?: ShellBridge;
  }
}

/** In Electron the shell's bridge, in a browser a WebSocket to the host that served the page. */
export const openChannel = (events: ChannelEvents): Channel =>
  window.shiftwright ? shellChannel(window.shiftwright, events) : socketChannel(events);

const parsed = (text: string): Message => JSON.parse(text) as Message;

function shellChannel(bridge: ShellBridge, events: ChannelEvents): Channel {
  bridge.onMessage((text) => events.heard(parsed(text)));
  bridge.onStation((state) => (state === 'up' ? events.opened() : events.broke()));
  return { send: (request) => bridge.post(JSON.stringify(request)), close: () => {} };
}

function socketChannel(events: ChannelEvents): Channel {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/station`);
  socket.addEventListener('open', events.opened);
  socket.addEventListener('message', ({ data }) => events.heard(parsed(String(data))));
  socket.addEventListener('close', events.broke);
  return { send: (request) => socket.send(JSON.stringify(request)), close: () => socket.close() };
}
