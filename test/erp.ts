/**
 * `npm run test:erp`: installs, starts and tests a real Odoo with the scripts in ../shared/erp, and stops it again.
 * Where they are absent or something cannot be had, the tests are counted as skipped, never as passed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SCRIPTS = '../shared/erp';
const script = (name: string, step: string) =>
  spawnSync('bash', [`${SCRIPTS}/${name}`, step], { stdio: 'inherit' }).status === 0;

/** Starts Odoo as a process group of its own: the script's `stop` ends only the shell around it. */
const odoo = { group: 0 };
const startOdoo = () => {
  const { pid, status } = spawnSync('setsid', ['bash', `${SCRIPTS}/odoo19.sh`, 'start'], {
    stdio: 'inherit',
  });
  odoo.group = pid;
  return status === 0;
};
const isUp =
  existsSync(SCRIPTS) &&
  script('pg.sh', 'install') &&
  script('pg.sh', 'start') &&
  script('odoo19.sh', 'install') &&
  script('odoo19.sh', 'reset') &&
  startOdoo();
/** An API key for the newer API, where this Odoo makes one. */
const keyOf = () => spawnSync('bash', [`${SCRIPTS}/odoo19.sh`, 'apikey'], { encoding: 'utf8' }).stdout.trim();
if (!isUp) console.log(`No Odoo could be started with ${SCRIPTS}: its tests are skipped.`);
const tests = spawnSync('vitest', ['run', '--project', 'erp', ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, ...(isUp && { ODOO_ADDRESS: 'http://127.0.0.1:8101', ODOO_KEY: keyOf() }) },
});
if (odoo.group > 0) spawnSync('kill', ['--', `-${odoo.group}`]);
if (existsSync(SCRIPTS)) script('pg.sh', 'stop');
process.exitCode = tests.status ?? 1;
