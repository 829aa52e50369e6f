import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Mapping, mappingFor } from '#electron/erp/csv/mapping.ts';
import { decodeBytes, decodeFile } from '#electron/erp/decode.ts';
import { type Decoded, nothingDecoded } from '#electron/erp/decoded.ts';
import type { NamedText } from '#electron/erp/named-text.ts';
import { stageImport } from '#electron/erp/stage.ts';
import type { Reader, Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { ImportReport, RowRefusal } from '#shared/domain/import-report.ts';
import { type Plant, zoneOf } from '#shared/domain/plant.ts';
import { applyChanges } from './apply-changes.ts';
import { hearReplies } from './hear-replies.ts';
import type { Station } from './station.ts';

/** A file as it came over the contract: its bytes in base64, to be decoded here like any other. */
export interface FileBytes {
  readonly name: string;
  readonly base64: string;
}

export interface ImportAsk {
  readonly files: readonly (NamedText | FileBytes)[];
  /** The column mapping for these files, or the name under which one is kept. Without it, a kept one that fits the file's name. */
  readonly mapping?: Mapping | string | undefined;
  readonly dryRun: boolean;
}

/**
 * Takes files of an ERP in: what is right goes in as one transaction, what is not is named with its place and reason.
 * A message that came before is not applied again. A column mapping among the files is kept, and used for the others.
 */
export async function importFiles(
  station: Station,
  ask: ImportAsk,
  caller: Caller,
): Promise<Outcome<ImportReport>> {
  const read = await readFiles(station, ask);
  if (read) return takeIn(station, { ...read, dryRun: ask.dryRun }, caller);
  const name = typeof ask.mapping === 'string' ? ask.mapping : '';
  const text = `No mapping is kept under the name “${name}”.`;
  return { ok: false, refusal: { code: 'MAPPING_UNKNOWN', object: name, text } };
}

/** A file as it was read. */
export interface ReadFile {
  readonly name: string;
  /** Of its text. */
  readonly sha256: string;
  readonly message: Decoded;
}

/** Files that have been read, and the column mappings among them. */
export interface Readings {
  readonly files: readonly ReadFile[];
  readonly mappings: readonly Mapping[];
}

/** Reads files with the mappings that are meant for them; null where the mapping asked for is not kept. */
export async function readFiles(station: Station, ask: ImportAsk): Promise<Readings | null> {
  const { texts, unread, warnings } = textsOf(ask.files);
  const found = texts.map((file) => ({ file, mapping: mappingIn(file) }));
  const among = found.flatMap(({ mapping }) => mapping ?? []);
  const mappings = await mappingsFor(station, ask.mapping, among);
  if (!mappings) return null;
  const zone = zoneOf(station.workspace.plant);
  const read = found
    .filter(({ mapping }) => mapping === null)
    .map(({ file }) => ({ ...fingerprint(file), message: decodeBy(file, mappings, zone) }));
  const warned = read.map(({ message, ...file }) => ({
    ...file,
    message: {
      ...message,
      warnings: [...warnings.filter((row) => row.file === file.name), ...message.warnings],
    },
  }));
  return { files: [...warned, ...unread], mappings: among };
}

/** The texts of files; one that has none is read as its refusal. */
function textsOf(files: ImportAsk['files']) {
  const texts: NamedText[] = [];
  const unread: ReadFile[] = [];
  const warnings: RowRefusal[] = [];
  for (const file of files) {
    if ('text' in file) {
      texts.push(file);
      continue;
    }
    const bytes = Buffer.from(file.base64, 'base64');
    const decoded = decodeBytes(file.name, bytes);
    if (decoded.ok) {
      texts.push(...decoded.value.texts);
      warnings.push(...decoded.value.warnings);
    } else {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const message = { ...nothingDecoded(`sha256:${sha256}`), refusals: [decoded.reason] };
      unread.push({ name: file.name, sha256, message });
    }
  }
  return { texts, unread, warnings };
}

/** Takes in what has been read. */
export async function takeIn(
  station: Station,
  { files, mappings, dryRun }: Readings & { readonly dryRun: boolean },
  caller: Caller,
): Promise<Outcome<ImportReport>> {
  if (dryRun) {
    const { workspace, store } = station;
    const { report } = await staged(store.read, workspace.plant, files, true);
    return { ok: true, revision: workspace.revision, detail: report };
  }
  return station.command(caller, 'import.files', async (write, workspace) => {
    const { fresh, changes, reports, report } = await staged(write, workspace.plant, files, false);
    for (const mapping of mappings) await keepMapping(write, mapping);
    for (const file of fresh) await write.rememberMessage(file.message, report);
    const heard = await hearReplies(write, fresh);
    await write.log({
      entity: 'import',
      entityId: caller.key,
      field: null,
      old: null,
      reason: null,
      new: {
        files: files.map(({ name, sha256 }) => ({ name, sha256 })),
        changes: report.changes,
        refusals: report.refusals.length,
      },
    });
    if (changes.length + reports.length === 0) {
      return {
        detail: report,
        workspace: { ...workspace, lastImport: await write.lastImport() },
        facts: () => [{ kind: 'plant.imported', report }, ...heard],
      };
    }
    const { after, told } = await applyChanges(
      write,
      workspace,
      { changes, reports },
      caller.key,
      station.now,
    );
    return {
      detail: report,
      workspace: after,
      facts: () => [
        { kind: 'plant.imported', report },
        { kind: 'board.replaced', revision: after.revision },
        ...told,
        ...heard,
      ],
    };
  });
}

/**
 * The messages that have not come before, held against the plant; those that have are named. One that was refused in
 * part may come again: what it needed may be there now. A file without an id of its own (known by its hash) says how
 * things are: it may say so again after they were different, and changes nothing while they are.
 */
async function staged(
  read: Pick<Reader, 'messageSeen'>,
  plant: Plant,
  files: readonly ReadFile[],
  dryRun: boolean,
) {
  const fresh: Decoded[] = [];
  const repeats: RowRefusal[] = [];
  for (const { name, message } of files) {
    const first = await read.messageSeen(message.message);
    const isOver = first !== null && !first.refusals.some((row) => row.file === name);
    if (isOver && !message.message.startsWith('sha256:')) repeats.push(repeated(name));
    else fresh.push(message);
  }
  const { changes, reports, report } = stageImport(plant, fresh, dryRun);
  return { fresh, changes, reports, report: { ...report, warnings: [...report.warnings, ...repeats] } };
}

/** A file read by the mapping that is meant for it. */
function decodeBy(file: NamedText, mappings: readonly Mapping[], zone: string): Decoded {
  const mapping = mappings.find((entry) => mappingFor(entry, file.name));
  return decodeFile(file, { zone, ...(mapping && { mapping }) });
}

/** Mappings in the order in which they count: the one asked for, those among the files, those kept. */
async function mappingsFor(
  station: Station,
  asked: ImportAsk['mapping'],
  among: readonly Mapping[],
): Promise<readonly Mapping[] | null> {
  const kept = await station.store.read.mappings();
  if (typeof asked === 'string') {
    const found = kept.get(asked);
    return found === undefined ? null : [Mapping.parse(found)];
  }
  return asked ? [asked] : [...among, ...[...kept.values()].map((body) => Mapping.parse(body))];
}

/** The column mapping that a file is, if it is one. */
function mappingIn(file: NamedText): Mapping | null {
  if (!file.name.endsWith('.json')) return null;
  try {
    const parsed = Mapping.safeParse(JSON.parse(file.text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function keepMapping(write: Writer, mapping: Mapping): Promise<void> {
  await write.saveMapping(mapping.name, z.json().parse(JSON.parse(JSON.stringify(mapping))));
  await write.log({
    entity: 'mapping',
    entityId: mapping.name,
    field: null,
    old: null,
    new: mapping.name,
    reason: null,
  });
}

/** Keeps a column mapping under its name, for the drop folder and the next import. */
export async function saveMapping(station: Station, body: unknown, caller: Caller): Promise<Outcome> {
  const parsed = Mapping.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const text = `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is no mapping'}.`.trim();
    return { ok: false, refusal: { code: 'MAPPING_WRONG', object: 'mapping', text } };
  }
  return station.command(caller, 'mapping.save', async (write) => {
    await keepMapping(write, parsed.data);
    return { detail: null };
  });
}

const fingerprint = ({ name, text }: NamedText) => ({
  name,
  sha256: createHash('sha256').update(text).digest('hex'),
});

const repeated = (name: string): RowRefusal => ({
  file: name,
  line: 0,
  field: 'message',
  value: '',
  reason: 'This message came before; it is not applied again.',
});
