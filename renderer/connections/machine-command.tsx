import { useState } from 'react';
import type { LinkView } from '#shared/contract/views.ts';
import type { JobCommand } from '#shared/domain/line-link.ts';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { Button } from '#renderer/ui/button.tsx';
import { linkText as words } from './link-text.ts';

/** JobOrderCommand of ISA-95, as the machine knows them. */
const COMMANDS: readonly JobCommand[] = ['Start', 'Pause', 'Resume', 'Stop', 'Abort'];

/** Tells a machine what to do with a job, from the desk; what it then does comes back as its report. */
export function MachineCommand({ view: { link, machineJobs } }: { readonly view: LinkView }) {
  const [task, setTask] = useState(machineJobs[0]?.task);
  const [command, setCommand] = useState<JobCommand>('Start');
  const [reason, setReason] = useState('');
  const job = machineJobs.find((one) => one.task === task) ?? machineJobs[0];
  if (!job) return null;

  async function tell(of: NonNullable<typeof job>): Promise<void> {
    const outcome = await act('job.command', { link: link.name, task: of.task, command, reason });
    if (outcome?.ok) notify('info', link.name, words.told(command, of.label));
  }
  return (
    <div className="machine-command">
      <label>
        {words.job}
        <select value={job.task} onChange={({ target }) => setTask(idOf(target.value))}>
          {machineJobs.map((one) => (
            <option key={one.task} value={one.task}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.command}
        <select
          value={command}
          onChange={({ target }) => setCommand(COMMANDS.find((one) => one === target.value) ?? 'Start')}
        >
          {COMMANDS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        {words.reason}
        <input type="text" value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      <Button onPress={() => void tell(job)}>{words.tell}</Button>
    </div>
  );

  function idOf(value: string): typeof task {
    return machineJobs.find((one) => one.task === value)?.task;
  }
}
