/**
 * How fast an ERP's messages go in: 10 MB of B2MML read piece by piece, then posted to a running station and stored. Each
 * in a process of its own, so that its memory is its own; `node test/bench/feeds.bench.ts --part NAME` is one.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { openB2mml } from '#electron/erp/b2mml/decode.ts';
import { type Node, quantity, transactionText } from '#electron/erp/b2mml/write.ts';
import { openStation, serveStation } from '#electron/station/running.ts';

const MEGABYTE = 1024 * 1024;
const PIECE = 64 * 1024;

/** A Sync of materials and lots with about so many bytes. */
function message(bytes: number): Buffer {
  const lots: Node[] = Array.from({ length: Math.ceil(bytes / 653) }, (_, index) => [
    'MaterialLot',
    [
      ['ID', `LOT-${index}`],
      ['MaterialDefinitionID', `M${index % 200}`],
      ['Disposition', index % 9 === 0 ? 'Restricted' : 'UnRestricted'],
      [
        'MaterialLotProperty',
        [
          ['ID', 'ExpirationDate'],
          [
            'Value',
            [
              ['ValueString', `2027-0${1 + (index % 9)}-15T00:00:00Z`],
              ['DataType', 'dateTime'],
            ],
          ],
        ],
      ],
      ['StorageLocation', [['Location', `RACK-${index % 40}`]]],
      quantity((index % 500) / 4, 'kg'),
    ],
  ]);
  const materials = Array.from({ length: 200 }, (_, index): Node => [
    'MaterialDefinition',
    [['ID', `M${index}`]],
  ]);
  const data: Node[] = [['MaterialInformation', [['ID', 'stock'], ...materials, ...lots]]];
  const text = { verb: 'Sync', noun: 'MaterialInformation', sender: 'ERP', bodId: 'bench', data };
  return Buffer.from(transactionText({ ...text, created: '2026-11-23T05:00:00Z' }));
}

interface Row {
  readonly what: string;
  readonly measured: number;
  readonly goal: number | null;
  readonly unit: string;
}

/** Megabytes of memory that this process holds at most. */
const peakMemory = (): number => process.resourceUsage().maxRSS / 1024;

async function read(file: string): Promise<Row[]> {
  const before = peakMemory();
  const decoder = new TextDecoder();
  const reader = openB2mml('bench.xml', { zone: 'Europe/Berlin' });
  const from = performance.now();
  let longest = 0;
  for await (const piece of createReadStream(file, { highWaterMark: PIECE })) {
    const began = performance.now();
    reader.write(decoder.decode(piece as Buffer, { stream: true }));
    longest = Math.max(longest, performance.now() - began);
  }
  const { records, refusals } = reader.end();
  if (refusals.length > 0) throw new Error(refusals[0]?.reason);
  return [
    {
      what: `read it, ${records.length} records`,
      measured: (performance.now() - from) / 1000,
      goal: 2,
      unit: 's',
    },
    { what: 'longest turn of the loop', measured: longest, goal: null, unit: 'ms' },
    { what: 'memory that the reading adds', measured: peakMemory() - before, goal: null, unit: 'MB' },
  ];
}

async function post(file: string): Promise<Row[]> {
  const data = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
  const running = await openStation({ data });
  const serving = await serveStation(running, { port: 0 });
  const before = peakMemory();
  const from = performance.now();
  const answer = await fetch(serving.messageUrl, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${readFileSync(join(data, 'erp.key'), 'utf8')}`,
      'Content-Type': 'application/xml',
    },
    body: Readable.toWeb(createReadStream(file)) as BodyInit,
    duplex: 'half',
  } as RequestInit);
  const seconds = (performance.now() - from) / 1000;
  if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
  await serving.close();
  await running.close();
  rmSync(data, { recursive: true });
  return [
    { what: 'post it, checked and stored', measured: seconds, goal: 2, unit: 's' },
    {
      what: 'memory that it adds, the plant included',
      measured: peakMemory() - before,
      goal: null,
      unit: 'MB',
    },
  ];
}

const PARTS: Readonly<Record<string, (file: string) => Promise<Row[]>>> = { read, post };

const { part, file } = parseArgs({ options: { part: { type: 'string' }, file: { type: 'string' } } }).values;
if (part === undefined || file === undefined) {
  const dir = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
  for (const megabytes of [10, 40]) {
    const bytes = message(megabytes * MEGABYTE);
    const path = join(dir, `${megabytes}.xml`);
    writeFileSync(path, bytes);
    console.log(`A message of ${(bytes.length / MEGABYTE).toFixed(1)} MB`);
    for (const name of megabytes === 10 ? ['read', 'post'] : ['read'])
      spawnSync(process.execPath, [import.meta.filename, '--part', name, '--file', path], {
        stdio: 'inherit',
      });
  }
  rmSync(dir, { recursive: true });
} else {
  for (const { what, measured, goal, unit } of (await PARTS[part]?.(file)) ?? [])
    console.log(
      `  ${what.padEnd(46)}${measured.toFixed(unit === 's' ? 2 : 0).padStart(8)} ${unit}${goal === null ? '' : `  (goal ${goal})`}`,
    );
}
