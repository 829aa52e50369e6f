import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Where the secrets of connections lie. They are in no log, no fact and no view. */
export interface Secrets {
  readonly get: (feed: string) => Promise<string | null>;
  readonly set: (feed: string, secret: string) => Promise<void>;
}

const Kept = z.record(z.string(), z.string());

/** A file that only its owner reads, in the folder of the database: where no keychain is. */
export function secretFile(dataDir: string): Secrets {
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
  return {
    get: async (feed) => (await all())[feed] ?? null,
    set: async (feed, secret) => {
      const text = JSON.stringify({ ...(await all()), [feed]: secret });
      await writeFile(`${file}.new`, text, { mode: 0o600 });
      await chmod(`${file}.new`, 0o600);
      await rename(`${file}.new`, file);
    },
  };
}
