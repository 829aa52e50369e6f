/**
 * How good the solver is on the public sets: every instance with several seeds, each as a process of its own as
 * `npm run solve` runs it, every solution judged by code of its own. Prints per family the mean gap to the best known
 * beside the goal and the committed last results.
 *
 *     npm run bench -- solver [--quick] [--families ta21-30,mk] [--time 10,60] [--seeds 3] [--threads 2]
 *                             [--instances DIR] [--resume] [--save]
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readInstance } from '#electron/solving/instance-file.ts';
import { FAMILIES, type Family, type Instance, instancesIn, isPlant } from './families.ts';
import { judgePlant } from './judge-plant.ts';
import { judgeShop } from './judge-shop.ts';

/** One run of one instance. */
interface Measured {
  readonly objective: number;
  readonly firstFeasibleMs: number;
  readonly timeToBestMs: number;
  readonly peakMemoryMB: number;
}

/** What a family came to in so many seconds. */
interface Row {
  readonly family: string;
  readonly seconds: number;
  readonly threads: number;
  readonly seeds: number;
  readonly instances: number;
  /** Mean gap to the best known in percent, null where none is known; for plants the mean of the median objectives. */
  readonly result: number | null;
  readonly goal: number | null;
  /** The slowest first solution, in milliseconds. */
  readonly firstFeasibleMs: number;
  readonly peakMemoryMB: number;
  /** On how many instances the mean is no worse than native CP-SAT's ten minutes. */
  readonly noWorseThanCpSat: string | null;
  /** What measured it, and where. */
  readonly command: string;
  readonly machine: string;
}

interface Results {
  readonly rows: readonly Row[];
  /** Objectives by `instance seconds`, one per seed. */
  readonly objectives: Readonly<Record<string, readonly number[]>>;
}

const RESULTS = 'test/bench/results/solver.json';
/** What was measured so far, so that a long bench that was stopped can go on with --resume. */
const SO_FAR = 'out/bench-solver.json';

const USAGE = `npm run bench -- solver [--quick] [--families ta21-30,mk] [--time 10,60] [--seeds 3] [--threads 2]
                        [--instances DIR] [--resume] [--save]

Families: ${FAMILIES.map(({ name }) => name).join(', ')}.`;

const { values: flags } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    families: { type: 'string' },
    time: { type: 'string' },
    seeds: { type: 'string' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    instances: { type: 'string', default: '../shared/instances' },
    resume: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
});
const machine = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}`;
const threads = Number(flags.threads);
const seeds = Number(flags.seeds ?? (flags.quick ? 1 : 3));
const asked = flags.families?.split(',') ?? FAMILIES.map(({ name }) => name);

async function measureAll(): Promise<void> {
  const found = instancesIn(flags.instances);
  const unknown = asked.filter((name) => FAMILIES.every((family) => family.name !== name));
  if (unknown.length > 0) throw new RangeError(`There is no family ${unknown.join(', ')}.`);
  const work = [...found]
    .filter(([{ name }]) => asked.includes(name))
    .map(([family, all]) => ({ family, instances: flags.quick ? all.slice(0, 2) : all }))
    .flatMap(({ family, instances }) => timesOf(family).map((seconds) => ({ family, seconds, instances })));
  const most = work.reduce((sum, { instances, seconds }) => sum + instances.length * seconds * seeds, 0);
  console.log(`${machine}; ${threads} threads, ${seeds} seeds; at most ${Math.ceil(most / 60)} min`);
  // Made by an install; one that is older than its sources is not used, and every solve would start later.
  execFileSync(process.execPath, ['electron/solving/bundle.js'], { stdio: 'inherit' });
  if (!flags.resume) rmSync(SO_FAR, { force: true });
  const runs = existsSync(SO_FAR)
    ? (JSON.parse(readFileSync(SO_FAR, 'utf8')) as Record<string, Measured>)
    : {};
  const rows: Row[] = [];
  for (const { family, seconds, instances } of work) {
    for (const instance of instances) await measureInstance(family, instance, seconds, runs);
    const row = rowOf(family, seconds, instances, runs);
    console.log(`= ${row.family} in ${seconds} s: ${textOf(row.result)} (goal ${textOf(row.goal)})`);
    rows.push(row);
  }
  print(rows);
  if (flags.save) save(rows, runs);
}

/** Seconds that a family is measured for: those of its goals, unless asked otherwise. */
function timesOf({ goals }: Family): number[] {
  if (flags.time) return flags.time.split(',').map(Number);
  if (flags.quick) return [2];
  return Object.keys(goals).length > 0 ? Object.keys(goals).map(Number) : [10];
}

const keyOf = (instance: Instance, seconds: number, seed: number): string =>
  `${instance.name} ${seconds} ${threads} ${seed}`;

async function measureInstance(
  family: Family,
  instance: Instance,
  seconds: number,
  runs: Record<string, Measured>,
): Promise<void> {
  const own: Measured[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const key = keyOf(instance, seconds, seed);
    const run = runs[key] ?? (await measure(family, instance, seconds, seed));
    runs[key] = run;
    own.push(run);
    mkdirSync('out', { recursive: true });
    writeFileSync(SO_FAR, JSON.stringify(runs));
  }
  const objectives = own.map(({ objective }) => objective).join(' ');
  const last = Math.max(...own.map(({ timeToBestMs }) => timeToBestMs));
  console.log(
    `  ${instance.name.padEnd(22)} ${String(seconds).padStart(3)} s  ${objectives}  best known ${instance.bestKnown ?? '?'}  last found after ${(last / 1000).toFixed(1)} s`,
  );
}

/** One process of the command line; throws where it fails or where its solution is not what it says. */
async function measure(family: Family, instance: Instance, seconds: number, seed: number): Promise<Measured> {
  const out = join(tmpdir(), `shiftwright-bench-${process.pid}.json`);
  const target = instance.isOptimal ? ['--target', String(instance.bestKnown)] : [];
  const limits = `--time ${seconds} --threads ${threads} --seed ${seed}`.split(' ');
  const files = ['--instance', instance.file, '--out', out];
  const told = await outputOf(['electron/solving/cli.js', '--json', ...files, ...limits, ...target]);
  const measured = JSON.parse(told) as Measured & { readonly error?: string };
  if (measured.error !== undefined) throw new Error(`${instance.name}: ${measured.error}`);
  const solution: unknown = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(out);
  const judge = isPlant(family) ? judgePlant : judgeShop;
  const judged = judge(readInstance(instance.file), solution);
  if (Math.abs(judged - measured.objective) > 1e-6 * judged)
    throw new Error(
      `${instance.name}: the objective is ${judged}, not ${measured.objective} as the solver says.`,
    );
  const { firstFeasibleMs, timeToBestMs, peakMemoryMB } = measured;
  return { objective: judged, firstFeasibleMs, timeToBestMs, peakMemoryMB };
}

function outputOf(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}

function rowOf(
  family: Family,
  seconds: number,
  instances: readonly Instance[],
  runs: Readonly<Record<string, Measured>>,
): Row {
  const of = (instance: Instance): Measured[] =>
    Array.from({ length: seeds }, (_, k) => runs[keyOf(instance, seconds, k + 1)]).filter(
      (run) => run !== undefined,
    );
  const values = instances.map((instance) => of(instance).map(({ objective }) => objective));
  const result = isPlant(family)
    ? mean(values.map(median))
    : mean(
        instances.flatMap(({ bestKnown }, k) =>
          bestKnown === null ? [] : [(mean(values[k] ?? []) / bestKnown - 1) * 100],
        ),
      );
  const rivals = instances.map(({ cpSat }, k) => ({ cpSat, own: mean(values[k] ?? []) }));
  const known = rivals.filter(({ cpSat }) => cpSat !== null);
  const all = instances.flatMap(of);
  return {
    family: family.name,
    seconds,
    threads,
    seeds,
    instances: instances.length,
    result: Number.isNaN(result) ? null : Math.round(result * 1000) / 1000,
    goal: family.goals[seconds] ?? null,
    firstFeasibleMs: Math.max(...all.map(({ firstFeasibleMs }) => firstFeasibleMs)),
    peakMemoryMB: Math.max(...all.map(({ peakMemoryMB }) => peakMemoryMB)),
    noWorseThanCpSat:
      known.length === 0
        ? null
        : `${known.filter(({ cpSat, own }) => own <= (cpSat ?? 0)).length}/${known.length}`,
    command: `npm run bench -- ${['solver', ...process.argv.slice(2)].join(' ')}`,
    machine,
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

const textOf = (value: number | null): string => (value === null ? '–' : String(value));

const committed = (): Results | null =>
  existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : null;

function print(rows: readonly Row[]): void {
  const last = committed();
  console.table(
    rows.map((row) => {
      const before = last?.rows.find((one) => one.family === row.family && one.seconds === row.seconds);
      const { result, goal } = row;
      const isReached = goal === null || result === null ? '' : result <= goal ? 'reached' : 'missed';
      return {
        family: row.family,
        instances: row.instances,
        seconds: row.seconds,
        'gap % (plant: objective)': result ?? '',
        goal: goal ?? '',
        '': isReached,
        committed: before?.result ?? '',
        'first ms': row.firstFeasibleMs,
        'peak MB': row.peakMemoryMB,
        'no worse than CP-SAT 10 min': row.noWorseThanCpSat ?? '',
      };
    }),
  );
  for (const told of new Set(last?.rows.map((row) => `${row.command} on ${row.machine}`)))
    console.log(`Committed: ${told}`);
}

/** Replaces the rows that were measured, keeps the others. */
function save(rows: readonly Row[], runs: Readonly<Record<string, Measured>>): void {
  const last = committed();
  const isNew = (old: Row): boolean =>
    rows.some(({ family, seconds }) => family === old.family && seconds === old.seconds);
  const objectives: Record<string, number[]> = {};
  for (const [key, { objective }] of Object.entries(runs)) {
    const [name, seconds] = key.split(' ');
    (objectives[`${name} ${seconds}`] ??= []).push(objective);
  }
  const order = FAMILIES.map(({ name }) => name);
  const results: Results = {
    rows: [...(last?.rows ?? []).filter((old) => !isNew(old)), ...rows].toSorted(
      (a, b) => order.indexOf(a.family) - order.indexOf(b.family) || a.seconds - b.seconds,
    ),
    objectives: { ...last?.objectives, ...objectives },
  };
  mkdirSync('test/bench/results', { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
  console.log(`Saved to ${RESULTS}.`);
}

if (flags.help) console.log(USAGE);
else if (existsSync(flags.instances)) await measureAll();
else console.log(`SKIPPED: there are no instances in ${flags.instances}. Name their folder: --instances DIR`);
