import type { StagedChange } from '#electron/erp/stage.ts';
import type { Writer } from '#electron/store/store.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import { editBetween } from '#shared/edit/draft.ts';
import type { Instant } from '#shared/time/instant.ts';
import { importedInto } from './import-scenarios.ts';
import { recordLog } from './record-execution.ts';
import { type Workspace, recordedIn, withDraft, workspaceFrom } from './workspace.ts';

export interface Applied {
  readonly after: Workspace;
  /** What scenarios that are not open are told. */
  readonly told: readonly Fact[];
}

/** Puts what was staged into the plant, with what that does to drafts and scenarios. Part of a running command with this key. */
export async function applyChanges(
  write: Writer,
  before: Workspace,
  {
    changes,
    reports,
  }: { readonly changes: readonly StagedChange[]; readonly reports: readonly ExecutionReport[] },
  key: string,
  now: Instant,
): Promise<Applied> {
  for (const change of changes) {
    await write.putRecords(change.kind, change.put, key);
    await write.removeRecords(change.kind, change.remove);
  }
  let after = await withoutVanished(write, now);
  const told = await importedInto(write, before, after);
  after = { ...after, revision: await write.revision() };
  if (reports.length === 0) return { after, told };
  const { events, deviations } = await recordLog(write, after, reports, now);
  await write.log({
    entity: 'log',
    entityId: key,
    field: 'execution',
    old: null,
    new: { events: events.length, deviations },
    reason: null,
  });
  return { after: workspaceFrom({ ...after, events: [...after.events, ...events] }, now), told };
}

/** Tasks that the import took away leave the draft; what changes the plant is a new revision, so that no edit is made against older facts. */
async function withoutVanished(write: Writer, now: Instant): Promise<Workspace> {
  const recorded = await recordedIn({ read: write });
  const workspace = workspaceFrom(recorded, now);
  const draft = new Map([...recorded.draft].filter(([task]) => workspace.tasks.has(task)));
  await write.pushEdit(editBetween('Import', recorded.draft, draft), { undoable: false });
  return withDraft({ ...workspace, revision: await write.revision(), ...(await write.edits()) }, draft);
}
