import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Written last. */
const BUILT = join(ROOT, 'out/renderer/kiosk.html');

/** Builds the window and the line page when it is missing or older than its sources; takes a few seconds the first time. */
export async function buildWindow(tell: (text: string) => void): Promise<void> {
  const built = existsSync(BUILT) ? statSync(BUILT).mtimeMs : 0;
  if (built > (await newest(['renderer', 'shared', 'package-lock.json', 'vite.config.ts']))) return;
  tell('Building the window (once, a few seconds) …');
  const vite = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'];
  await run(process.execPath, vite);
  await run(process.execPath, [...vite, '--mode', 'line']);
}

async function newest(paths: readonly string[]): Promise<number> {
  let latest = 0;
  for (const path of paths) {
    const entry = await stat(join(ROOT, path));
    latest = Math.max(latest, entry.mtimeMs);
    if (!entry.isDirectory()) continue;
    for (const file of await readdir(join(ROOT, path), { recursive: true, withFileTypes: true })) {
      if (file.isFile()) latest = Math.max(latest, (await stat(join(file.parentPath, file.name))).mtimeMs);
    }
  }
  return latest;
}

export function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Whoever builds for a test builds what is shipped all the same.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.join(' ')} ended with ${code}.`)),
    );
  });
}
