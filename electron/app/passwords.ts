import { type ScryptOptions, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Credential } from '#electron/store/store.ts';

/** Memory-hard as OWASP asks for: 32 MB and three passes, some tenths of a second outside the station's thread (S5). */
const COST = { n: 2 ** 15, r: 8, p: 3 } as const;
const LENGTH = 32;
const MEBIBYTE = 2 ** 20;

export async function hashPassword(password: string): Promise<Credential> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST, LENGTH);
  return { scheme: 'scrypt', ...COST, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

export async function isPassword(password: string, kept: Credential): Promise<boolean> {
  const hash = Buffer.from(kept.hash, 'base64');
  return timingSafeEqual(await derive(password, Buffer.from(kept.salt, 'base64'), kept, hash.length), hash);
}

/** Takes as long as a real check: how long an answer takes must not tell who has an account. */
export const wasteTime = async (password: string): Promise<void> =>
  void (await derive(password, Buffer.alloc(16), COST, LENGTH));

/** One at a time: a flood of attempts takes the memory of one. */
let turn: Promise<unknown> = Promise.resolve();

function derive(
  password: string,
  salt: Buffer,
  { n, r, p }: Pick<Credential, 'n' | 'r' | 'p'>,
  length: number,
): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r + MEBIBYTE };
  const mine = turn.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, length, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
  turn = mine.catch(() => undefined);
  return mine;
}
