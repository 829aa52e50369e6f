import { join } from 'node:path';
import { BrowserWindow, app, nativeTheme, screen } from 'electron';
import { HOME } from './own-page.ts';
import { TEXT } from './text.ts';
import { MIN_SIZE, keepWindowState, placeOf, readWindowState } from './window-state.ts';

/** `--canvas` of renderer/ui/tokens.css: what is seen before the page has painted. */
const CANVAS = { day: '#f6f7f8', night: '#14181d' };

/** The one place where windows are made: sandboxed, isolated, without Node. */
export function openWindow(preload: string): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const state = readWindowState(file);
  const window = new BrowserWindow({
    ...placeOf(
      state,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: TEXT.app,
    backgroundColor: nativeTheme.shouldUseDarkColors ? CANVAS.night : CANVAS.day,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // would fetch dictionaries from outside
    },
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    keepWindowState(file, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  void window.loadURL(HOME);
  return window;
}
