import { type Session, type WebContents, shell } from 'electron';
import { HOME, isOwnPage } from './own-page.ts';
import { mayOpenOutside } from './outside.ts';

/** Refuses every permission and every device, and downloads but those that our page makes itself (a CSV list). */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${HOME}`)) event.preventDefault();
  });
}

/** Keeps a page where it is: no navigation but a reload of itself, no frames, no new windows, no webviews. */
export function guardContents(contents: WebContents, lineUrl: () => string | null): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url, lineUrl())) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
