import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { JobCommand } from '#shared/domain/line-link.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { nameOf } from './edit-draft.ts';
import { judgeStartByAge } from './facts-age.ts';
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
  const given = { isNew: false };
  const told = await station.command(caller, 'job.command', async (write, workspace) => {
    if (unit === undefined) throw new Refused('LINK_UNKNOWN', link, `There is no machine “${link}”.`);
    given.isNew = true;
    const [refusal] =
      command === 'Start'
        ? [
            ...judgeStartByAge(station, workspace, { kind: 'started', unit, task }, station.now).refusals,
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
  // The same intention again, because its answer was lost on the way: a machine is not told twice.
  if (!given.isNew) return { ...told, detail: { text: 'It was told so before.' } };
  const { ok, text } = await answerOf(station, link, command, task, reason);
  await noteAnswer(station, { ...caller, key: `${caller.key} answer` }, task, { ok, text });
  if (ok) return { ...told, detail: { text } };
  return {
    ok: false,
    refusal: { code: 'MACHINE_REFUSED', object: task, text: `${command} was refused: ${text}` },
  };
}

/** What the machine says, or why nobody knows what it does. */
async function answerOf(
  { runningLinks }: Station,
  ...asked: readonly [link: string, command: JobCommand, task: TaskId, reason: string]
): Promise<{ readonly ok: boolean; readonly text: string }> {
  try {
    return (
      (await (runningLinks?.command(...asked) ?? null)) ?? {
        ok: false,
        text: 'The machine is not connected.',
      }
    );
  } catch (error) {
    return {
      ok: false,
      text: `The machine did not answer (${error instanceof Error ? error.message : String(error)}). Look whether it does it all the same.`,
    };
  }
}

/** A command stands in the ledger before it is given; what became of it, behind it. */
const noteAnswer = (
  station: Station,
  caller: Caller,
  task: TaskId,
  answer: { readonly ok: boolean; readonly text: string },
): Promise<Outcome> =>
  station.command(caller, 'job.answer', async (write) => {
    await write.log({
      entity: 'task',
      entityId: task,
      field: 'command answer',
      old: null,
      new: answer,
      reason: null,
    });
    return { detail: null };
  });

const withoutName = (needs: number) =>
  needs === 0
    ? []
    : [
        {
          code: 'PERSON_MISSING',
          text: 'This task needs somebody qualified: whoever does it starts it at the line page, and the machine is told.',
        },
      ];
