import type { FeedView, ToldMessage } from '#shared/contract/views.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import { nameOf } from './edit-draft.ts';
import { stateOf } from './feed-state.ts';
import type { Station } from './station.ts';
import { aboutOf, settlementInWords } from './told-words.ts';
import type { Workspace } from './workspace.ts';

/** So many of the last messages are shown. */
const MESSAGES = 100;

/** Every connection with its age, its outbox and its last exchanges. Its secret stays where it is. */
export function feedViews(station: Station): Promise<FeedView[]> {
  return Promise.all(
    station.workspace.feeds.map(async (feed) => {
      const { pulled, failure, silence, exchanges } = stateOf(station, feed.name);
      const { entries, ...counts } = await station.store.read.outbox(feed.name, MESSAGES);
      const hasSecret = (await station.secrets.get(feed.name)) !== null;
      return {
        feed,
        pulled,
        hasSecret,
        failure: failure ?? silence,
        exchanges,
        messages: entries.map((entry) => told(station.workspace, entry)),
        ...counts,
      };
    }),
  );
}

const told = (workspace: Workspace, entry: OutboxEntry): ToldMessage => ({
  ...entry,
  settlement: entry.settlement && settlementInWords(workspace, entry.settlement),
  about: aboutOf(workspace, entry.message),
  unitName: nameOf(workspace, entry.message.unit),
});
