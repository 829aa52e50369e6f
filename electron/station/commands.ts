import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { verifyRecord } from '#electron/app/check-record.ts';
import { EXPORTS } from '#electron/app/export-record.ts';
import { importFiles, saveMapping } from '#electron/app/import-files.ts';
import type { Paper } from '#electron/app/paper.ts';
import { printHandover } from '#electron/app/print-handover.ts';
import { printQueues } from '#electron/app/print-queues.ts';
import { demoFiles, demoStart } from '#electron/app/open-demo.ts';
import { boardState } from '#electron/app/board-view.ts';
import { generatePlant } from '#electron/demo/generate.ts';
import { decodeBytes } from '#electron/erp/decode.ts';
import type { NamedText } from '#electron/erp/named-text.ts';
import { Mapping } from '#electron/erp/csv/mapping.ts';
import { inColumns } from '#shared/base/in-columns.ts';
import type { Outcome } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { Figures } from '#shared/domain/schedule.ts';
import { TaskId } from '#shared/domain/task.ts';
import { ROLES } from '#shared/domain/role.ts';
import { LocalDate } from '#shared/time/zone.ts';
import { leaveNote } from './copies.ts';
import { defaultDataDir } from './data-dir.ts';
import { runExport } from './export.ts';
import { type Answer, type Flags, type Say, Usage, number, text } from './flags.ts';
import type { Running } from './running.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { users } from './users.ts';
import { again, callerFor, signingFor, withStation } from './with-station.ts';

export { clockOf } from './flags.ts';

interface Command {
  readonly what: string;
  readonly usage: string;
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly help: string }>>;
  /** Names of files stand after the options. */
  readonly takesFiles?: true;
  readonly run: (flags: Flags, say: Say) => Promise<Answer>;
}

const COMMON = {
  data: { type: 'string', help: `folder of the database (default ${defaultDataDir()})` },
  now: { type: 'string', help: 'rehearse at another time: ISO 8601, such as 2026-11-23T06:00:00Z' },
  json: { type: 'boolean', help: 'print one JSON object' },
  user: { type: 'string', help: 'whose account writes it, where there are accounts' },
  'password-file': { type: 'string', help: 'its password (default: asked for, or the first line piped in)' },
  help: { type: 'boolean', help: 'print this' },
} as const;

const SIGN = {
  type: 'string',
  help: 'sign it with your password: what you stand for, such as Approval; the plant says whether it must be',
} as const;

export const COMMANDS: Readonly<Record<string, Command>> = {
  serve: {
    what: 'serve the workstation to the browser and the lines until it is stopped',
    usage: 'serve [--port N] [--demo] [--no-open]',
    options: {
      port: { type: 'string', help: 'port on 127.0.0.1 (default 4180, 0 takes a free one)' },
      demo: { type: 'boolean', help: 'open the demo plant when the database is empty' },
      'no-open': { type: 'boolean', help: 'do not open a browser' },
    },
    run: serve,
  },
  import: {
    what: 'take in files of an ERP, or the demo plant, or a generated one',
    usage: 'import FILE… | --demo | --generate TASKS --seed S',
    takesFiles: true,
    options: {
      demo: { type: 'boolean', help: 'the demo plant: two weeks of a solid-dose pharmaceutical plant' },
      generate: { type: 'string', help: 'a plant like the demo with about so many tasks (200 … 20000)' },
      seed: { type: 'string', help: 'seed of the generated plant (default 1)' },
      start: { type: 'string', help: 'first Monday of the generated plant, YYYY-MM-DD' },
      mapping: {
        type: 'string',
        help: 'column mapping: a JSON file (kept under its name) or the name of a kept one',
      },
      'dry-run': { type: 'boolean', help: 'only show what would change' },
    },
    run: runImport,
  },
  solve: {
    what: 'schedule the plan and take the best schedule into the draft',
    usage: 'solve [--time SECONDS] [--seed S]',
    options: {
      time: { type: 'string', help: 'how long to search (default 10)' },
      seed: { type: 'string', help: 'seed of the search (default 1)' },
    },
    run: solve,
  },
  publish: {
    what: 'freeze the draft as the next version',
    usage: 'publish [--note TEXT] [--sign MEANING]',
    options: { note: { type: 'string', help: 'why this version' }, sign: SIGN },
    run: publish,
  },
  dispatch: {
    what: 'tell every line its part of the published version',
    usage: 'dispatch [--reason TEXT] [--sign MEANING]',
    options: {
      reason: { type: 'string', help: 'why; needed where a line has not seen what it was told last' },
      sign: SIGN,
    },
    run: dispatch,
  },
  recall: {
    what: 'take tasks back from a line, all that have not begun where none is named',
    usage: 'recall --unit ID --reason TEXT [--sign MEANING] [TASK…]',
    takesFiles: true,
    options: {
      unit: { type: 'string', help: 'the line' },
      reason: { type: 'string', help: 'why, as the line is shown it' },
      sign: SIGN,
    },
    run: recall,
  },
  export: {
    what: 'write the published schedule, the queues, the ledger, the comments or the figures of the floor',
    usage: `export --what ${EXPORTS.join('|')} --format json|csv [--out FILE]`,
    options: {
      what: { type: 'string', help: EXPORTS.join(', ') },
      format: { type: 'string', help: 'json or csv (default csv)' },
      out: { type: 'string', help: 'file to write (default: print)' },
    },
    run: runExport,
  },
  print: {
    what: 'write the dispatch lists of the lines as a PDF',
    usage: 'print --out FILE [--unit ID] [--paper a4|letter]',
    options: {
      out: { type: 'string', help: 'file to write' },
      unit: { type: 'string', help: 'only this line (default: every line that has been told anything)' },
      paper: { type: 'string', help: 'a4 or letter (default a4)' },
    },
    run: print,
  },
  users: {
    what: 'make and change accounts; the first is an administrator and switches accounts on',
    usage: 'users [list | add ID | disable ID | enable ID | password ID]',
    takesFiles: true,
    options: {
      name: { type: 'string', help: 'full name, as it is printed beside signatures' },
      roles: { type: 'string', help: ROLES.join(', ') },
      person: { type: 'string', help: 'who that is among the people of the plant' },
      'identity-by': { type: 'string', help: 'who has checked whose account it is; needed for who may sign' },
      'identity-on': { type: 'string', help: 'the day on which, such as 2026-11-20' },
      'new-password-file': { type: 'string', help: 'the new password (default: asked for, or piped in)' },
    },
    run: users,
  },
  handover: {
    what: 'write the handover of a shift as a PDF',
    usage: 'handover --out FILE [--last] [--paper a4|letter]',
    options: {
      out: { type: 'string', help: 'file to write' },
      last: { type: 'boolean', help: 'the shift before the one that runs now' },
      paper: { type: 'string', help: 'a4 or letter (default a4)' },
    },
    run: handover,
  },
  verify: {
    what: 'check the database and the hash chain of the ledger',
    usage: 'verify',
    options: {},
    run: verify,
  },
  backup: {
    what: 'write a verified copy of the database while it is in use',
    usage: 'backup FILE',
    takesFiles: true,
    options: {},
    run: backup,
  },
  restore: {
    what: 'put a verified backup in the place of the database; what was there is set aside',
    usage: 'restore [FILE]  (default: the newest that the station has kept)',
    takesFiles: true,
    options: {},
    run: restore,
  },
};

export const flagsOf = (command: Command): NonNullable<ParseArgsConfig['options']> =>
  Object.fromEntries(
    Object.entries({ ...command.options, ...COMMON }).map(([name, { type }]) => [name, { type }]),
  );

export function helpFor(name: string | null): string {
  const command = name === null ? undefined : COMMANDS[name];
  const exits =
    'Exit codes: 0 done · 1 failed · 2 wrong usage · 3 refused (wholly or in part) · 4 the database is in use · 5 damaged';
  if (!command) {
    const list = inColumns(Object.entries(COMMANDS).map(([key, { what }]) => [`  ${key}`, what]));
    return [
      'Usage: npm run station -- COMMAND [options]',
      '',
      ...list,
      '',
      'COMMAND --help tells more.',
      exits,
    ].join('\n');
  }
  const options = inColumns(
    Object.entries({ ...command.options, ...COMMON }).map(([key, { type, help }]) => [
      `  --${key}${type === 'string' ? ' …' : ''}`,
      help,
    ]),
  );
  return [
    `Usage: npm run station -- ${command.usage}`,
    '',
    `${command.what[0]?.toUpperCase()}${command.what.slice(1)}.`,
    '',
    ...options,
    '',
    exits,
  ].join('\n');
}

function answerTo<Detail>(
  outcome: Outcome<Detail>,
  say: (detail: Detail) => string,
  exit: (detail: Detail) => number = () => 0,
): Answer {
  if (outcome.ok)
    return {
      exit: exit(outcome.detail),
      text: say(outcome.detail),
      json: { detail: outcome.detail, revision: outcome.revision },
    };
  return { exit: 3, text: outcome.refusal.text, json: { refusal: outcome.refusal } };
}

async function runImport(flags: Flags): Promise<Answer> {
  const mapping = await mappingOf(flags);
  return withStation(flags, async (running) => {
    const files = await filesOf(flags, running);
    const dryRun = flags.values['dry-run'] === true;
    const caller = await callerFor(running, flags, 'import.files');
    if (typeof mapping === 'object' && !dryRun) await saveMapping(running.station, mapping, caller);
    const outcome = await importFiles(running.station, { files, mapping, dryRun }, again(caller));
    return answerTo(outcome, reportText, (report) => (report.refusals.length > 0 ? 3 : 0));
  });
}

async function filesOf(flags: Flags, running: Running): Promise<NamedText[]> {
  const size = text(flags, 'generate');
  if (flags.values['demo'] === true) return demoFiles(running.station);
  if (size !== undefined) {
    const start = LocalDate.safeParse(text(flags, 'start') ?? demoStart(running.station.now));
    if (!start.success)
      throw new Usage(`--start takes a day such as 2026-11-23, not “${text(flags, 'start')}”.`);
    const [tasks, seed] = [number(flags, 'generate', 1000), number(flags, 'seed', 1)];
    return generatePlant({ tasks, seed, start: start.data });
  }
  if (flags.positionals.length === 0)
    throw new Usage('Name files to import, or --demo, or --generate TASKS.');
  const files: NamedText[] = [];
  for (const path of flags.positionals) {
    const decoded = decodeBytes(basename(path), await readFile(path));
    if (!decoded.ok) throw new Usage(`${path}: ${decoded.reason.reason}`);
    files.push(...decoded.value.texts);
  }
  return files;
}

async function mappingOf(flags: Flags): Promise<Mapping | string | undefined> {
  const given = text(flags, 'mapping');
  if (!given?.endsWith('.json')) return given;
  const parsed = Mapping.safeParse(JSON.parse(await readFile(given, 'utf8')));
  if (!parsed.success)
    throw new Usage(
      `${given} is no column mapping: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}.`,
    );
  return parsed.data;
}

function reportText(report: ImportReport): string {
  const rows = inColumns(
    report.changes.map(({ kind, added, changed, removed, unchanged }) => [
      `  ${kind}`,
      `${added} new, ${changed} changed, ${removed} removed, ${unchanged} as before`,
    ]),
  );
  const refusals = report.refusals.map(
    (row) => `  ${row.file}:${row.line} ${row.field} “${row.value}”: ${row.reason}`,
  );
  return [
    report.dryRun ? 'Would change:' : 'Imported:',
    ...rows,
    ...(refusals.length > 0 ? [`Refused ${refusals.length}:`, ...refusals.slice(0, 50)] : []),
    ...report.warnings.map((row) => `  warning ${row.file}:${row.line} ${row.field}: ${row.reason}`),
  ].join('\n');
}

async function solve(flags: Flags, say: Say): Promise<Answer> {
  return withStation(flags, async (running) => {
    const { station, handlers } = running;
    const caller = await callerFor(running, flags, 'solve.start');
    const ended = new Promise<Extract<Fact, { kind: 'solve.ended' }>>((resolve) => {
      station.onFact((fact) => {
        if (fact.kind === 'solve.progress')
          say.progress(
            `${(fact.progress.elapsedMs / 1000).toFixed(1)} s  ${fact.progress.phase}${fact.progress.figures ? `  ${figuresText(fact.progress.figures)}` : ''}`,
          );
        if (fact.kind === 'solve.ended') resolve(fact);
      });
    });
    const begun = await handlers['solve.start'](
      { seconds: number(flags, 'time', 10), seed: number(flags, 'seed', 1) },
      caller,
    );
    if (!begun.ok) return answerTo(begun, () => '');
    const { outcome, text: reason } = await ended;
    if (outcome === 'nothingBetter') return { exit: 0, text: reason, json: { detail: { changed: 0 } } };
    if (outcome !== 'proposal') return { exit: 1, text: reason, json: { error: reason } };
    const accepted = await handlers['proposal.accept'](
      { expected: station.workspace.revision },
      again(caller),
    );
    const { figures } = boardState(station.workspace);
    const answer = answerTo(
      accepted,
      ({ changed }) => `${reason} ${changed} tasks changed. ${figuresText(figures)}`,
    );
    return { ...answer, json: { ...answer.json, figures, unplaced: station.workspace.schedule.unplaced } };
  });
}

const figuresText = (figures: Figures): string =>
  `${figures.lateOrders} of ${figures.orders} orders late, tardiness ${(figures.tardiness / 3600).toFixed(1)} h, setup ${(figures.setup / 3600).toFixed(1)} h, ${figures.unplaced} unplaced`;

function publish(flags: Flags): Promise<Answer> {
  return withStation(flags, async (running) => {
    const { caller, sign } = await signingFor(running, flags, 'version.publish', 'publish');
    const expected = running.station.workspace.revision;
    const ask = { note: text(flags, 'note') ?? '', expected, sign };
    const outcome = await running.handlers['version.publish'](ask, caller);
    return answerTo(outcome, ({ number: n, changed }) => `Published version ${n}: ${changed} tasks changed.`);
  });
}

function dispatch(flags: Flags): Promise<Answer> {
  return withStation(flags, async (running) => {
    const { caller, sign } = await signingFor(running, flags, 'queue.dispatch', 'dispatch');
    const outcome = await running.handlers['queue.dispatch']({ reason: text(flags, 'reason'), sign }, caller);
    return answerTo(outcome, ({ queues, items }) => `Dispatched ${queues} queues with ${items} tasks.`);
  });
}

function recall(flags: Flags): Promise<Answer> {
  const unit = EquipmentId.safeParse(text(flags, 'unit'));
  const reason = text(flags, 'reason')?.trim() ?? '';
  if (!unit.success) throw new Usage('Name the line: recall --unit ID --reason TEXT');
  if (reason === '') throw new Usage('Say why: recall --unit ID --reason TEXT');
  return withStation(flags, async (running) => {
    const revision = running.station.workspace.queues.get(unit.data)?.revision ?? 1;
    const tasks = flags.positionals.map((task) => TaskId.parse(task));
    const list = { unit: unit.data, revision, ...(tasks.length > 0 && { tasks }) };
    const { caller, sign } = await signingFor(running, flags, 'queue.recall', 'dispatch');
    const outcome = await running.handlers['queue.recall']({ lists: [list], reason, sign }, caller);
    return answerTo(outcome, ({ recalled }) => `Recalled ${recalled} tasks from ${unit.data}.`);
  });
}

function print(flags: Flags): Promise<Answer> {
  const unit = text(flags, 'unit');
  const units = unit === undefined ? undefined : [EquipmentId.parse(unit)];
  return writePdf('print', flags, (station, paper) => printQueues(station, { units, paper }));
}

function handover(flags: Flags): Promise<Answer> {
  const shift = flags.values['last'] === true ? 'last' : 'this';
  const names = { givenBy: '', takenBy: '', remarks: '' };
  return writePdf('handover', flags, (station, paper) => printHandover(station, { shift, paper, ...names }));
}

function writePdf(
  name: string,
  flags: Flags,
  made: (station: Running['station'], paper: Paper) => Promise<ArrayBuffer>,
): Promise<Answer> {
  const out = text(flags, 'out');
  const paper = text(flags, 'paper') ?? 'a4';
  if (out === undefined) throw new Usage(`Name the file to write: ${name} --out FILE`);
  if (paper !== 'a4' && paper !== 'letter') throw new Usage(`--paper takes a4 or letter, not “${paper}”.`);
  return withStation(
    flags,
    async ({ station, dir }) => {
      const pdf = await made(station, paper);
      leaveNote(dir.root, station, `${name} as pdf`, out);
      await writeFile(out, new Uint8Array(pdf));
      return {
        exit: 0,
        text: `Wrote ${out}, ${pdf.byteLength} bytes.`,
        json: { file: out, bytes: pdf.byteLength },
      };
    },
    { readonly: true },
  );
}

function verify(flags: Flags): Promise<Answer> {
  return withStation(
    flags,
    async ({ station }) => {
      const { ok, entries, head, problem } = await verifyRecord(station);
      return {
        exit: ok ? 0 : 5,
        text: ok ? `Sound: ${entries} ledger entries, head ${head.slice(0, 16)}.` : `DAMAGED: ${problem}`,
        json: { entries, head, problem },
      };
    },
    { readonly: true },
  );
}

function backup(flags: Flags): Promise<Answer> {
  const file = flags.positionals[0];
  if (file === undefined) throw new Usage('Name the file to write: backup FILE');
  return withStation(
    flags,
    async ({ station }) => {
      const { bytes, ledgerHead } = await station.store.backup(file);
      return { exit: 0, text: `Wrote ${file}, ${bytes} bytes, verified.`, json: { file, bytes, ledgerHead } };
    },
    { readonly: true },
  );
}
