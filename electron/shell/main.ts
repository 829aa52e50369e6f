import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BrowserWindow, Menu, app, dialog, protocol, session, shell } from 'electron';
import { APP } from '#shared/base/app.ts';
import { CHANNELS } from './channels.ts';
import { guardContents, guardSession } from './guard.ts';
import { keepLines } from './lines.ts';
import { menuOf } from './menu.ts';
import { B2MML_PAGE } from './outside.ts';
import { SCHEME } from './own-page.ts';
import { servePage } from './serve-page.ts';
import { keepStation } from './station-life.ts';
import type { Backup } from './station-message.ts';
import { TEXT } from './text.ts';
import { openWindow } from './window.ts';

/** As the bundler lays it out: out/main/main.js, out/main/station.js, out/preload/preload.cjs, out/renderer/. */
const OUT = resolve(import.meta.dirname, '..');

/** What follows the program (and, run from source, the folder of the app) on the command line. */
const args = process.argv.slice(app.isPackaged ? 1 : 2);
const { data } = parseArgs({
  args,
  options: { data: { type: 'string' } },
  strict: false,
  allowPositionals: true,
}).values;

// Electron's own files lie apart from the record, and each record has its own window process.
const own = join(typeof data === 'string' ? resolve(data) : app.getPath('userData'), 'window');
mkdirSync(own, { recursive: true, mode: 0o700 }); // Electron takes only a folder that is there
app.setPath('userData', own);
app.enableSandbox();
// An origin like https's; without `corsEnabled` no other origin can read it.
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

function run(): void {
  let inbox: string | null = null;
  let lineUrl: string | null = null;
  const station = keepStation(join(OUT, 'main/station.js'), args, {
    up: (ready) => {
      ({ inbox, lineUrl } = ready);
      lines.up();
      if (ready.trouble !== null) void damaged(ready.trouble, ready.backup);
    },
    down: () => lines.down(),
    failed: ({ text, backup }) => void failed(text, backup),
    backup: (ok, text) =>
      void dialog.showMessageBox({
        type: ok ? 'info' : 'error',
        message: ok ? TEXT.backupDone : TEXT.backupFailed,
        detail: text,
      }),
  });
  const lines = keepLines(station.openPort);

  guardSession(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, () => lineUrl);
    contents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit')
        void choose(TEXT.windowGone, reason, [TEXT.reload, TEXT.quit]).then((choice) => {
          if (choice !== TEXT.reload) app.quit();
          else if (!contents.isDestroyed()) contents.reload();
        });
    });
  });
  protocol.handle(SCHEME, (request) => servePage(join(OUT, 'renderer'), request));

  const newWindow = (): void => void openWindow(join(OUT, 'preload/preload.cjs'));
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return newWindow();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault(); // comes again when the station has closed its record
    void station.close().then(() => {
      closed = true;
      app.quit();
    });
  });

  app.setAboutPanelOptions({ applicationName: TEXT.app, applicationVersion: APP.replace(/^\D+/, '') });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuOf(
        {
          newWindow,
          openDropFolder: () => (inbox === null ? sayDown() : void shell.openPath(inbox)),
          backUp: () => void backUp(),
          restore: () => void restore(),
          run: (command) => BrowserWindow.getFocusedWindow()?.webContents.send(CHANNELS.command, command),
          openReadme: () => {
            const dir = app.isPackaged ? process.resourcesPath : app.getAppPath();
            void shell.openPath(join(dir, 'README.md'));
          },
          openB2mml: () => void shell.openExternal(B2MML_PAGE),
          about: () => app.showAboutPanel(),
        },
        process.platform,
        app.isPackaged,
      ),
    ),
  );
  station.start();
  newWindow();

  async function damaged(text: string, backup: Backup): Promise<void> {
    const choices = backup ? [TEXT.restoreLast, TEXT.onlyLook] : [TEXT.onlyLook];
    const choice = await choose(TEXT.damaged, `${text}\n\n${datedBackup(backup)}`, choices);
    if (backup && choice === TEXT.restoreLast) station.restore(backup.file);
  }

  async function failed(text: string, backup: Backup): Promise<void> {
    const choices = [TEXT.tryAgain, ...(backup ? [TEXT.restoreLast] : []), TEXT.quit];
    const choice = await choose(TEXT.stationFailed, `${text}\n\n${datedBackup(backup)}`, choices);
    if (choice === TEXT.tryAgain) station.start();
    else if (backup && choice === TEXT.restoreLast) station.restore(backup.file);
    else app.quit();
  }

  async function restore(): Promise<void> {
    const { filePaths } = await dialog.showOpenDialog({
      title: TEXT.restoreTitle,
      ...(inbox !== null && { defaultPath: join(dirname(inbox), 'backups') }),
      filters: [{ name: 'SQLite', extensions: ['db'] }],
      properties: ['openFile'],
    });
    const [file] = filePaths;
    if (file === undefined) return;
    const choice = await choose(TEXT.restoreAsk, `${file}\n\n${TEXT.restoreAside}`, [
      TEXT.cancel,
      TEXT.restoreNow,
    ]);
    if (choice === TEXT.restoreNow) station.restore(file);
  }

  async function backUp(): Promise<void> {
    const { filePath, canceled } = await dialog.showSaveDialog({
      title: TEXT.backupTitle,
      defaultPath: 'shiftwright-backup.db',
      filters: [{ name: 'SQLite', extensions: ['db'] }],
    });
    if (!canceled && filePath && !station.tell({ kind: 'backup', file: filePath })) sayDown();
  }
}

const sayDown = (): void => void dialog.showMessageBox({ type: 'info', message: TEXT.stationDown });

const datedBackup = (backup: Backup): string =>
  backup ? TEXT.lastBackup(new Date(backup.at).toLocaleString()) : TEXT.noBackup;

/** Asks for one of the buttons; the first is the default, the last is what closing the box means. */
async function choose(message: string, detail: string, buttons: string[]): Promise<string | undefined> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message,
    detail,
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
  });
  return buttons[response];
}
