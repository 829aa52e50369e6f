import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Mapping, mappingFor } from '#electron/erp/csv/mapping.ts';
import { decodeFile } from '#electron/erp/decode.ts';
import type { Decoded } from '#electron/erp/decoded.ts';
import { stageImport } from '#electron/erp/stage.ts';
import type { Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { ImportReport, RowRefusal } from '#shared/domain/import-report.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { editBetween } from '#shared/edit/draft.ts';
import { recordLog } from './record-execution.ts';
import type { Station } from './station.ts';
import { type Workspace, recordedIn, workspaceFrom } from './workspace.ts';

export interface ImportFile {
  readonly name: string;
  readonly text: string;
}

export interface ImportAsk {
  readonly files: readonly ImportFile[];
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
  const mappings = await mappingsFor(station, ask);
  if (!mappings) {
    const name = typeof ask.mapping === 'string' ? ask.mapping : '';
    return {
      ok: false,
      refusal: {
        code: 'MAPPING_UNKNOWN',
        object: name,
        text: `No mapping is kept under the name “${name}”.`,
      },
    };
  }
  const files = ask.files.filter((file) => !mappingIn(file));
  const decoded = files.map((file) => decodeBy(file, mappings, zoneOf(station.workspace.plant)));
  const seen = await Promise.all(decoded.map((file) => station.store.read.messageSeen(file.message)));
  const fresh = decoded.filter((_, index) => !seen[index]);
  const repeats = files.filter((_, index) => seen[index]).map(repeated);
  if (ask.dryRun) {
    const { report } = stageImport(station.workspace.plant, fresh, true);
    return {
      ok: true,
      revision: station.workspace.revision,
      detail: { ...report, warnings: [...report.warnings, ...repeats] },
    };
  }
  return station.command(caller, 'import.files', async (write, workspace) => {
    const { changes, report: staged, reports } = stageImport(workspace.plant, fresh, false);
    const report: ImportReport = { ...staged, warnings: [...staged.warnings, ...repeats] };
    for (const mapping of ask.files.flatMap((file) => mappingIn(file) ?? []))
      await keepMapping(write, mapping);
    for (const file of fresh) await write.rememberMessage(file.message, report);
    for (const change of changes) {
      await write.putRecords(change.kind, change.put, caller.key);
      await write.removeRecords(change.kind, change.remove);
    }
    await write.log({
      entity: 'import',
      entityId: caller.key,
      field: null,
      old: null,
      reason: null,
      new: { files: ask.files.map(fingerprint), changes: report.changes, refusals: report.refusals.length },
    });
    let after = await withoutVanished(
      write,
      workspaceFrom(await recordedIn({ read: write }), station.now),
      station,
    );
    if (reports.length > 0) {
      const { events, deviations } = await recordLog(write, after, reports, station.now);
      await write.log({
        entity: 'log',
        entityId: caller.key,
        field: 'execution',
        old: null,
        new: { events: events.length, deviations },
        reason: null,
      });
      after = workspaceFrom(await recordedIn({ read: write }), station.now);
    }
    return {
      detail: report,
      workspace: after,
      facts: () => [
        { kind: 'plant.imported', report },
        { kind: 'board.replaced', revision: after.revision },
      ],
    };
  });
}

/** A file read by the mapping that is meant for it. */
function decodeBy(file: ImportFile, mappings: readonly Mapping[], zone: string): Decoded {
  const mapping = mappings.find((entry) => mappingFor(entry, file.name));
  return decodeFile(file, { zone, ...(mapping && { mapping }) });
}

/** Mappings in the order in which they count: the one asked for, those among the files, those kept. */
async function mappingsFor(station: Station, ask: ImportAsk): Promise<Mapping[] | null> {
  const kept = await station.store.read.mappings();
  if (typeof ask.mapping === 'string') {
    const asked = kept.get(ask.mapping);
    return asked === undefined ? null : [Mapping.parse(asked)];
  }
  if (ask.mapping) return [ask.mapping];
  return [
    ...ask.files.flatMap((file) => mappingIn(file) ?? []),
    ...[...kept.values()].map((body) => Mapping.parse(body)),
  ];
}

/** The column mapping that a file is, if it is one. */
function mappingIn(file: ImportFile): Mapping | null {
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

/** Tasks that the import took away leave the draft; every import is a new revision, so that no edit is made against older facts. */
async function withoutVanished(write: Writer, workspace: Workspace, station: Station): Promise<Workspace> {
  const draft = new Map([...workspace.draft].filter(([task]) => workspace.tasks.has(task)));
  await write.pushEdit(editBetween('Import', workspace.draft, draft), { undoable: false });
  return workspaceFrom(await recordedIn({ read: write }), station.now);
}

/** Keeps a column mapping under its name, for the drop folder and the next import. */
export function saveMapping(station: Station, mapping: Mapping, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'mapping.save', async (write) => {
    await keepMapping(write, mapping);
    return { detail: null };
  });
}

const fingerprint = ({ name, text }: ImportFile) => ({
  name,
  sha256: createHash('sha256').update(text).digest('hex'),
});

const repeated = ({ name }: ImportFile): RowRefusal => ({
  file: name,
  line: 0,
  field: 'message',
  value: '',
  reason: 'This message came before; it is not applied again.',
});
