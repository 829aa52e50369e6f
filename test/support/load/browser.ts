import { WebSocket } from 'ws';
import type { Browser } from './copies.ts';

/** A browser as far as a line page needs one: a place to keep things, cookies, requests and streams to one station. */
export function lineBrowser(origin: string, closed: AbortSignal): Browser {
  const kept = new Map<string, string>();
  let cookie = '';
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...(init.headers as Record<string, string>), cookie };
    const response = await fetch(`${origin}${path}`, { ...init, headers, signal: closed });
    const [given] = response.headers.get('set-cookie')?.split(';') ?? [];
    if (given !== undefined) cookie = given;
    return response;
  };
  const local = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return { fetch: ask, localStorage: local, EventSource: streamsOver(ask) };
}

/** After a stream broke off a browser opens it anew so much later, in milliseconds. */
const REOPENS = 3000;

/** EventSource over `ask`, as far as a page uses it: Node's own sends no cookie. */
const streamsOver = (ask: (path: string) => Promise<Response>) =>
  class Stream extends EventTarget {
    static readonly CLOSED = 2;
    readyState = 0;
    #stop: (() => void) | null = null;

    constructor(path: string) {
      super();
      void this.#read(path);
    }

    close(): void {
      this.readyState = Stream.CLOSED;
      this.#stop?.();
    }

    async #read(path: string): Promise<void> {
      try {
        const response = await ask(path);
        if (!response.ok || !response.body) return this.close();
        this.readyState = 1;
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        this.#stop = () => void reader.cancel().catch(() => undefined);
        for (let part = await reader.read(); !part.done; part = await reader.read())
          for (const _ of part.value.matchAll(/event: changed/g)) this.dispatchEvent(new Event('changed'));
      } catch {
        // Broken off, which is told below.
      }
      if (this.readyState === Stream.CLOSED) return;
      this.readyState = 0;
      this.dispatchEvent(new Event('error'));
      setTimeout(() => this.readyState !== Stream.CLOSED && void this.#read(path), REOPENS).unref();
    }
  };

/** A browser as far as a planner's window needs one; the address carries the key of the window. */
export function windowBrowser(address: string, closed: AbortSignal): Browser {
  const { host, protocol, searchParams } = new URL(address);
  const headers = { cookie: `shiftwright-window=${searchParams.get('key')}` };
  return {
    window: {},
    location: { host, protocol },
    // Called with `new`, which gives what it returns; after the end a window that would come back hears nothing more.
    WebSocket: function (url: string): EventTarget | WebSocket {
      if (closed.aborted) return new EventTarget();
      const socket = new WebSocket(url, { headers });
      socket.on('error', () => undefined); // `close` follows
      closed.addEventListener('abort', () => socket.terminate());
      return socket;
    },
  };
}
