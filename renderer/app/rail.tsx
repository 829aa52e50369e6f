import type { SessionView } from '#shared/contract/session.ts';
import { placeText } from '#renderer/commands/text.ts';
import { writtenKeys } from '#renderer/commands/keys.ts';
import { VIEW_NEEDS } from '#renderer/commands/window.ts';
import { useCommands } from '#renderer/commands/registry.ts';
import { reasonAgainst, useAccount } from '#renderer/state/account.ts';
import { useBoard } from '#renderer/state/board.ts';
import { PLACES, type Place, usePlace } from '#renderer/state/place.ts';
import { useReply } from '#renderer/state/reply.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { tipOf } from '#renderer/ui/tip.ts';
import './rail.css';
import { appText } from './text.ts';

const FEED_NEWS = ['feeds.changed', 'board.replaced'] as const;
const CASE_NEWS = ['cases.changed'] as const;
const QUEUE_NEWS = ['version.published', 'queues.dispatched'] as const;

/** The views, one icon each; a number where a decision waits. */
export function Rail() {
  const place = usePlace((state) => state.place);
  const proposal = useBoard((state) => state.proposal);
  const account = useAccount((state) => state.account);
  const queues = useReply('queue.list', QUEUE_NEWS).value;
  const differences = useReply('difference.list', FEED_NEWS).value;
  const cases = useReply('case.list', CASE_NEWS).value;
  const waiting: Partial<Record<Place, number>> = {
    board: proposal ? 1 : 0, // one decision, however much it moves
    connections: differences?.length ?? 0,
    cases: cases?.filter(({ state }) => state === 'open').length ?? 0,
    dispatch: queues?.filter(({ stale }) => stale).length ?? 0,
  };
  return (
    <nav className="rail" aria-label={appText.rail}>
      {PLACES.filter((view) => isOffered(account, view)).map((view) => (
        <RailLink key={view} view={view} isHere={view === place} waiting={waiting[view] ?? 0} />
      ))}
    </nav>
  );
}

function isOffered(account: SessionView | null, view: Place): boolean {
  const needs = VIEW_NEEDS[view];
  return needs === undefined || reasonAgainst(account, needs) === null;
}

function RailLink({
  view,
  isHere,
  waiting,
}: {
  readonly view: Place;
  readonly isHere: boolean;
  readonly waiting: number;
}) {
  const keys = useCommands((state) => state.commands.get(`go.${view}`)?.keys?.[0]);
  return (
    <a
      {...tipOf(placeText[view], keys && writtenKeys(keys), 'right')}
      className={view === 'settings' ? 'rail-link last' : 'rail-link'}
      href={`#/${view}`}
      aria-label={waiting > 0 ? `${placeText[view]}, ${waiting}` : placeText[view]}
      aria-current={isHere ? 'page' : false}
    >
      <Icon name={view} size={20} />
      {waiting > 0 ? <span className="rail-number">{Math.min(waiting, 99)}</span> : null}
    </a>
  );
}
