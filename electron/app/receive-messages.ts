import { type MessageOutcome, type Shown, answerTo } from '#electron/erp/b2mml/answer.ts';
import { openB2mml } from '#electron/erp/b2mml/decode.ts';
import { V7 } from '#electron/erp/b2mml/dialects.ts';
import type { Envelope } from '#electron/erp/b2mml/envelope.ts';
import type { Decoded } from '#electron/erp/decoded.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { type ReadFile, type Readings, takeIn } from './import-files.ts';
import { shownNouns } from './show-nouns.ts';
import type { Station } from './station.ts';

/** A reader for one B2MML message that comes piece by piece. */
export const openMessage = (station: Station, name: string) =>
  openB2mml(name, { zone: zoneOf(station.workspace.plant) });

/** What the sender of a message gets back. */
export interface Answered {
  readonly file: string;
  readonly text: string;
}

/** Takes in what has been read, and answers the messages among it whose senders want an answer. */
export async function receiveMessages(
  station: Station,
  readings: Readings,
  caller: Caller,
): Promise<{ readonly outcome: Outcome<ImportReport>; readonly answers: readonly Answered[] }> {
  const outcome = await takeIn(station, { ...readings, dryRun: false }, caller);
  if (!outcome.ok) return { outcome, answers: [] };
  const answers = readings.files.flatMap((file) => {
    const { envelope, message } = file.message;
    if (!envelope) return [];
    const became = becameOf(file, outcome.detail);
    const text = answerTo(envelope, message, became, shownTo(station, envelope), station.now);
    return text === null ? [] : [{ file: file.name, text }];
  });
  return { outcome, answers };
}

const shownTo = (station: Station, { verb, noun, dialect, wanted }: Envelope): Shown =>
  verb === 'Get' && dialect === V7 ? shownNouns(station, noun, wanted) : null;

/** What became of one file of an import. */
export function becameOf({ name, message }: ReadFile, report: ImportReport): MessageOutcome {
  const refusals = report.refusals.filter(({ file }) => file === name);
  const refused = new Set(refusals.map(({ line }) => line)).size;
  const brought = broughtBy(message) + new Set(message.refusals.map(({ line }) => line)).size;
  return { refusals, rejected: refused > 0 && refused >= brought };
}

const broughtBy = ({ records, changes = [], reports = [], removed }: Decoded): number =>
  records.length + changes.length + reports.length + removed.length;
