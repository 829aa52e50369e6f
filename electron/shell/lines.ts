import { type IpcMainEvent, type MessagePortMain, type WebContents, ipcMain } from 'electron';
import { CHANNELS } from './channels.ts';
import { textOf, trustedSender } from './sender.ts';

/** The windows' lines to the station, one port each: what a page says goes to it, what it says comes to the page. */
export interface Lines {
  /** The station is there (again): every window gets a fresh line. */
  readonly up: () => void;
  readonly down: () => void;
}

/** Hears what the windows say; whatever comes from elsewhere or has another shape is dropped and named in the log. */
export function keepLines(openPort: () => MessagePortMain | null): Lines {
  const lines = new Map<WebContents, MessagePortMain | null>();

  function connect(contents: WebContents): void {
    lines.get(contents)?.close();
    const port = openPort();
    lines.set(contents, port);
    port?.on('message', ({ data }) => {
      if (typeof data === 'string' && !contents.isDestroyed()) contents.send(CHANNELS.message, data);
    });
    port?.start();
    contents.send(CHANNELS.station, port ? 'up' : 'down');
  }

  /** Calls `hear` with what a window's own page sent on `channel`. */
  const on = (channel: string, hear: (contents: WebContents, args: readonly unknown[]) => boolean) =>
    ipcMain.on(channel, (event: IpcMainEvent, ...args: unknown[]) => {
      const contents = trustedSender(event);
      if (!contents || !hear(contents, args))
        console.warn(`Refused ${channel} from ${event.senderFrame?.url ?? 'a frame that is gone'}.`);
    });

  on(CHANNELS.hello, (contents, args) => {
    if (args.length > 0) return false;
    if (!lines.has(contents))
      contents.once('destroyed', () => {
        lines.get(contents)?.close();
        lines.delete(contents);
      });
    connect(contents);
    return true;
  });
  on(CHANNELS.post, (contents, args) => {
    const text = textOf(args);
    if (text === null || !lines.has(contents)) return false;
    lines.get(contents)?.postMessage(text);
    return true;
  });

  return {
    up: () => {
      for (const contents of lines.keys()) connect(contents);
    },
    down: () => {
      for (const [contents, port] of lines) {
        port?.close();
        lines.set(contents, null);
        contents.send(CHANNELS.station, 'down');
      }
    },
  };
}
