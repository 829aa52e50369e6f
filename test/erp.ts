/**
 * `npm run test:erp`: installs, starts and tests a real Odoo and a real Tryton with the scripts in ../shared/erp, and stops
 * them again. Where those are absent or one of the two cannot be had, its tests are counted as skipped, never as passed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SCRIPTS = '../shared/erp';
const script = (name: string, step: string): boolean =>
  spawnSync('bash', [`${SCRIPTS}/${name}`, step], { stdio: 'inherit' }).status === 0;

/** Process groups of the ERPs: a script's `stop` ends only the shell around them. */
const groups: number[] = [];
const start = (name: string): boolean => {
  const { pid, status } = spawnSync('setsid', ['bash', `${SCRIPTS}/${name}`, 'start'], { stdio: 'inherit' });
  groups.push(pid);
  return status === 0;
};

interface Erp {
  readonly name: string;
  readonly start: () => boolean;
  /** What its tests find it by. */
  readonly env: () => Record<string, string>;
}

const ERPS: readonly Erp[] = [
  {
    name: 'Odoo',
    start: () =>
      script('pg.sh', 'install') &&
      script('pg.sh', 'start') &&
      script('odoo19.sh', 'install') &&
      script('odoo19.sh', 'reset') &&
      start('odoo19.sh'),
    env: () => {
      // An API key for the newer API, where this Odoo makes one.
      const key = spawnSync('bash', [`${SCRIPTS}/odoo19.sh`, 'apikey'], { encoding: 'utf8' });
      return { ODOO_ADDRESS: 'http://127.0.0.1:8101', ODOO_KEY: key.stdout.trim() };
    },
  },
  {
    name: 'Tryton',
    start: () => script('tryton6.sh', 'install') && script('tryton6.sh', 'init') && start('tryton6.sh'),
    env: () => ({ TRYTON_ADDRESS: 'http://127.0.0.1:8100' }),
  },
];

const found: Record<string, string> = {};
for (const erp of ERPS) {
  if (existsSync(SCRIPTS) && erp.start()) Object.assign(found, erp.env());
  else console.log(`No ${erp.name} could be started with ${SCRIPTS}: its tests are skipped.`);
}
const tests = spawnSync('vitest', ['run', '--project', 'erp', ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, ...found },
});
for (const group of groups) spawnSync('kill', ['--', `-${group}`]);
if (existsSync(SCRIPTS)) script('pg.sh', 'stop');
process.exitCode = tests.status ?? 1;
