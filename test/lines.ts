/**
 * `npm run test:lines`: tests lines on a real mosquitto. Where the machine has none, Debian's is fetched into a folder of
 * its own; where that cannot be done, the tests are counted as skipped, never as passed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Fetched, fromDebian } from './support/from-debian.ts';

const PLACES = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'];

const installed = PLACES.find((path) => existsSync(path));
const found: Fetched | null =
  installed === undefined
    ? fromDebian('mosquitto', 'usr/sbin/mosquitto')
    : { program: installed, libraries: process.env['LD_LIBRARY_PATH'] ?? '' };
if (!found) console.log('No mosquitto is here and none could be fetched: the tests on a broker are skipped.');
const tests = spawnSync('vitest', ['run', '--project', 'lines', ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, ...(found && { MOSQUITTO: found.program, LD_LIBRARY_PATH: found.libraries }) },
});
process.exitCode = tests.status ?? 1;
