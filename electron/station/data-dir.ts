import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The user's data folder, as each operating system wants it. */
export function defaultDataDir(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32')
    return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Shiftwright');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Shiftwright');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'shiftwright');
}

/** Where a station keeps what is its own. */
export interface DataDir {
  readonly root: string;
  readonly database: string;
  /** Files that appear here are imported. */
  readonly inbox: string;
  /** Key of the window in a browser; the same over restarts, so that an open tab goes on. */
  readonly windowKey: string;
}

export function openDataDir(dir: string | undefined): DataDir {
  const root = resolve(dir ?? defaultDataDir());
  const inbox = join(root, 'inbox');
  mkdirSync(root, { recursive: true, mode: 0o700 });
  mkdirSync(inbox, { recursive: true, mode: 0o700 });
  const keyFile = join(root, 'window.key');
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return {
    root,
    database: join(root, 'shiftwright.db'),
    inbox,
    windowKey: readFileSync(keyFile, 'utf8').trim(),
  };
}
