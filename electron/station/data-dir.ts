import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
  /** Key with which an ERP posts messages; kept in `erp.key`, to be copied to it. */
  readonly erpKey: string;
  /** Seals badges, PINs and anchors, so that the database alone neither gives them away nor makes them. */
  readonly lineKey: string;
}

/** Who only looks makes no folder: a wrong `--data` is then found, not filled. */
export function openDataDir(dir: string | undefined, options: { readonly: boolean }): DataDir {
  const root = resolve(dir ?? defaultDataDir());
  const inbox = join(root, 'inbox');
  if (!options.readonly) mkdirSync(inbox, { recursive: true, mode: 0o700 });
  return {
    root,
    database: join(root, 'shiftwright.db'),
    inbox,
    windowKey: options.readonly ? newKey() : keptKey(join(root, 'window.key')),
    erpKey: options.readonly ? newKey() : keptKey(join(root, 'erp.key')),
    lineKey: options.readonly ? readKey(join(root, 'line.key')) : keptKey(join(root, 'line.key')),
  };
}

const newKey = (): string => randomBytes(24).toString('base64url');

const readKey = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8').trim() : newKey());

/** The key that is kept, or a new one: also where a crash left half a file, for an empty key would open to everybody. */
function keptKey(file: string): string {
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (kept.length === newKey().length) return kept;
  const key = newKey();
  writeFileSync(`${file}.new`, key, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return key;
}
