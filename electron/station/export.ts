import { writeFile } from 'node:fs/promises';
import { EXPORTS, type ExportKind, exportRecord } from '#electron/app/export-record.ts';
import { type ShownNoun, nounMessage } from '#electron/app/show-nouns.ts';
import type { Station } from '#electron/app/station.ts';
import { csvFrom } from '#shared/base/csv.ts';
import { leaveNote } from './copies.ts';
import { type Answer, type Flags, Usage, text } from './flags.ts';
import { withStation } from './with-station.ts';

/** Writes what other programs want to know of the record. */
export function runExport(flags: Flags): Promise<Answer> {
  return withStation(
    flags,
    async ({ station, dir }) => {
      const what = text(flags, 'what');
      const format = text(flags, 'format') ?? 'csv';
      if (format === 'b2mml') {
        const told = await exportMessage(station, what, text(flags, 'out'));
        if (told.exit === 0) leaveNote(dir.root, station, `${what} as b2mml`, text(flags, 'out'));
        return told;
      }
      if (!EXPORTS.includes(what as ExportKind))
        throw new Usage(`--what takes ${EXPORTS.join(', ')}, not “${what ?? ''}”.`);
      if (format !== 'csv' && format !== 'json')
        throw new Usage(`--format takes json, csv or b2mml, not “${format}”.`);
      const rows = await exportRecord(station, what as ExportKind);
      const out = text(flags, 'out');
      leaveNote(dir.root, station, `${what} as ${format}`, out);
      const body = format === 'csv' ? csvFrom(rows) : `${JSON.stringify(rows, null, 1)}\n`;
      if (out === undefined) return { exit: 0, text: body, json: { what, rows } };
      await writeFile(out, body);
      return {
        exit: 0,
        text: `Wrote ${rows.length} rows to ${out}.`,
        json: { what, rows: rows.length, file: out },
      };
    },
    { readonly: true },
  );
}

const NOUN_OF: Readonly<Record<string, ShownNoun>> = {
  schedule: 'OperationsSchedule',
  queues: 'JobList',
  performance: 'OperationsPerformance',
};

async function exportMessage(station: Station, what = '', out?: string): Promise<Answer> {
  const noun = Object.hasOwn(NOUN_OF, what) ? NOUN_OF[what] : undefined;
  if (!noun)
    throw new Usage(`--what takes ${Object.keys(NOUN_OF).join(', ')} with --format b2mml, not “${what}”.`);
  const message = nounMessage(station, noun);
  if (message === null)
    return { exit: 1, text: `There is no ${what} yet.`, json: { error: `no ${what} yet` } };
  if (out === undefined) return { exit: 0, text: message, json: { what, message } };
  await writeFile(out, message);
  return { exit: 0, text: `Wrote ${out}.`, json: { what, file: out } };
}
