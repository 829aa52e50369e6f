import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A program and where its own libraries lie. */
export interface Fetched {
  readonly program: string;
  readonly libraries: string;
}

/**
 * A program of one of Debian's packages, unpacked into a folder of its own under `out` (nothing is installed, no service is
 * started); null where the machine is no Debian or reaches no archive.
 */
export function fromDebian(name: string, path: string): Fetched | null {
  const folder = resolve('out', name);
  const program = join(folder, path);
  if (!existsSync(program) && !fetchInto(folder, name)) return null;
  const lib = join(folder, 'usr/lib');
  const libraries = existsSync(lib) ? readdirSync(lib).map((one) => join(lib, one)) : [];
  return { program, libraries: [lib, ...libraries].join(':') };
}

/** What apt would install, unpacked there. Its lists may be missing, which only root can mend. */
function fetchInto(folder: string, name: string): boolean {
  const wanted = (): string[] => {
    const simulated = ['-s', 'install', '--no-install-recommends', name];
    const { error, stdout } = spawnSync('apt-get', simulated, { encoding: 'utf8' });
    return error ? [] : [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, one = '']) => one);
  };
  let names = wanted();
  if (names.length === 0) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    names = wanted();
  }
  if (names.length === 0) return false;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const download = spawnSync('apt-get', ['download', ...names], { cwd: folder, stdio: 'ignore' });
  const archives = readdirSync(folder).filter((one) => one.endsWith('.deb'));
  const unpacked = archives.every(
    (one) => spawnSync('dpkg-deb', ['-x', one, '.'], { cwd: folder }).status === 0,
  );
  return download.status === 0 && unpacked;
}
