import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** No secret goes to another host than the one that it was entered for. */
export const ADDRESS_CHANGED =
  'The address is another one: enter the password again, so that it does not go to a host that it was not meant for.';

/** Where the secrets of connections lie. They are in no log, no fact and no view. */
export interface Secrets {
  readonly get: (feed: string) => Promise<string | null>;
  readonly set: (feed: string, secret: string) => Promise<void>;
  readonly remove: (feed: string) => Promise<void>;
}

/** Seals a secret and opens it again; null where that cannot be done. */
export interface Keychain {
  readonly seal: (secret: string) => Promise<string | null>;
  readonly open: (sealed: string) => Promise<string | null>;
}

/** Where no keychain is. */
const NONE: Keychain = { seal: async () => null, open: async () => null };

const Kept = z.record(
  z.string(),
  z.union([z.object({ plain: z.string() }), z.object({ sealed: z.string() })]),
);

/**
 * A file that only its owner reads, in the folder of the database: with secrets that the keychain has sealed, and plain
 * where there is no keychain.
 */
export function secretFile(dataDir: string, keychain: Keychain = NONE): Secrets {
  const file = join(dataDir, 'secrets.json');
  const all = async (): Promise<z.infer<typeof Kept>> => {
    try {
      return Kept.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {};
      throw new Error(
        `${file} cannot be read.\nMaybe remove it and enter the passwords of the connections again.`,
        { cause },
      );
    }
  };
  const read = async (feed: string): Promise<string | null> => {
    const kept = (await all())[feed];
    if (!kept) return null;
    return 'plain' in kept ? kept.plain : keychain.open(kept.sealed);
  };
  const write = async (kept: z.infer<typeof Kept>): Promise<void> => {
    await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
    await chmod(`${file}.new`, 0o600);
    await rename(`${file}.new`, file);
  };
  /** Asked once: a keychain may take its time, or ask the person. */
  const known = new Map<string, string>();
  return {
    get: async (feed) => {
      const opened = known.get(feed) ?? (await read(feed));
      if (opened !== null) known.set(feed, opened);
      return opened;
    },
    set: async (feed, secret) => {
      const sealed = await keychain.seal(secret);
      const kept = sealed === null ? { plain: secret } : { sealed };
      await write({ ...(await all()), [feed]: kept });
      known.set(feed, secret);
    },
    remove: async (feed) => {
      known.delete(feed);
      const { [feed]: gone, ...others } = await all();
      if (gone) await write(others);
    },
  };
}
