import { EventEmitter } from 'node:events';
import type { Browser, BrowserContext, Page, Request as PageRequest } from 'playwright-core';
import { must } from '#shared/base/must.ts';
import { app, appRecord, ipcMain } from './app.ts';
import { intercept } from './network.ts';
import type { Frame } from './frames.ts';
import { type PreloadedPage, openPreloadedPage } from './page.ts';
import { refusable } from './refusable.ts';
import { strict } from './strict.ts';

let profile: Promise<BrowserContext> | null = null;
/** Windows open in this browser from now on, all in one fresh profile: Electron's default session. */
export function openIn(next: Browser, options: Parameters<Browser['newContext']>[0] = {}): void {
  profile = next.newContext(options).then(async (context) => {
    await intercept(context, mayGo);
    return context;
  });
}

const windows = new Set<Window>();

/** null for a popup that has no frame yet: it is never a window of ours. */
function pageOf(request: PageRequest): Page | null {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
}

function mayGo(request: PageRequest, url: string): boolean {
  const page = pageOf(request);
  const window = [...windows].find((one) => one.webContents.opened?.page === page);
  if (!page || !window) return false;
  const isMainFrame = request.frame() === page.mainFrame();
  if (isMainFrame && window.webContents.expected === url) return true;
  const event = refusable({ url, isMainFrame, isSameDocument: false, frame: null });
  window.webContents.emit('will-frame-navigate', event);
  if (isMainFrame) window.webContents.emit('will-navigate', event);
  return !event.defaultPrevented;
}

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

class Contents extends EventEmitter {
  opened: PreloadedPage | null = null;
  /** The address that the main process itself is loading. */
  expected: string | null = null;
  windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  destroyed = false;

  get mainFrame(): Frame {
    return must(this.opened, 'The page').mainFrame;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  send(channel: string, ...args: unknown[]): void {
    this.opened?.send(channel, args);
  }
  reload(): void {
    void this.opened?.page.reload();
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
}

type Members =
  | 'close'
  | 'focus'
  | 'getNormalBounds'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'show';

/** A BrowserWindow whose page is a real Chromium page. */
export class Window extends EventEmitter implements Pick<Electron.BrowserWindow, Members> {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: Contents = strict('WebContents', new Contents());
  bounds: Electron.Rectangle;
  maximized = false;
  minimized = false;
  shown = false;
  focused = false;
  /** Resolves when the page has been loaded. */
  loaded: Promise<void> | null = null;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    const self = strict('BrowserWindow', this as Window);
    windows.add(self);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, self);
    return self;
  }
  static getAllWindows(): Window[] {
    return [...windows];
  }
  static getFocusedWindow(): Window | null {
    return [...windows].findLast(({ focused }) => focused) ?? null;
  }
  static fromWebContents(contents: unknown): Window | null {
    return [...windows].find(({ webContents }) => webContents === contents) ?? null;
  }
  loadURL(url: string): Promise<void> {
    this.loaded = this.load(url);
    return this.loaded;
  }
  async load(url: string): Promise<void> {
    const { webContents, options } = this;
    const context = await must(profile, 'A browser: openIn() comes first');
    webContents.opened ??= await openPreloadedPage(
      context,
      must(options.webPreferences?.preload, 'A preload'),
      {
        ipc: (senderFrame, channel, args) =>
          ipcMain.emit(channel, { sender: webContents, senderFrame }, ...args),
        opens: (opened) =>
          void webContents.windowOpenHandler({
            url: opened,
            frameName: '',
            features: '',
            disposition: 'foreground-tab',
            referrer: { url: '', policy: 'default' },
          }),
      },
    );
    webContents.expected = url;
    await webContents.opened.load(url);
    this.emit('ready-to-show');
  }
  show(): void {
    this.shown = true;
    this.focus();
  }
  focus(): void {
    for (const window of windows) window.focused = false;
    this.focused = true;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  maximize(): void {
    this.maximized = true;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }
  close(): void {
    this.emit('close', refusable({}));
    for (const window of windows) if (window.webContents === this.webContents) windows.delete(window);
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    void this.webContents.opened?.page.close();
    if (windows.size === 0) app.emit('window-all-closed');
  }
}

appRecord.closeWindows = () => {
  for (const window of windows) window.close();
};
