import { useState } from 'react';
import type { LinkView } from '#shared/contract/views.ts';
import type { LineLink } from '#shared/domain/line-link.ts';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import type { Formats } from '#renderer/ui/format.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { MachineCommand } from './machine-command.tsx';
import { Exchanges } from './exchanges.tsx';
import { LinkForm } from './link-form.tsx';
import { linkText as words } from './link-text.ts';

const NEWS = ['links.changed', 'queues.dispatched', 'board.changed'] as const;

/** Brokers and machines: whether each is connected, what it has not acknowledged, and where it and the record differ. */
export function LineLinks() {
  const links = useReply('link.list', NEWS).value;
  const [editing, setEditing] = useState<LineLink | 'new' | null>(null);
  return (
    <section className="connection" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <span className="view-head-gap" />
        <Button icon="plus" onPress={() => setEditing('new')}>
          {words.add}
        </Button>
      </header>
      {links?.length === 0 ? <p className="muted">{words.none}</p> : null}
      {links?.map((view) => (
        <Link key={view.link.name} view={view} onEdit={() => setEditing(view.link)} />
      ))}
      {editing === null ? null : (
        <LinkForm known={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </section>
  );
}

function Link({ view, onEdit }: { readonly view: LinkView; readonly onEdit: () => void }) {
  const { link, failure, differences, exchanges, jobs, unacknowledged, machineJobs } = view;
  const { moment } = useFormats();

  async function remove(): Promise<void> {
    const outcome = await act('link.remove', { name: link.name });
    if (outcome?.ok) notify('info', words.removed(link.name), words.removedHint);
  }
  return (
    <section className="connection" aria-label={link.name}>
      <header>
        <h3>{link.name}</h3>
        <code className="muted">{link.address}</code>
        <Standing view={view} moment={moment} />
        <span className="view-head-gap" />
        <Button onPress={onEdit}>{words.edit}</Button>
        <Button look="quiet" onPress={() => void remove()}>
          {words.remove}
        </Button>
      </header>
      {failure === null || !link.isOn ? null : (
        <Mark tone="late" icon="warn">
          {failure}
        </Mark>
      )}
      {link.isOn && jobs > 0 ? <p className="muted">{words.jobs(jobs, unacknowledged)}</p> : null}
      {differences.map((difference) => (
        <Difference key={difference.task} difference={difference} />
      ))}
      {link.isOn && machineJobs.length > 0 ? <MachineCommand view={view} /> : null}
      {link.isOn ? <Exchanges label={words.exchanges(link.name)} exchanges={exchanges} /> : null}
    </section>
  );
}

/** What only somebody at the machine can say is not decided here: the button says that somebody has looked. */
const Difference = ({
  difference: { task, text, isLost },
}: {
  readonly difference: LinkView['differences'][number];
}) => (
  <p className="link-difference">
    <Mark tone="warn" icon="warn">
      {words.difference(task, text)}
    </Mark>
    {isLost ? (
      <Button
        aria-label={words.storeAnewFor(task)}
        onPress={() => void act('job.withdraw', { task, reason: words.storeAnewReason })}
      >
        {words.storeAnew}
      </Button>
    ) : null}
  </p>
);

function Standing({
  view: { link, isConnected, since },
  moment,
}: {
  readonly view: LinkView;
  readonly moment: Formats['moment'];
}) {
  if (!link.isOn) return <span className="muted">{words.off}</span>;
  if (isConnected) return <Mark icon="check">{words.connected(moment(since))}</Mark>;
  return (
    <Mark tone="warn" icon="clock">
      {words.disconnected(moment(since))}
    </Mark>
  );
}
