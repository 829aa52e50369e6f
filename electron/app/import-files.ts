import { createHash } from 'node:crypto';
import { Mapping } from '#electron/erp/csv/mapping.ts';
import { decodeFile } from '#electron/erp/decode.ts';
import { stageImport } from '#electron/erp/stage.ts';
import type { Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { ImportReport, RowRefusal } from '#shared/domain/import-report.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { editBetween } from '#shared/edit/draft.ts';
import { Refused, type Station } from './station.ts';
import { type Workspace, recordedIn, workspaceFrom } from './workspace.ts';

export interface ImportFile {
  readonly name: string;
  readonly text: string;
}

export interface ImportAsk {
  readonly files: readonly ImportFile[];
  /** A column mapping, or the name under which one is kept. */
  readonly mapping?: Mapping | string | undefined;
  readonly dryRun: boolean;
}

/**
 * Takes files of an ERP in: what is right goes in as one transaction, what is not is named with its place and reason.
 * A message that came before is not applied again.
 */
export async function importFiles(
  station: Station,
  ask: ImportAsk,
  caller: Caller,
): Promise<Outcome<ImportReport>> {
  const mapping = typeof ask.mapping === 'string' ? await keptMapping(station, ask.mapping) : ask.mapping;
  if (typeof ask.mapping === 'string' && !mapping) {
    const text = `No mapping is kept under the name “${ask.mapping}”.`;
    return { ok: false, refusal: { code: 'MAPPING_UNKNOWN', object: ask.mapping, text } };
  }
  const context = { zone: zoneOf(station.workspace.plant), ...(mapping && { mapping }) };
  const decoded = ask.files.map((file) => decodeFile(file, context));
  const seen = await Promise.all(decoded.map((file) => station.store.read.messageSeen(file.message)));
  const fresh = decoded.filter((_, index) => !seen[index]);
  const repeats = ask.files.filter((_, index) => seen[index]).map(repeated);
  if (ask.dryRun) {
    const { report } = stageImport(station.workspace.plant, fresh, true);
    return {
      ok: true,
      revision: station.workspace.revision,
      detail: { ...report, warnings: [...report.warnings, ...repeats] },
    };
  }
  return station.command(caller, 'import.files', async (write, workspace) => {
    const { changes, report: staged } = stageImport(workspace.plant, fresh, false);
    const report: ImportReport = { ...staged, warnings: [...staged.warnings, ...repeats] };
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
    const after = await withoutVanished(
      write,
      workspaceFrom(await recordedIn({ read: write }), station.now),
      station,
    );
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

/** Tasks that the import took away leave the draft; every import is a new revision, so that no edit is made against older facts. */
async function withoutVanished(write: Writer, workspace: Workspace, station: Station): Promise<Workspace> {
  const draft = new Map([...workspace.draft].filter(([task]) => workspace.tasks.has(task)));
  await write.pushEdit(editBetween('Import', workspace.draft, draft), { undoable: false });
  return workspaceFrom(await recordedIn({ read: write }), station.now);
}

async function keptMapping(station: Station, name: string): Promise<Mapping | undefined> {
  const kept = (await station.store.read.mappings()).get(name);
  return kept === undefined ? undefined : Mapping.parse(kept);
}

/** Keeps a column mapping under its name, for the drop folder and the next import. */
export function saveMapping(station: Station, mapping: Mapping, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'mapping.save', async (write) => {
    const parsed = Mapping.safeParse(mapping);
    if (!parsed.success) throw new Refused('BAD_MAPPING', mapping.name, parsed.error.message);
    await write.saveMapping(mapping.name, JSON.parse(JSON.stringify(mapping)));
    await write.log({
      entity: 'mapping',
      entityId: mapping.name,
      field: null,
      old: null,
      new: mapping.name,
      reason: null,
    });
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
