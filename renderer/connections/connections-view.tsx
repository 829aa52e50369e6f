import { useState } from 'react';
import type { FeedView } from '#shared/contract/views.ts';
import { isRead } from '#shared/domain/feed-of.ts';
import type { Feed } from '#shared/domain/feed.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { useReply } from '#renderer/state/reply.ts';
import { plantNow, useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Empty, Mark, ViewHead } from '#renderer/ui/view.tsx';
import { ConnectionForm } from './connection-form.tsx';
import './connections.css';
import { Differences } from './differences.tsx';
import { LineLinks } from './line-links.tsx';
import { Exchanges } from './exchanges.tsx';
import { Messages } from './messages.tsx';
import { connectionsText as words } from './text.ts';

const NEWS = ['feeds.changed', 'board.replaced'] as const;

/** The ERPs that the station speaks with: how fresh they are, what they changed, what they were told. */
export function ConnectionsView() {
  const { value: feeds, failure } = useReply('feed.list', NEWS);
  const [editing, setEditing] = useState<Feed | 'new' | null>(null);
  const close = () => setEditing(null);
  return (
    <section className="view" aria-label={words.title}>
      <ViewHead title={words.title}>
        <AllowedButton needs="feed.save" icon="plus" onPress={() => setEditing('new')}>
          {words.add}
        </AllowedButton>
      </ViewHead>
      <div className="view-body connections">
        {failure === null ? null : <p role="alert">{failure}</p>}
        {feeds?.length === 0 ? (
          <Empty icon="connections" title={words.none} hint={words.noneHint}>
            <AllowedButton needs="feed.save" look="primary" onPress={() => setEditing('new')}>
              {words.add}
            </AllowedButton>
          </Empty>
        ) : null}
        {feeds && feeds.length > 0 ? <Differences /> : null}
        {feeds?.map((view) => (
          <Connection key={view.feed.name} view={view} onEdit={() => setEditing(view.feed)} />
        ))}
        <LineLinks />
      </div>
      {editing === null ? null : (
        <ConnectionForm known={editing === 'new' ? null : editing} onClose={close} />
      )}
    </section>
  );
}

function Connection({ view, onEdit }: { readonly view: FeedView; readonly onEdit: () => void }) {
  const { feed } = view;
  const { name } = feed;
  const [isReading, setReading] = useState(false);

  async function reconcile(): Promise<void> {
    setReading(true);
    const told = await station
      .call('feed.reconcile', { name })
      .catch((error: unknown) => ({ ok: false, text: String(error) }));
    setReading(false);
    notify(told.ok ? 'info' : 'error', name, told.text);
  }
  async function remove(): Promise<void> {
    const outcome = await act('feed.remove', { name });
    if (outcome?.ok) notify('info', words.removed(name), words.removedHint);
  }

  return (
    <section className="connection" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <code className="muted">{feed.address}</code>
        {isRead(feed) ? <Age pulled={view.pulled} staleAfter={feed.staleAfter} /> : null}
        <span className="view-head-gap" />
        {isRead(feed) ? (
          <Button onPress={() => void reconcile()} isDisabled={isReading || !view.hasSecret}>
            {isReading ? words.reconciling : words.reconcile}
          </Button>
        ) : null}
        <AllowedButton needs="feed.save" onPress={onEdit}>
          {words.edit}
        </AllowedButton>
        <AllowedButton needs="feed.remove" look="quiet" onPress={() => void remove()}>
          {words.remove}
        </AllowedButton>
      </header>
      <p className="muted">{isRead(feed) ? (feed.tells ? words.tells : words.tellsNot) : words.onlyTold}</p>
      {view.hasSecret || !isRead(feed) ? null : (
        <Mark tone="warn" icon="warn">
          {words.noSecret}
        </Mark>
      )}
      {view.failure === null ? null : (
        <Mark tone="late" icon="warn">
          {view.failure}
        </Mark>
      )}
      <Messages view={view} />
      <Exchanges label={words.exchanges} exchanges={view.exchanges} />
    </section>
  );
}

function Age({ pulled, staleAfter }: { readonly pulled: number | null; readonly staleAfter: number }) {
  const { moment } = useFormats();
  return (
    <>
      <span className="muted">{pulled === null ? words.never : words.pulledAt(moment(pulled))}</span>
      {pulled === null || plantNow() - pulled > staleAfter ? (
        <Mark tone="warn" icon="clock">
          {words.stale}
        </Mark>
      ) : null}
    </>
  );
}
