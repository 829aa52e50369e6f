import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { refusable } from './refusable.ts';
import { strict } from './strict.ts';

/** What the test sets before the shell starts, and what the shell did. */
export const appRecord = {
  paths: new Map<string, string>(),
  sandboxed: false,
  /** Whether this is the first program on its data. */
  first: true,
  about: null as Electron.AboutPanelOptionsOptions | null,
  aboutShown: 0,
  quits: 0,
  ended: false,
  /** Called when quitting has closed the windows. */
  closeWindows: (): void => undefined,
};

const emitter = new EventEmitter();

export const app = strict(
  'app',
  Object.assign(emitter, {
    isPackaged: false,
    enableSandbox: () => void (appRecord.sandboxed = true),
    getAppPath: () => process.cwd(),
    getPath: (name) => {
      const path = appRecord.paths.get(name);
      if (path === undefined) throw new Error(`The stand-in was not told the path ${name}.`);
      return path;
    },
    setPath: (name, path) => {
      if (!existsSync(path)) throw new Error(`The folder ${path} is not there.`);
      appRecord.paths.set(name, path);
    },
    requestSingleInstanceLock: () => appRecord.first,
    whenReady: () => Promise.resolve(),
    setAboutPanelOptions: (options) => void (appRecord.about = options),
    showAboutPanel: () => void (appRecord.aboutShown += 1),
    quit: () => {
      appRecord.quits += 1;
      const event = refusable({});
      emitter.emit('before-quit', event);
      if (event.defaultPrevented || appRecord.ended) return;
      appRecord.ended = true;
      appRecord.closeWindows();
      emitter.emit('quit', {}, 0);
    },
  } satisfies Partial<Electron.App>),
);

/** Hears what comes over the wire from preloads: `emit(channel, event, ...args)`. */
export const ipcMain = new EventEmitter();
