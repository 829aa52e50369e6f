/**
 * `npm test`: every gate, then every test, in the order in which they fail fastest. What each step prints is streamed;
 * the last line is `N passed, N failed` (and `, N skipped`), where a gate that fails counts as one failure.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const SILENCE_MS = 20_000;
const RESULTS = ['out/test-results.json', 'out/erp-results.json', 'out/lines-results.json'];

const steps: readonly { name: string; command: readonly string[] }[] = [
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['oxlint'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'build of the window', command: ['vite', 'build', '--logLevel', 'warn'] },
  {
    name: 'unit, story and end-to-end tests',
    command: [
      'vitest',
      'run',
      ...['unit', 'story', 'e2e'].flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${RESULTS[0]}`,
    ],
  },
  {
    name: 'tests on real ERPs',
    command: [
      'node',
      'test/erp.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${RESULTS[1]}`,
    ],
  },
  {
    name: 'tests of lines on a real broker',
    command: [
      'node',
      'test/lines.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${RESULTS[2]}`,
    ],
  },
];

/** Runs one step, says every 20 s of silence that it is still at it, and answers whether it went well. */
async function run(name: string, [program = '', ...args]: readonly string[]): Promise<boolean> {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  console.log(`▶ ${name}`);
  // On Windows the programs in node_modules/.bin are .cmd files, which only a shell starts.
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const beat = setInterval(() => console.log(`  … ${name}: ${seconds()}`), SILENCE_MS);
  child.stdout.on('data', (text: Buffer) => {
    beat.refresh();
    process.stdout.write(text);
  });
  child.stderr.on('data', (text: Buffer) => process.stderr.write(text));
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      console.error(String(error));
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  clearInterval(beat);
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds()})\n`);
  return ok;
}

/** The part of Vitest's JSON report that is counted. */
const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
type Report = z.infer<typeof Report>;

const reportIn = (results: string): Report => Report.parse(JSON.parse(readFileSync(results, 'utf8')));

/** What Vitest counted. A test file that broke before its first test is one failure, as is a missing report. */
function countedTests(results: string): { passed: number; failed: number; skipped: number } {
  try {
    const report = reportIn(results);
    const broken = report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch (error) {
    console.error(`No test report: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Files in which no test failed and the runner's own process died all the same, as JavaScript engines do now and then. */
function diedIn(results: string): string[] {
  const { testResults } = reportIn(results);
  return testResults
    .filter((file) => file.status === 'failed' && file.assertionResults.length > 0)
    .flatMap((file) => (file.assertionResults.some(({ status }) => status === 'failed') ? [] : file.name));
}

/** Runs those files once more, by themselves and for all to see, and puts what came of it into the report. */
async function runAgain(name: string, command: readonly string[], results: string): Promise<boolean> {
  const died = diedIn(results);
  if (died.length === 0) return false;
  console.log(`A process of the test runner died in ${died.join(', ')}: run once more.`);
  const again = results.replace('.json', '-again.json');
  rmSync(again, { force: true });
  const ok = await run(`${name}, once more`, [
    ...command.map((part) => part.replace(results, again)),
    ...died,
  ]);
  const [first, second] = [reportIn(results), reportIn(again)];
  const count = (report: Report, status: string, files: readonly string[]): number =>
    report.testResults
      .filter((file) => files.includes(file.name))
      .reduce((sum, file) => sum + file.assertionResults.filter((test) => test.status === status).length, 0);
  const merged: Report = {
    ...first,
    numPassedTests: first.numPassedTests - count(first, 'passed', died) + count(second, 'passed', died),
    numFailedTests: count(second, 'failed', died),
    numPendingTests: first.numPendingTests - count(first, 'pending', died) + count(second, 'pending', died),
    testResults: [
      ...first.testResults.filter((file) => !died.includes(file.name)),
      ...second.testResults.filter((file) => died.includes(file.name)),
    ],
  };
  writeFileSync(results, JSON.stringify(merged));
  return ok;
}

for (const results of RESULTS) rmSync(results, { force: true });
const failedGates: string[] = [];
let brokenRuns = 0;
for (const { name, command } of steps) {
  let ok = await run(name, command);
  const results = RESULTS.find((file) => command.some((part) => part.endsWith(file)));
  if (!ok && results !== undefined && countedTests(results).failed === 0)
    ok = await runAgain(name, command, results);
  // Vitest also fails without a failed test, e.g. for an unhandled rejection or when no test was found.
  if (!ok && results !== undefined && countedTests(results).failed === 0) brokenRuns += 1;
  if (!ok && results === undefined) failedGates.push(name);
}
const counts = RESULTS.map(countedTests);
const sum = (of: 'passed' | 'failed' | 'skipped') => counts.reduce((total, count) => total + count[of], 0);
const failures = failedGates.length + brokenRuns + sum('failed');
const skipped = sum('skipped');
if (failedGates.length > 0) console.log(`Failed besides the tests: ${failedGates.join(', ')}`);
console.log(`${sum('passed')} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failures === 0 ? 0 : 1;
