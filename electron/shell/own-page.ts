/** Scheme and host of the window's page: an origin of its own, so that file: and the network stay closed to it. */
export const SCHEME = 'shiftwright';
export const HOST = 'app';
export const HOME = `${SCHEME}://${HOST}/`;

/** Whether an address is the window's page itself, wherever in it (`#/orders`) the planner is. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${SCHEME}:` &&
    url.host === HOST &&
    url.username === '' &&
    url.password === '' &&
    (url.pathname === '/' || url.pathname === '/index.html')
  );
}
