import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { must } from '#shared/base/must.ts';
import { appRecord } from './app.ts';
import { openIn } from './windows.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Builds the shell as `npm start` does, and the window unless `npm test` has done it already. */
function build(): void {
  const node = (script: string, ...args: string[]) =>
    execFileSync(process.execPath, [resolve(ROOT, 'node_modules', script), ...args], {
      cwd: ROOT,
      stdio: 'pipe',
    });
  if (!existsSync(resolve(ROOT, 'out/renderer/index.html'))) node('vite/bin/vite.js', 'build');
  node('electron-vite/bin/electron-vite.js', 'build');
}

/**
 * Runs the built shell (out/main/main.js) on the stand-in. The test file says
 * `vi.mock('electron', () => import('#test/standin/electron.ts'))` before it.
 */
export async function startShell(
  browser: Browser,
  data: string,
  more: readonly string[] = [],
): Promise<void> {
  build();
  openIn(browser, {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  });
  appRecord.paths.set('userData', resolve(data, 'electron'));
  process.argv = [must(process.argv[0], 'The program'), ROOT, '--data', data, '--port', '0', ...more];
  await import(pathToFileURL(resolve(ROOT, 'out/main/main.js')).href);
}
