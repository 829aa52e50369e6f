import { BrowserWindow, type IpcMainEvent, type WebContents } from 'electron';
import { isOwnPage } from './own-page.ts';

/** The window whose own page sent an IPC message; null for a frame inside it, a page that is not ours, a closed window. */
export function trustedSender(event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>): WebContents | null {
  const { sender, senderFrame } = event;
  if (senderFrame === null || sender.isDestroyed() || senderFrame !== sender.mainFrame) return null;
  if (BrowserWindow.fromWebContents(sender) === null || !isOwnPage(senderFrame.url)) return null;
  return sender;
}

/** Longest message to the station in characters: an import of 64 MB fits. */
const LONGEST = 80 * 1024 * 1024;

/** The one text that a message carries; null for anything else. */
export function textOf(args: readonly unknown[]): string | null {
  const [text] = args;
  return args.length === 1 && typeof text === 'string' && text.length <= LONGEST ? text : null;
}
