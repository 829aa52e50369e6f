import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { type Frame, followFrames } from './frames.ts';
import { toChromium } from './network.ts';
import { wire } from './wire.ts';
import { pageWorld, preloadWorld } from './worlds.ts';

const WORLD = 'Electron Isolated Context';
const { encode, decode } = wire();

export interface PageEvents {
  readonly ipc: (frame: Frame | null, channel: string, args: readonly unknown[]) => void;
  readonly opens: (url: string) => void;
}

/** A real Chromium page with a preload in an isolated world. */
export interface PreloadedPage {
  readonly page: Page;
  readonly mainFrame: Frame;
  readonly frames: () => readonly Frame[];
  readonly load: (url: string) => Promise<void>;
  /** IPC to the preload of the main frame; lost while there is none, as in Electron. */
  readonly send: (channel: string, args: readonly unknown[]) => void;
  /** IPC from a frame, past any preload: what a frame would send if it had got hold of the wire. */
  readonly sendFrom: (frame: Frame, channel: string, args: readonly unknown[]) => Promise<void>;
}

export async function openPreloadedPage(
  context: BrowserContext,
  preload: string,
  events: PageEvents,
): Promise<PreloadedPage> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const secret = randomBytes(16).toString('hex');
  const binding = `ipc${secret}`;
  const frames = await followFrames(devtools, WORLD);

  devtools.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== binding) return;
    const { channel, args } = decode(payload) as { channel: string; args: unknown[] };
    events.ipc(frames.ofContext(executionContextId), channel, args);
  });
  devtools.on('Page.windowOpen', ({ url }) => events.opens(url));
  page.on('popup', (popup) => void popup.close());

  await devtools.send('Runtime.addBinding', { name: binding, executionContextName: WORLD });
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `(${pageWorld.toString()})(${JSON.stringify(secret)});`,
  });
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: WORLD,
    source: `(${preloadWorld.toString()})({
      secret: ${JSON.stringify(secret)},
      binding: ${JSON.stringify(binding)},
      wire: (${wire.toString()})(),
      preload: (require, module, exports) => {${await readFile(preload, 'utf8')}\n},
    });`,
  });

  const evaluate = async (frame: Frame, expression: string): Promise<void> => {
    const contextId = frames.contextOf(frame);
    if (contextId === null) return;
    const { exceptionDetails } = await devtools.send('Runtime.evaluate', { contextId, expression });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  };
  return {
    page,
    mainFrame: frames.main,
    frames: frames.all,
    load: async (url) => void (await page.goto(toChromium(url))),
    send: (channel, args) => {
      const text = JSON.stringify(encode({ channel, args }));
      evaluate(frames.main, `standin.deliver(${text})`).catch(() => undefined); // the page went meanwhile
    },
    sendFrom: (frame, channel, args) =>
      evaluate(frame, `standin.send(${[channel, ...args].map((part) => JSON.stringify(part)).join(', ')})`),
  };
}
