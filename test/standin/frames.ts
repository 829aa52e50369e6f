import type { CDPSession } from 'playwright-core';
import { fromChromium } from './network.ts';
import { strict } from './strict.ts';

/** A frame of a page as the main process sees it; the same object as long as the frame lives. */
export interface Frame extends Pick<Electron.WebFrameMain, 'url' | 'frameTreeNodeId'> {
  readonly id: string;
  readonly parent: Frame | null;
}

/** The frames of one page and the isolated world in each, as Chromium tells them over its DevTools protocol. */
export async function followFrames(devtools: CDPSession, world: string) {
  const frames = new Map<string, { url: string } & Frame>();
  const worlds = new Map<number, string>();
  const frameOf = (id: string, parentId?: string): { url: string } & Frame => {
    const known = frames.get(id);
    if (known) return known;
    const parent = parentId === undefined ? null : frameOf(parentId);
    const frame = strict('WebFrameMain', {
      id,
      parent,
      url: 'about:blank',
      frameTreeNodeId: frames.size + 1,
    });
    frames.set(id, frame);
    return frame;
  };
  devtools.on('Page.frameAttached', ({ frameId, parentFrameId }) => void frameOf(frameId, parentFrameId));
  devtools.on('Page.frameNavigated', ({ frame: { id, parentId, url } }) => {
    frameOf(id, parentId).url = fromChromium(url);
  });
  devtools.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    frameOf(frameId).url = fromChromium(url);
  });
  devtools.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = context.auxData as { frameId: string };
    if (context.name === world) worlds.set(context.id, frameId);
  });
  devtools.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    worlds.delete(executionContextId),
  );
  devtools.on('Runtime.executionContextsCleared', () => worlds.clear());
  await devtools.send('Page.enable');
  await devtools.send('Runtime.enable');
  const { frameTree } = await devtools.send('Page.getFrameTree');
  const main = frameOf(frameTree.frame.id);
  return {
    main,
    all: (): readonly Frame[] => [...frames.values()],
    /** The frame that an execution context of the isolated world belongs to. */
    ofContext: (context: number): Frame | null => frames.get(worlds.get(context) ?? '') ?? null,
    /** The newest isolated world of a frame. */
    contextOf: (frame: Frame): number | null =>
      [...worlds].findLast(([, frameId]) => frameId === frame.id)?.[0] ?? null,
  };
}
