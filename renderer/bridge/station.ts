import { openChannel } from './channel.ts';
import { type Client, createClient } from './client.ts';

/** 128 random bits; `crypto.randomUUID` does not exist on a page served over plain http to another machine. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(16).padStart(8, '0')).join(
    '',
  );

/** The one station of this window. */
export const station: Client = createClient({
  open: openChannel,
  newKey,
  later(work, millis) {
    const timer = setTimeout(work, millis);
    return () => clearTimeout(timer);
  },
});
