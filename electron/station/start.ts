import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './command-line.ts';
import { buildWindow, run } from './build-window.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ELECTRON = join(ROOT, 'node_modules/electron');

/** Electron's runtime, fetched when it is missing and can be; or why there is none. */
function electronRuntime(): { path: string } | { why: string } {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return { why: 'there is no desktop to open a window on' };
  }
  const installed = installedRuntime();
  if (installed) return { path: installed };
  process.stderr.write('Fetching the Electron runtime (once) …\n');
  const fetched = spawnSync(process.execPath, [join(ELECTRON, 'install.js')], {
    stdio: 'pipe',
    timeout: 300_000,
    encoding: 'utf8',
  });
  const path = installedRuntime();
  if (path) return { path };
  const reason = fetched.stderr.split('\n').find((line) => line.includes('Error')) ?? 'no answer';
  return { why: `its runtime is not here and could not be fetched (${reason.trim()})` };
}

/** Where Electron's own installer says that it put the runtime. */
function installedRuntime(): string | null {
  const pathFile = join(ELECTRON, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(ELECTRON, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** `npm start`: the workstation in Electron where that can run, in the browser where it cannot. The same station either way. */
async function start(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) return main(['serve', '--help']);
  const electron = electronRuntime();
  if ('why' in electron) {
    process.stderr.write(
      `No Electron window: ${electron.why}. Serving the workstation to the browser instead.\n`,
    );
    return main(['serve', ...args]);
  }
  await run(process.execPath, [`${ROOT}node_modules/electron-vite/bin/electron-vite.js`, 'build']);
  await buildWindow((text) => process.stderr.write(`${text}\n`));
  const child = spawn(electron.path, [ROOT, ...args], { stdio: 'inherit' });
  return await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

process.exitCode = await start(process.argv.slice(2));
