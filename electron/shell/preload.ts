import { contextBridge, ipcRenderer } from 'electron';
import { CHANNELS } from './channels.ts';

type Listener = (text: string) => void;

/** Remembers the one listener of the page for what main says on a channel. */
function listenerOf(channel: string): (listener: Listener) => void {
  let current: Listener | null = null;
  ipcRenderer.on(channel, (_event, text: unknown) => {
    if (typeof text === 'string') current?.(text);
  });
  return (listener) => {
    if (typeof listener !== 'function') throw new TypeError('A listener is a function.');
    current = listener;
  };
}

const onMessage = listenerOf(CHANNELS.message);
const onStation = listenerOf(CHANNELS.station);
const onCommand = listenerOf(CHANNELS.command);

/** Strings in, strings out, nothing of Electron: `ShellBridge` of renderer/bridge/channel.ts is the page's view of it. */
contextBridge.exposeInMainWorld(
  'shiftwright',
  Object.freeze({
    post: (text: string): void => {
      if (typeof text !== 'string') throw new TypeError('Only text goes to the station.');
      ipcRenderer.send(CHANNELS.post, text);
    },
    onMessage,
    /** Asks for a fresh line to the station and hears `up` or `down`, now and whenever it changes. */
    onStation: (listener: Listener): void => {
      onStation(listener);
      ipcRenderer.send(CHANNELS.hello);
    },
    onCommand,
  }),
);
