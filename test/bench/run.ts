/**
 * `npm run bench -- [NAME…] [--flag …]`: runs test/bench/NAME.bench.ts with the flags, without a name all of them, one
 * after the other.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const args = process.argv.slice(2);
const firstFlag = args.findIndex((arg) => arg.startsWith('--'));
const [asked, flags] = firstFlag < 0 ? [args, []] : [args.slice(0, firstFlag), args.slice(firstFlag)];
const known = readdirSync('test/bench')
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
  .toSorted();
const unknown = asked.filter((name) => !known.includes(name));

if (unknown.length > 0 || known.length === 0) {
  console.error(`No such bench: ${unknown.join(', ') || '(none at all)'}.`);
  console.error(`There ${known.length === 1 ? 'is' : 'are'}: ${known.join(', ') || 'none yet'}.`);
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : known) {
    console.log(`▶ ${name}`);
    const { status } = spawnSync(process.execPath, [`test/bench/${name}.bench.ts`, ...flags], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
  }
}
