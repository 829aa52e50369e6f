import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { monotonic } from './clock.ts';
import { workersEnded } from './reserve.ts';
import type { InstanceAnswer } from './instance-engine.ts';
import { type Progress, type SolveOptions, type SolveResult, solve } from './solve.ts';

/** Exit codes, those of the station's commands. */
const EXIT = { done: 0, failed: 1, usage: 2, refused: 3 } as const;

const HELP = `Usage: npm run solve -- --instance FILE [--time SECONDS] [--out FILE] [--json]

Solves an instance of a public format: job shop, flexible job shop, or plant; JSON, also as .gz or in a .zip.
Prints one JSON object; Ctrl-C ends the search with the best so far.

  --instance …    file of the instance
  --time …        seconds from the start of the program (default 10, with --iterations none)
  --iterations …  steps of each thread: the same seed and threads then give the same solution on any machine
  --target …      ends at this objective
  --threads …     threads that search (default: one per core)
  --seed …        seed of the search (default 1)
  --out …         file for the solution, as its judge reads it
  --json          nothing but the JSON object
  --help          print this

Exit codes: 0 done · 1 failed · 2 wrong usage · 3 the instance is refused`;

const OPTIONS = {
  instance: { type: 'string' },
  time: { type: 'string' },
  iterations: { type: 'string' },
  target: { type: 'string' },
  threads: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** A command that was called in a way it does not understand. */
class Usage extends Error {}

interface Asked extends SolveOptions {
  readonly instance: string;
  readonly out: string | undefined;
}

/** Runs the command; its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const isQuiet = argv.includes('--json');
  if (argv.includes('--help')) return print(HELP, EXIT.done);
  try {
    const asked = askedBy(argv);
    const result = await run(asked, isQuiet);
    const [answer] = (result.found ?? []) as readonly InstanceAnswer[];
    if (!answer) {
      const isRefused = result.ended === 'refused';
      const text = isRefused ? result.trouble : `No solution: ${result.trouble ?? 'none was found in time'}`;
      return complain(isQuiet, text ?? '', isRefused ? EXIT.refused : EXIT.failed);
    }
    if (asked.out !== undefined) writeFileSync(asked.out, answer.solution);
    return print(JSON.stringify(reportOf(answer.name, result)), EXIT.done);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Usage)) return complain(isQuiet, text, EXIT.failed);
    return complain(isQuiet, `${text} Try: npm run solve -- --help`, EXIT.usage);
  }
}

function askedBy(argv: readonly string[]): Asked {
  const { values } = parse(argv);
  const { instance, out } = values;
  if (instance === undefined) throw new Usage('Name the instance: --instance FILE.');
  const iterations = number('iterations', values.iterations, 1, true);
  const seconds = number('time', values.time, 0) ?? (iterations === undefined ? 10 : undefined);
  const target = number('target', values.target, -Infinity);
  const threads = number('threads', values.threads, 1, true);
  return {
    instance,
    out,
    seed: number('seed', values.seed, 0, true) ?? 1,
    limit: {
      ...(seconds === undefined ? {} : { seconds }),
      ...(iterations === undefined ? {} : { iterations }),
      ...(target === undefined ? {} : { target }),
    },
    ...(threads === undefined ? {} : { threads }),
    began: monotonic() - performance.now(),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true });
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error));
  }
}

function number(name: string, given: string | undefined, least: number, isWhole = false): number | undefined {
  if (given === undefined) return undefined;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isFinite(value) && value >= least && (!isWhole || Number.isSafeInteger(value))) return value;
  const what = `${isWhole ? 'a whole number' : 'a number'}${least > -Infinity ? ` of at least ${least}` : ''}`;
  throw new Usage(`--${name} takes ${what}, not “${given}”.`);
}

async function run(asked: Asked, isQuiet: boolean): Promise<SolveResult> {
  const { cancel, done } = solve(
    { engine: new URL('./instance-engine.ts', import.meta.url), input: asked.instance },
    asked,
    isQuiet ? {} : { progress: (progress) => void process.stderr.write(`${lineOf(progress)}\n`) },
  );
  // `on`, as npm passes on a Ctrl-C that the terminal has sent already: the second must not kill.
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  const result = await done;
  await workersEnded();
  return result;
}

function lineOf(progress: Progress): string {
  const { elapsedMs, objective, lowerBound, gap, phase, iterations, perSecond } = progress;
  return [
    `${(elapsedMs / 1000).toFixed(1)} s`,
    objective === null ? 'no solution yet' : `objective ${objective}`,
    ...(lowerBound === null ? [] : [`bound ${lowerBound}`]),
    ...(gap === null ? [] : [`gap ${(gap * 100).toFixed(2)} %`]),
    `${iterations} tried, ${perSecond.toFixed(0)}/s`,
    phase,
  ].join('  ');
}

const whole = (value: number | null): number | null => value && Math.round(value * 10) / 10;

const reportOf = (name: string, { progress, firstAt, bestAt, ended, trouble }: SolveResult) => ({
  name,
  objective: progress.objective,
  lowerBound: progress.lowerBound,
  firstFeasibleMs: whole(firstAt),
  timeToBestMs: whole(bestAt),
  iterations: progress.iterations,
  peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
  ended,
  trouble,
});

function print(text: string, exit: number): number {
  process.stdout.write(`${text}\n`);
  return exit;
}

function complain(isJson: boolean, text: string, exit: number): number {
  if (isJson) process.stdout.write(`${JSON.stringify({ ok: false, error: text, exit })}\n`);
  else process.stderr.write(`${text}\n`);
  return exit;
}
