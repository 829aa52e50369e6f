/**
 * [R7] Garbage in. `FUZZ_RUNS=10000 npx vitest run test/unit/app/fuzz.test.ts` is the whole promise; without it a few
 * hundred keep the ordinary run short.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFiles } from '#electron/app/import-files.ts';
import { generatePlant } from '#electron/demo/generate.ts';
import { checkRecord } from '#electron/erp/check-record.ts';
import type { SourcedRecord } from '#electron/erp/decoded.ts';
import { stageImport } from '#electron/erp/stage.ts';
import { worldOf } from '#electron/erp/world.ts';
import { type Plant, RECORDS, RECORD_KINDS } from '#shared/domain/plant.ts';
import { SMALL_PLANT, ordersCsv } from '#test/support/small-shop.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';
import { type TestCell, workbookParts, zipped } from '#test/support/workbook.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 200);

interface Source {
  readonly name: string;
  /** Parts of a workbook, or the one text of another file. */
  readonly parts: Readonly<Record<string, string>>;
}

const CSV: Readonly<Record<string, string>> = {
  ...SMALL_PLANT,
  'orders.csv': ordersCsv('A', 'B', 'C Held'),
  'materials.csv': 'id,uom,name\nsugar,kg,Sugar\nsalt,g,Salt\n',
  'lots.csv':
    'id,material,quantity,disposition,expires\nL1,sugar,5 kg,UnRestricted,2027-01-01\nL2,salt,500,Restricted,\n',
  'downtimes.csv': 'equipment,start,end,reason\nM1,2026-11-23T09:00:00Z,2026-11-23T10:00:00Z,belt\n',
  'calendars.csv':
    'id,zone,shift,days,from,to,breaks\nC1,Europe/Berlin,early,1-5,06:00,14:00,09:00-09:15\nC1,Europe/Berlin,late,1-5,14:00,22:00,\n',
  'changeovers.csv': 'matrix,from,to,minutes\nX,a,b,30\nX,b,a,45\n',
  'execution.csv': 'unit,task,started,finished,good\nM1,A/mix,2026-11-23T07:00:00Z,2026-11-23T08:00:00Z,10\n',
};

/** Whole messages of a few nouns, without an id of their own: a repeat is then no repeat. */
const XML: readonly Source[] = generatePlant({ orders: 6, seed: 3, start: '2026-11-23' })
  .filter(({ name }) => name.endsWith('.xml'))
  .map(({ name, text }) => {
    const [head = '', ...nouns] = text.replace(/<BODID>.*<\/BODID>/, '').split(/(?=^ {6}<[A-Z])/m);
    const end = text.slice(text.lastIndexOf('    </'));
    return { name, parts: { '': head + nouns.slice(0, Math.min(5, nouns.length - 1)).join('') + end } };
  });

const rowsOf = (csv: string): TestCell[][] =>
  csv
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)));
const XLSX: readonly Source[] = Object.entries(CSV).map(([name, text]) => ({
  name: name.replace('.csv', '.xlsx'),
  parts: workbookParts({
    [name.replace('.csv', '')]: rowsOf(text),
    materials: rowsOf(CSV['materials.csv'] ?? ''),
  }),
}));
const SOURCES: readonly Source[] = [
  ...XML,
  ...Object.entries(CSV).map(([name, text]) => ({ name, parts: { '': text } })),
  ...XLSX,
];

const absurd = fc.oneof(
  fc.constantFrom(
    '',
    '-1',
    '1e999',
    '1e300',
    '0',
    'PT',
    'P1Y',
    '2026-13-45',
    '9999-12-31',
    '0000-01-01T00:00:00',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '=1+1',
    'A|B|',
    '1,5',
    '10 bushel',
    '<',
    '&',
    '"',
    '\u0000',
    '\uFFFD',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
/** Where in a text, in ten-thousandths: all places alike. */
const place = fc.nat(9999);
const index = (text: string, where: number): number => Math.floor((where / 10_000) * text.length);

/** What may happen to a text on its way. */
const damage = fc.oneof(
  // A value: what stands between two marks of the format.
  fc.tuple(place, absurd).map(([where, value]) => (text: string) => {
    const at = index(text, where);
    return (
      text.slice(0, at) +
      text.slice(at).replace(/([>,;])[^<>,;\n]*(?=[<,;\n])/, (_, mark: string) => mark + value)
    );
  }),
  // Structure: a piece lost, doubled, moved, or something put between.
  fc.tuple(place, fc.nat(60)).map(([where, length]) => (text: string) => {
    const at = index(text, where);
    return text.slice(0, at) + text.slice(at + length);
  }),
  fc.tuple(place, place, fc.nat(200)).map(([from, to, length]) => (text: string) => {
    const piece = text.slice(index(text, from), index(text, from) + length);
    return text.slice(0, index(text, to)) + piece + text.slice(index(text, to));
  }),
  fc.tuple(place, place).map(([one, other]) => (text: string) => {
    const lines = text.split('\n');
    const [a, b] = [Math.floor((one / 10_000) * lines.length), Math.floor((other / 10_000) * lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  }),
  fc.tuple(place, absurd).map(([where, noise]) => (text: string) => {
    const at = index(text, where);
    return text.slice(0, at) + noise + text.slice(at);
  }),
  place.map((where) => (text: string) => text.slice(0, index(text, where))),
  // Another word of the format.
  fc
    .constantFrom(
      ['Sync', 'Cancel'],
      ['Sync', 'Change'],
      ['Sync', 'Get'],
      ['XML/B2MML', 'xml/B2MML-V0600'],
      ['<ID>', '<Id>'],
      [',', ';'],
      ['\n', '\r\n'],
      ['t="inlineStr"', 't="s"'],
      ['r="A', 'r="ZZ'],
    )
    .map(
      ([from = '', to = '']) =>
        (text: string) =>
          text.replaceAll(from, to),
    ),
);
/** What may happen to bytes. */
const flips = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { maxLength: 2 });

const message = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    damages: fc.array(fc.tuple(fc.nat(7), damage), { minLength: 1, maxLength: 3 }),
    flips: fc.option(flips, { nil: [], freq: 4 }),
    utf16: fc.boolean(),
  })
  .map(({ source, damages, flips, utf16 }) => {
    const parts = { ...source.parts };
    const names = Object.keys(parts);
    for (const [which, change] of damages) {
      const name = names[which % names.length] ?? '';
      parts[name] = change(parts[name] ?? '');
    }
    const text = parts[''] ?? '';
    const bytes = source.name.endsWith('.xlsx')
      ? Buffer.from(zipped(parts))
      : Buffer.from(
          utf16 && flips.length > 0 ? `\uFEFF${text}` : text,
          utf16 && flips.length > 0 ? 'utf16le' : 'utf8',
        );
    for (const [where, mask] of flips) {
      const at = Math.floor((where / 10_000) * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ mask;
    }
    return { name: source.name, base64: bytes.toString('base64') };
  });

let shop: TemporaryStation;
beforeAll(async () => {
  shop = await temporaryStation('2026-11-23T06:00:00Z');
  const whole = generatePlant({ orders: 6, seed: 3, start: '2026-11-23' });
  const plain = Object.entries(CSV).map(([name, text]) => ({ name, text }));
  const report = done(
    await shop.handlers['import.files']({ files: [...whole, ...plain], dryRun: false }, planner()),
  );
  if (report.refusals.length > 0) throw new Error(JSON.stringify(report.refusals));
});
afterAll(() => shop.remove());

/** The plant with what an import changes: all of it, or it was half. */
function after(plant: Plant, changes: ReturnType<typeof stageImport>['changes']): Plant {
  const next = { ...plant } as Record<string, { readonly id: string }[]>;
  for (const { kind, put, remove } of changes) {
    const records = new Map((next[kind] ?? []).map((record) => [record.id, record]));
    for (const id of remove) records.delete(id);
    for (const record of put) records.set(record.id, record);
    next[kind] = [...records.values()];
  }
  return next as Plant;
}
const inOrder = (plant: Plant) =>
  RECORD_KINDS.map((kind) => [kind, plant[kind].toSorted((a, b) => (a.id < b.id ? -1 : 1))]);

/** What in the plant does not fit the rest, as the planner has been warned. */
let dangling: ReadonlySet<string> = new Set();

/** What in the plant lacks something that is not there. */
function danglingIn(plant: Plant): string[] {
  const world = worldOf(plant);
  return RECORD_KINDS.flatMap((kind) =>
    plant[kind].flatMap((record) => {
      const sourced = { kind, record, file: '', line: 0 } as SourcedRecord;
      return checkRecord(sourced, world)
        .filter(({ warning }) => !warning)
        .map(({ reason }) => `${record.id} no longer fits: ${reason}`);
    }),
  );
}

const tally = { refused: 0, mixed: 0, whole: 0 };

test(
  `[R7] ${RUNS} mutated messages, B2MML, CSV and XLSX: no crash, no half import, each refusal says what and where`,
  { timeout: 60_000 + RUNS * 200 },
  async () => {
    await fc.assert(
      fc.asyncProperty(message, async (file) => {
        const before = shop.station.workspace.plant;
        const readings = await readFiles(shop.station, { files: [file], dryRun: false });
        const decoded = readings?.files.map(({ message }) => message) ?? [];
        const { changes } = stageImport(before, decoded, false);

        const report = done(await shop.handlers['import.files']({ files: [file], dryRun: false }, planner()));
        for (const { line, field, reason, file: name } of report.refusals) {
          expect(name.startsWith(file.name)).toBe(true);
          expect(line).toBeGreaterThanOrEqual(0);
          expect(line > 0 || field === '' || field === 'XML').toBe(true);
          expect(reason.length).toBeGreaterThan(10);
        }
        const { plant } = shop.station.workspace;
        expect(inOrder(plant)).toEqual(inOrder(after(before, changes)));
        const wrong = changes.flatMap(({ kind, put }) =>
          put.filter((row) => !RECORDS[kind].safeParse(row).success),
        );
        expect(wrong).toEqual([]);
        expect(changes.length > 0 && report.refusals.some(({ field }) => field === 'XML')).toBe(false);
        const told = report.warnings.map(({ reason }) => reason);
        const isNew = (reason: string): boolean =>
          !dangling.has(reason) && !told.some((text) => text.includes(reason));
        expect(danglingIn(plant).filter(isNew)).toEqual([]);
        dangling = new Set(danglingIn(plant));

        const taken = report.changes.length > 0;
        tally[report.refusals.length === 0 ? 'whole' : taken ? 'mixed' : 'refused'] += 1;
      }),
      { numRuns: RUNS, seed: 20261126 },
    );
    // The mutations are worth something: many messages are refused, some in part, and some still say something.
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(RUNS / 50);
    const { station } = shop;
    expect(inOrder(await station.store.read.plant())).toEqual(inOrder(station.workspace.plant));
    expect(await station.store.verify()).toMatchObject({ ok: true });
  },
);
