import type { BrowserContext, Request as PageRequest } from 'playwright-core';
import { must } from '#shared/base/must.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** What `protocol.handle` was given, by scheme. */
export const protocolHandlers = new Map<string, Handler>();
/** What `protocol.registerSchemesAsPrivileged` was given. */
export const privilegedSchemes: Electron.CustomScheme[] = [];

/** Ending of the https hosts that stand for an own scheme: real Chromium opens pages of schemes that it knows. */
const ENDING = '.scheme.test';

/** `shiftwright://app/x` as real Chromium can open it: `https://app.shiftwright.scheme.test/x`. */
export function toChromium(address: string): string {
  const url = new URL(address);
  const scheme = url.protocol.slice(0, -1);
  if (!protocolHandlers.has(scheme)) return address;
  return `https://${url.host}.${scheme}${ENDING}${url.pathname}${url.search}${url.hash}`;
}

/** The way back; an address that stands for itself stays. */
export function fromChromium(address: string): string {
  const url = URL.parse(address);
  if (!url?.host.endsWith(ENDING)) return address;
  const names = url.host.slice(0, -ENDING.length).split('.');
  const scheme = must(names.pop(), 'The scheme');
  return `${scheme}://${names.join('.')}${url.pathname}${url.search}${url.hash}`;
}

/** Every request of the windows: own schemes are answered by their handler, there is no other network. */
export async function intercept(
  context: BrowserContext,
  mayGo: (request: PageRequest, url: string) => boolean,
): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const url = fromChromium(request.url());
    if (request.isNavigationRequest() && !mayGo(request, url)) return route.abort('aborted');
    const handler = protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) return route.abort('addressunreachable');
    const response = await handler(new Request(url, { method: request.method() }));
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
}
