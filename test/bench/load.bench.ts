/**
 * Fifty line pages and twenty planners' windows at one station: until a report is acknowledged, until every window shows
 * it, whether any is lost or doubled, and how the station fares meanwhile. `--help` says what can be chosen.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { groupBy } from '#shared/base/group.ts';
import { preparePlant } from '#test/support/load/prepare.ts';
import { type LoadSoFar, runLoad } from '#test/support/load/run-load.ts';

const USAGE = `npm run bench -- load [--minutes 10] [--pages 50] [--windows 20] [--rate 20] [--tasks 10000]
                      [--profile DIR] [--save]

--minutes N    how long it reports
--pages N      line pages, one to a unit, those with the longest lists first
--windows N    planners' windows
--rate N       reports a second, over all pages
--tasks N      size of the plant
--profile DIR  a CPU profile of the station goes there
--save         the outcome becomes test/bench/results/load.json`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    pages: { type: 'string', default: '50' },
    windows: { type: 'string', default: '20' },
    rate: { type: 'string', default: '20' },
    tasks: { type: 'string', default: '10000' },
    profile: { type: 'string' },
    save: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [minutes, pages, windows, rate, tasks] = [
  values.minutes,
  values.pages,
  values.windows,
  values.rate,
  values.tasks,
].map(Number) as [number, number, number, number, number];
const EVERY = 30;

/** p50, p95 and the largest, in whole milliseconds. */
function spread(all: readonly number[]): { p50: number; p95: number; max: number } {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
const MB = 2 ** 20;
const words = ({ p50, p95, max }: ReturnType<typeof spread>): string =>
  `p50 ${p50}, p95 ${p95}, max ${max} ms`;

/** The three reports that took longest to acknowledge, with when they were sent. */
function slowestOf(answered: LoadSoFar['answered']): string[] {
  const [first] = answered.map(({ sent }) => sent).toSorted((a, b) => a - b);
  return answered
    .toSorted((a, b) => b.answered - b.sent - (a.answered - a.sent))
    .slice(0, 3)
    .map(({ report: { kind, unit }, sent, answered: at }) => {
      const seconds = Math.round((sent - (first ?? sent)) / 1000);
      return `${Math.round(at - sent)} ms: ${kind} of ${unit} at ${seconds} s`;
    });
}

function figuresOf({ answered, shown, fares, missed, reads, elapsed }: LoadSoFar) {
  const refused = answered.filter((one) => one.refused !== null);
  return {
    reports: answered.length - refused.length,
    perSecond: Math.round((answered.length / elapsed) * 10) / 10,
    refused: Object.fromEntries(
      [...groupBy(refused, (one) => `${one.report.kind} ${one.refused?.split(':')[0]}`)].map(([why, all]) => [
        why,
        all.length,
      ]),
    ),
    missed,
    reads,
    acknowledged: spread(answered.map(({ sent, answered: at }) => at - sent)),
    shown: spread(shown),
    slowest: slowestOf(answered),
    station: {
      rssMB: Math.round(Math.max(0, ...fares.map(({ rss }) => rss)) / MB),
      heapMB: Math.round((fares.at(-1)?.heap ?? 0) / MB),
      cpu: Math.round((fares.reduce((sum, { cpu }) => sum + cpu, 0) / fares.length) * 100) / 100,
      // What hardly depends on who else uses the machine; told once a second, in shares of it.
      cpuMsPerReport:
        Math.round((fares.reduce((sum, { cpu }) => sum + cpu, 0) * 10_000) / answered.length) / 10,
      delayP95: Math.round(spread(fares.map(({ delay }) => delay.p95)).p95),
      delayMax: Math.round(Math.max(0, ...fares.map(({ delay }) => delay.max))),
    },
  };
}

const data = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
try {
  const plant = await preparePlant(data, tasks, 4);
  console.log(
    `${plant.tasks} tasks on ${plant.units.length} lines, ${pages} pages, ${windows} windows, ${rate} reports a second`,
  );
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  const result = await runLoad({
    data,
    plant,
    pages,
    windows,
    rate,
    seconds: minutes * 60,
    node: values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
    watch: (so) => {
      if (Math.round(so.elapsed) % EVERY !== 0) return;
      const { reports, perSecond, acknowledged, shown, station } = figuresOf(so);
      console.log(
        `${Math.round(so.elapsed)} s  ${reports} reports (${perSecond}/s)  acknowledged ${words(acknowledged)}  shown ${words(shown)}  ${station.rssMB} MB, ${station.cpu} cores, ${station.cpuMsPerReport} ms CPU a report, delay p95 ${station.delayP95} ms`,
      );
    },
  });
  const { lost, doubled, unheard, unseen, boards, damage, failures } = result;
  const outcome = {
    ...figuresOf(result),
    lost: lost.length,
    doubled: doubled.length,
    unheard: unheard.length,
    unseen: unseen.length,
    boards,
    damage,
    failures: failures.length,
    clientsDelayP95: Math.round(own.percentile(95) / 1e6),
  };
  console.log(JSON.stringify(outcome, null, 2));
  if (failures.length > 0) console.log(failures.slice(0, 3).join('\n'));
  if (values.save) {
    const about = { tasks: plant.tasks, lines: plant.units.length, pages, windows, rate, minutes };
    const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`;
    writeFileSync(
      'test/bench/results/load.json',
      `${JSON.stringify({ machine, ...about, ...outcome }, null, 2)}\n`,
    );
  }
  const isWhole = lost.length + doubled.length + unheard.length + unseen.length === 0;
  if (!isWhole || boards !== 1 || damage !== null) process.exitCode = 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}
