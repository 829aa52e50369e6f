import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#electron/store/store.ts';
import { randomFrom } from '#solver/run/random.ts';
import { Disk, type Step, recordedSteps, strace, straceArgs } from '#test/support/recorded-disk.ts';
import { marksIn, marksOf } from './numbered-commands.ts';

const CHILD = fileURLToPath(new URL('reliability-child.ts', import.meta.url));
const RECORDER = strace();
/** Enough for the write-ahead log to be carried over into the database several times. */
const COMMANDS = 150;
/** SHIFTWRIGHT_IMAGES=400 looks at what is promised; the default keeps the tests short. */
const IMAGES = Number(process.env['SHIFTWRIGHT_IMAGES'] ?? 40);

let folder: string;
let steps: Step[];

/** What a station does to its disk while it acknowledges so many commands. */
async function recorded(recorder: string, file: string): Promise<Step[]> {
  const trace = join(folder, 'trace');
  const station = spawn(recorder, straceArgs(trace, process.execPath, CHILD, 'commands', file, '1'), {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // so that the station ends with its recorder
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    station.on('exit', () => reject(new Error(`The station ended by itself after: ${said}`)));
    station.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes(`\n${COMMANDS} done\n`)) resolve();
    });
  });
  const gone = new Promise((resolve) => station.on('close', resolve));
  process.kill(-(station.pid ?? 0), 'SIGKILL');
  await gone;
  return recordedSteps(trace, join(folder, 'recorded'));
}

/** The station's own folder as it is found after the power failed at a step, and what had been acknowledged by then. */
function imageAt(
  last: number,
  random: () => number,
  isLie: (file: string) => boolean,
): { acknowledged: number; file: string } {
  const disk = new Disk(isLie);
  let acknowledged = 0;
  for (const step of steps.slice(0, last)) {
    disk.do(step);
    if (step.kind === 'said') acknowledged = Number(/^(\d+) done/.exec(step.text)?.[1] ?? acknowledged);
  }
  const image = join(folder, 'image');
  rmSync(image, { recursive: true, force: true });
  mkdirSync(image);
  for (const [name, bytes] of disk.afterPowerLoss(random))
    if (/\.db(-wal|-journal)?$/.test(name)) writeFileSync(join(image, name), bytes);
  return { acknowledged, file: join(image, 'plant.db') };
}

describe.skipIf(RECORDER === null)('when the power fails', () => {
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'shiftwright-power-')));
    mkdirSync(join(folder, 'recorded'));
    steps = await recorded(RECORDER ?? '', join(folder, 'recorded', 'plant.db'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    `[R2] every acknowledged command survives it at any moment, none half (${IMAGES} images of the disk)`,
    { timeout: 20_000 + IMAGES * 3000 },
    async () => {
      for (let image = 0; image < IMAGES; image += 1) {
        const random = randomFrom(image);
        const last = Math.floor(random() * steps.length);
        const { acknowledged, file } = imageAt(last, random, () => false);
        const store = await openStore(file);
        const marks = await marksIn(store);
        const { problem } = await store.verify();
        await store.close();
        // The last one may have been committed and not answered yet.
        const committed = marks.events.length > acknowledged ? acknowledged + 1 : acknowledged;
        expect({ image, last, problem, marks }).toEqual({
          image,
          last,
          problem: null,
          marks: marksOf(committed),
        });
      }
    },
  );

  test('[R2] the images tell: on a disk that lies about what it has synced, acknowledged commands are lost', async () => {
    let lost = 0;
    for (let image = 0; image < 10; image += 1) {
      const random = randomFrom(image);
      const last = Math.floor((0.5 + random() / 2) * steps.length);
      const { acknowledged, file } = imageAt(last, random, (name) => name.endsWith('-wal'));
      const committed = await openStore(file).then(
        async (store) => {
          const { events } = await marksIn(store);
          await store.close();
          return events.length;
        },
        () => 0, // what cannot even be opened
      );
      if (committed < acknowledged) lost += 1;
    }
    expect(lost).toBeGreaterThan(0);
  });
});
