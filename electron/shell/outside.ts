/** The description of the B2MML files that the importer reads: the one place outside that Help leads to. */
export const B2MML_PAGE = 'https://github.com/MESAInternational/B2MML-BatchML';

/** Addresses that may be opened in the browser; a page below one of them too. */
const ALLOWED = [B2MML_PAGE];

const isBelow = (url: URL, allowed: string): boolean => {
  const base = new URL(allowed);
  return url.origin === base.origin && `${url.pathname}/`.startsWith(`${base.pathname}/`);
};

/**
 * Whether the browser may be sent there (S1): https on a fixed list, and the line pages that our own station serves on
 * this machine (`lineUrl` as the station told it, e.g. `http://127.0.0.1:4180/line`).
 */
export function mayOpenOutside(address: string, lineUrl: string | null): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (lineUrl !== null && isBelow(url, lineUrl)) return true;
  return url.protocol === 'https:' && ALLOWED.some((allowed) => isBelow(url, allowed));
}
