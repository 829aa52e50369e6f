import type { Writer } from '#electron/store/store.ts';
import type { Fact } from '#shared/contract/facts.ts';
import { editBetween } from '#shared/edit/draft.ts';
import type { Workspace } from './workspace.ts';

/**
 * What an import does to the scenarios that are not open: tasks that it took away lose their place there too, and those
 * that it brought have none yet. Said in the ledger, and to the planner where a scenario is touched.
 */
export async function importedInto(write: Writer, before: Workspace, after: Workspace): Promise<Fact[]> {
  const added = after.plan.tasks.filter(({ id }) => !before.tasks.has(id)).length;
  const facts: Fact[] = [];
  for (const { id, name } of after.scenarios) {
    if (id === after.scenario) continue;
    const draft = await write.draft(id);
    const kept = new Map([...draft].filter(([task, { part }]) => after.tasks.has(part?.of ?? task)));
    const gone = draft.size - kept.size;
    if (gone + added === 0) continue;
    if (gone > 0) await write.pushEdit(editBetween('Import', draft, kept), { undoable: false, scenario: id });
    await write.log({
      entity: 'scenario',
      entityId: name,
      field: 'import',
      old: null,
      new: { gone, added },
      reason: null,
    });
    facts.push({ kind: 'notice', level: 'info', text: told(name, gone, added) });
  }
  return facts;
}

const told = (name: string, gone: number, added: number): string =>
  [
    `The import changed “${name}” too:`,
    [
      ...(gone > 0 ? [`${gone} ${gone === 1 ? 'task is' : 'tasks are'} gone`] : []),
      ...(added > 0 ? [`${added} new ${added === 1 ? 'task has' : 'tasks have'} no place there yet`] : []),
    ].join(', '),
  ].join(' ');
