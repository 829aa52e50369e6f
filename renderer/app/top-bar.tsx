import { MINUTE } from '#shared/time/instant.ts';
import { writtenKeys } from '#renderer/commands/keys.ts';
import { runById, useEnabled } from '#renderer/commands/run.ts';
import { titleOf, useCommands } from '#renderer/commands/registry.ts';
import { useAccount } from '#renderer/state/account.ts';
import { useBoard } from '#renderer/state/board.ts';
import { goTo } from '#renderer/state/place.ts';
import { plantNow, useFormats, useSession } from '#renderer/state/session.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { counted, duration } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { later } from '#renderer/ui/later.tsx';
import { useTheme } from '#renderer/ui/theme.ts';
import { appText } from './text.ts';
import { ScenarioMenu } from './scenario-menu.tsx';
import './top-bar.css';

const AccountMenu = later(async () => (await import('#renderer/account/account-menu.tsx')).AccountMenu);

/** Which plant, which draft, how fresh: and the field that finds everything. */
export function TopBar() {
  const status = useSession((state) => state.status);
  const theme = useTheme((state) => state.theme);
  return (
    <header className="top-bar">
      <span className="top-bar-plant">{status?.plant ?? appText.name}</span>
      <ScenarioMenu />
      <DraftState />
      <span className="top-bar-gap" />
      <HistoryButton id="undo" icon="undo" />
      <HistoryButton id="redo" icon="redo" />
      <Button className="top-bar-search" onPress={() => runById('palette')}>
        <Icon name="search" size={14} />
        <span>{appText.search}</span>
        <kbd>{writtenKeys('$mod+k')}</kbd>
      </Button>
      <Unseen />
      <Freshness />
      <IconButton icon="keyboard" label={appText.keys} keys="?" onPress={() => runById('help')} />
      <IconButton
        icon={theme === 'night' ? 'sun' : 'moon'}
        label={theme === 'night' ? appText.day : appText.night}
        onPress={() => runById('theme')}
      />
      <Account />
    </header>
  );
}

/** Only where somebody is logged in. */
const Account = () => (useAccount(({ account }) => account?.kind) === 'in' ? <AccountMenu /> : null);

function DraftState() {
  const published = useSession((state) => state.published);
  const empty = useSession((state) => state.status?.empty ?? true);
  const moved = useBoard((state) => state.board?.state.movedSincePublished ?? 0);
  if (empty) return null;
  const { number } = published ?? { number: null };
  let words: string = appText.unpublished;
  if (number !== null && moved > 0) words = appText.sincePublished(counted(moved, 'change'), number);
  else if (number !== null) words = appText.likePublished(number);
  return <span className="top-bar-draft muted">{words}</span>;
}

function HistoryButton({ id, icon }: { readonly id: 'undo' | 'redo'; readonly icon: 'undo' | 'redo' }) {
  const enabled = useEnabled(id);
  const command = useCommands((state) => state.commands.get(id));
  const board = useBoard();
  const session = useSession();
  if (!command) return null;
  return (
    <IconButton
      icon={icon}
      label={titleOf(command, { board, session })}
      keys={command.keys?.[0] && writtenKeys(command.keys[0])}
      isDisabled={!enabled}
      onPress={() => runById(id)}
    />
  );
}

/** Lines that have not seen what they were told: grey while that is new, a matter for somebody when it is not. */
function Unseen() {
  const unseen = useBoard((state) => state.board?.state.unseen ?? null);
  const limit = useAccount(({ account }) => account?.policy.seenMinutes ?? Infinity) * MINUTE;
  useSession((state) => state.status); // ages go on with every status
  if (!unseen) return null;
  const age = Math.max(0, plantNow() - unseen.since);
  const isOld = age > limit;
  return (
    <button
      type="button"
      className={isOld ? 'top-bar-unseen warn' : 'top-bar-unseen muted'}
      title={appText.unseenTip(counted(unseen.lines, 'line'), duration(age))}
      onClick={() => goTo('dispatch')}
    >
      <Icon name={isOld ? 'warn' : 'clock'} size={13} />
      {appText.unseen(unseen.lines)} {duration(age)}
    </button>
  );
}

/** Old facts are the planner's first suspect: their age stands in the window, not in a menu. */
function Freshness() {
  const status = useSession((state) => state.status);
  if (!status) return null;
  const { lastImport, lines, feeds, limits } = status;
  return (
    <ul className="freshness">
      {feeds.map(({ name, pulled, staleAfter }) => (
        <Age
          key={name}
          name={name}
          from={pulled}
          isOld={pulled === null || plantNow() - pulled > staleAfter}
          never={appText.feedNeverTip}
        />
      ))}
      {feeds.length > 0 ? null : (
        <Age
          name={appText.erp}
          from={lastImport}
          isOld={lastImport !== null && plantNow() - lastImport > limits.imported}
          never={appText.erpNeverTip}
        />
      )}
      <li
        className="muted"
        title={lines === 0 ? appText.noLinesTip : appText.linesTip(counted(lines, 'line'))}
      >
        <span className={lines === 0 ? 'dot off' : 'dot'} />
        {appText.lines} {lines}
      </li>
    </ul>
  );
}

/** How old the facts of one source are; what is too old is never only grey. */
function Age({
  name,
  from,
  isOld,
  never,
}: {
  readonly name: string;
  readonly from: number | null;
  readonly isOld: boolean;
  readonly never: string;
}) {
  const { moment } = useFormats();
  return (
    <li className={isOld ? 'warn' : 'muted'} title={from === null ? never : appText.erpTip(moment(from))}>
      {isOld ? <Icon name="warn" size={13} /> : <span className={from === null ? 'dot off' : 'dot'} />}
      {name} {from === null ? appText.erpNever : duration(Math.max(0, plantNow() - from))}
    </li>
  );
}
