/**
 * Takes the place of `electron` when the shell's real code runs under Node: `vi.mock('electron', () => import(this))`.
 * Windows are real Chromium pages, the preload runs in an isolated world, the station is a real process. It has what the
 * shell uses, checked against Electron's own declarations, and throws on anything else. What Electron's runtime itself
 * would do (sandbox, fuses, menus on a screen) it does not show.
 */
import { EventEmitter } from 'node:events';
import { app, ipcMain as wireEnd } from './app.ts';
import { privilegedSchemes, protocolHandlers } from './network.ts';
import { ChannelMain } from './ports.ts';
import { strict } from './strict.ts';
import { Window } from './windows.ts';

export { app };
export { utilityProcess } from './utility.ts';
export const ipcMain = strict('ipcMain', wireEnd);
export const BrowserWindow = strict('BrowserWindow', Window);
export const MessageChannelMain = ChannelMain;

/** What the shell asked for and was given, for tests to look at and to call with hostile input. */
export const record = {
  permissionRequest: null as Parameters<Electron.Session['setPermissionRequestHandler']>[0],
  permissionCheck: null as Parameters<Electron.Session['setPermissionCheckHandler']>[0],
  device: null as Parameters<Electron.Session['setDevicePermissionHandler']>[0],
  openedOutside: [] as string[],
  openedPaths: [] as string[],
  menu: [] as Electron.MenuItemConstructorOptions[],
  boxes: [] as Electron.MessageBoxOptions[],
  /** The button that is pressed in the next message boxes. */
  button: 0,
  /** The file that is named in the next save dialog; null cancels. */
  saveAs: null as string | null,
  /** The file that is chosen in the next open dialog; null cancels. */
  choose: null as string | null,
  dark: false,
  keychain: true,
  screens: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};

export const session = strict('session', {
  defaultSession: strict(
    'Session',
    Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: (handler) => void (record.permissionRequest = handler),
      setPermissionCheckHandler: (handler) => void (record.permissionCheck = handler),
      setDevicePermissionHandler: (handler) => void (record.device = handler),
    } satisfies Partial<Electron.Session>),
  ),
});

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes) => void privilegedSchemes.push(...schemes),
  handle: (scheme, handler) =>
    void protocolHandlers.set(scheme, handler as (request: Request) => Promise<Response>),
} satisfies Partial<Electron.Protocol>);

export const shell = strict('shell', {
  openExternal: (url) => Promise.resolve(void record.openedOutside.push(url)),
  openPath: (path) => {
    record.openedPaths.push(path);
    return Promise.resolve('');
  },
} satisfies Partial<Electron.Shell>);

export const dialog = strict('dialog', {
  showMessageBox: (options: Electron.MessageBoxOptions) => {
    record.boxes.push(options);
    return Promise.resolve({ response: record.button, checkboxChecked: false });
  },
  showSaveDialog: (): Promise<Electron.SaveDialogReturnValue> =>
    Promise.resolve({ canceled: record.saveAs === null, filePath: record.saveAs ?? '' }),
  showOpenDialog: (): Promise<Electron.OpenDialogReturnValue> =>
    Promise.resolve({
      canceled: record.choose === null,
      filePaths: record.choose === null ? [] : [record.choose],
    }),
});

export const Menu = strict('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => void (record.menu = menu),
});

/** A keychain that can be seen through; `record.keychain` false is a machine without one. */
export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: () => Promise.resolve(record.keychain),
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(`sealed ${text}`)),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: sealed.toString().replace(/^sealed /, ''), shouldReEncrypt: false }),
} satisfies Partial<Electron.SafeStorage>);

export const nativeTheme = strict('nativeTheme', {
  get shouldUseDarkColors() {
    return record.dark;
  },
} satisfies Partial<Electron.NativeTheme>);

export const screen = strict('screen', {
  getAllDisplays: () => record.screens,
} satisfies Record<'getAllDisplays', () => readonly Pick<Electron.Display, 'workArea'>[]>);
