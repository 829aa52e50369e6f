/**
 * `npm run test:lines`: tests lines on a real mosquitto. Where the machine has none, Debian's packages are fetched into a
 * folder of their own (nothing is installed, no service is started); where that cannot be done, the tests are counted as
 * skipped, never as passed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PLACES = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'];
const FETCHED = resolve('out/mosquitto');

interface Found {
  readonly program: string;
  /** Where its own libraries lie. */
  readonly libraries: string;
}

function fetched(): Found | null {
  const program = join(FETCHED, 'usr/sbin/mosquitto');
  if (!existsSync(program) && !fetchFromDebian()) return null;
  const lib = join(FETCHED, 'usr/lib');
  const libraries = existsSync(lib) ? readdirSync(lib).map((name) => join(lib, name)) : [];
  return { program, libraries: [lib, ...libraries].join(':') };
}

/** What apt would install, unpacked here. Its lists may be missing, which only root can mend. */
function fetchFromDebian(): boolean {
  const wanted = (): string[] => {
    const simulated = ['-s', 'install', '--no-install-recommends', 'mosquitto'];
    const { error, stdout } = spawnSync('apt-get', simulated, { encoding: 'utf8' });
    return error ? [] : [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
  };
  let names = wanted();
  if (names.length === 0) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    names = wanted();
  }
  if (names.length === 0) return false;
  rmSync(FETCHED, { recursive: true, force: true });
  mkdirSync(FETCHED, { recursive: true });
  const download = spawnSync('apt-get', ['download', ...names], { cwd: FETCHED, stdio: 'ignore' });
  const archives = readdirSync(FETCHED).filter((name) => name.endsWith('.deb'));
  const unpacked = archives.every(
    (name) => spawnSync('dpkg-deb', ['-x', name, '.'], { cwd: FETCHED }).status === 0,
  );
  return download.status === 0 && unpacked;
}

const installed = PLACES.find((path) => existsSync(path));
const found: Found | null =
  installed === undefined
    ? fetched()
    : { program: installed, libraries: process.env['LD_LIBRARY_PATH'] ?? '' };
if (!found) console.log('No mosquitto is here and none could be fetched: the tests on a broker are skipped.');
const tests = spawnSync('vitest', ['run', '--project', 'lines', ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, ...(found && { MOSQUITTO: found.program, LD_LIBRARY_PATH: found.libraries }) },
});
process.exitCode = tests.status ?? 1;
