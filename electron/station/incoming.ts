import { randomUUID } from 'node:crypto';
import { readFiles } from '#electron/app/import-files.ts';
import { becameOf, openMessage, receiveMessages } from '#electron/app/receive-messages.ts';
import type { Station } from '#electron/app/station.ts';
import type { Decoded } from '#electron/erp/decoded.ts';
import { csvFrom } from '#shared/base/csv.ts';
import { must } from '#shared/base/must.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import type { Running } from './running.ts';
import { serviceOf } from './service-of.ts';
import { tellTrouble } from './tell-trouble.ts';

/** What an ERP posts. A message that is not B2MML as a whole is answered with its one reason. */
export function messageStation(running: Running) {
  const { station } = running;
  return {
    open: () => openMessage(station, 'message'),
    receive: async (message: Decoded, sha256: string) => {
      const file = { name: 'message', sha256, message };
      const caller = {
        user: serviceOf(running, 'erp post'),
        origin: 'import',
        key: `post ${randomUUID()}`,
      } as const;
      const { outcome, answers } = await receiveMessages(station, { files: [file], mappings: [] }, caller);
      if (!outcome.ok) return { taken: false, text: outcome.refusal.text };
      const became = becameOf(file, outcome.detail);
      tellImported(
        station,
        [message.envelope ? message.message : 'A posted message'],
        became.refusals.length,
      );
      return { taken: !became.rejected, text: answers[0]?.text ?? reasonsOf(became.refusals) };
    },
  };
}

/** Reasons for a sender whose message says nothing of an answer. */
const reasonsOf = (refusals: readonly RowRefusal[]): string => (refusals.length > 0 ? csvFrom(refusals) : '');

/** What appears in the drop folder goes in by itself; the planner is told, also when it could not be stored. */
export async function dropped(running: Running, files: readonly { name: string; text: string }[]) {
  const { station } = running;
  const caller = {
    user: serviceOf(running, 'inbox'),
    origin: 'import',
    key: `drop ${randomUUID()}`,
  } as const;
  try {
    const readings = must(await readFiles(station, { files, dryRun: false }), 'no mapping was asked for');
    const { outcome, answers } = await receiveMessages(station, readings, caller);
    if (!outcome.ok) {
      const reason = outcome.refusal.text;
      return {
        refusals: [{ file: files[0]?.name ?? '', line: 0, field: '', value: '', reason }],
        warnings: [],
        answers,
      };
    }
    const { refusals, warnings } = outcome.detail;
    tellImported(
      station,
      files.map((file) => file.name),
      refusals.length,
    );
    return { refusals, warnings, answers };
  } catch (error) {
    tellTrouble(station)(error);
    throw error;
  }
}

const tellImported = (station: Station, names: readonly string[], refused: number): void =>
  station.tell({
    kind: 'notice',
    level: refused > 0 ? 'warn' : 'info',
    text: `${names.join(', ')}: imported${refused > 0 ? `, ${refused} rows refused` : ''}.`,
  });
