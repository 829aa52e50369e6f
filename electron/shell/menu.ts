import type { MenuItemConstructorOptions } from 'electron';
import { TEXT } from './text.ts';

export interface MenuActions {
  readonly newWindow: () => void;
  readonly openDropFolder: () => void;
  readonly backUp: () => void;
  readonly restore: () => void;
  /** Runs a command of the page by its id, as the palette does. */
  readonly run: (command: string) => void;
  readonly openReadme: () => void;
  readonly openB2mml: () => void;
  readonly about: () => void;
}

/** The application menu. Undo and redo stay with the page, which knows whether a text or the plan is meant. */
export function menuOf(
  actions: MenuActions,
  platform: NodeJS.Platform,
  packaged: boolean,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: TEXT.file,
      submenu: [
        { label: TEXT.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
        { type: 'separator' },
        { label: TEXT.dropFolder, click: actions.openDropFolder },
        { label: TEXT.backup, click: actions.backUp },
        { label: TEXT.restore, click: actions.restore },
        { type: 'separator' },
        { role: mac ? 'close' : 'quit' },
      ],
    },
    {
      label: TEXT.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: TEXT.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        {
          label: TEXT.theme,
          accelerator: 'CmdOrCtrl+Shift+L',
          registerAccelerator: false, // the page hears the key itself
          click: () => actions.run('theme'),
        },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      label: TEXT.help,
      submenu: [
        { label: TEXT.readme, click: actions.openReadme },
        { label: TEXT.b2mml, click: actions.openB2mml },
        { label: TEXT.about, click: actions.about },
      ],
    },
  ];
}
