import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { JobCommand } from '#shared/domain/line-link.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { nameOf } from './edit-draft.ts';
import { judgeStart } from './record-execution.ts';
import { Refused, type Station } from './station.ts';

export interface JobOrderCommand {
  readonly link: string;
  readonly task: TaskId;
  readonly command: JobCommand;
  readonly reason: string;
}

/**
 * Gives a machine a command for a job. Start passes the gates of a start, because the machine then begins by itself; what
 * it does is recorded when it has done it, not when it was told to.
 */
export async function commandJob(
  station: Station,
  { link, task, command, reason }: JobOrderCommand,
  caller: Caller,
): Promise<Outcome<{ readonly text: string }>> {
  const configured = station.workspace.links.find(({ name }) => name === link);
  const [unit] = configured?.kind === 'opcua' ? configured.units : [];
  const told = await station.command(caller, 'job.command', async (write, workspace) => {
    if (unit === undefined) throw new Refused('LINK_UNKNOWN', link, `There is no machine “${link}”.`);
    const [refusal] =
      command === 'Start'
        ? [
            ...judgeStart(workspace, { kind: 'started', unit, task }, station.now).refusals,
            ...withoutName(workspace.tasks.get(task)?.people.length ?? 0),
          ]
        : [];
    if (refusal) throw new Refused(refusal.code, task, refusal.text);
    await write.log({
      entity: 'task',
      entityId: task,
      field: 'command',
      old: null,
      new: { command, machine: link, unit: nameOf(workspace, unit) },
      reason: reason === '' ? null : reason,
    });
    return { detail: { text: '' } };
  });
  if (!told.ok) return told;
  const answer = await (station.runningLinks?.command(link, command, task, reason) ?? null);
  const { ok, text } = answer ?? { ok: false, text: 'The machine is not connected.' };
  if (ok) return { ...told, detail: { text } };
  return {
    ok: false,
    refusal: { code: 'MACHINE_REFUSED', object: task, text: `${command} was refused: ${text}` },
  };
}

const withoutName = (needs: number) =>
  needs === 0
    ? []
    : [
        {
          code: 'PERSON_MISSING',
          text: 'This task needs somebody qualified: whoever does it starts it at the line page, and the machine is told.',
        },
      ];
