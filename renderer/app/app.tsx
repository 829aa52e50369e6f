import { useState } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { isInside, useAccount } from '#renderer/state/account.ts';
import { type Overlay, type Place, closeOverlay, usePlace } from '#renderer/state/place.ts';
import { enter, useFormats, useSession } from '#renderer/state/session.ts';
import { station } from '#renderer/bridge/station.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { later } from '#renderer/ui/later.tsx';
import { text } from '#renderer/ui/text.ts';
import { Palette } from '#renderer/commands/palette.tsx';
import { placeText } from '#renderer/commands/text.ts';
import './app.css';
import { Failsafe } from './failsafe.tsx';
import { Figures } from './figures.tsx';
import { Notices } from './notices.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { appText } from './text.ts';
import { TopBar } from './top-bar.tsx';
import { VIEWS } from './views.ts';

const Help = later(async () => (await import('#renderer/commands/help.tsx')).Help);
const FirstStart = later(async () => (await import('./first-start.tsx')).FirstStart);
const PublishDialog = later(
  async () => (await import('#renderer/dispatch/publish-dialog.tsx')).PublishDialog,
);
const DispatchDialog = later(
  async () => (await import('#renderer/dispatch/dispatch-dialog.tsx')).DispatchDialog,
);
const RecallDialog = later(async () => (await import('#renderer/dispatch/recall-dialog.tsx')).RecallDialog);
const ScenarioDialogs = later(async () => (await import('./scenario-dialogs.tsx')).ScenarioDialogs);
const SolveProgressPanel = later(async () => (await import('./solve-panel.tsx')).SolveProgressPanel);

const Entrance = later(async () => (await import('#renderer/account/entrance.tsx')).Entrance);

/** The window, or the way in: what is behind is not there while it is locked (SL-01). */
export function App() {
  const account = useAccount((state) => state.account);
  return isInside(account) ? <Window /> : <Entrance onEntered={enter} />;
}

/** Rail, top bar, figures, one view, status bar. */
const Window = () => (
  <div className="app">
    <a className="skip" href="#view">
      {appText.skip}
    </a>
    <Rail />
    <TopBar />
    <Figures />
    <main id="view" className="app-view" tabIndex={-1}>
      <ConnectionBanner />
      <RecordBanner />
      <View />
    </main>
    <StatusBar />
    <Progress />
    <Notices />
    <Overlays />
  </div>
);

/** Views that make sense before there is a plant. */
const ALWAYS: ReadonlySet<Place> = new Set(['imports', 'connections', 'audit', 'settings']);

function View() {
  const place = usePlace((state) => state.place);
  const empty = useSession((state) => state.status?.empty);
  if (empty === undefined && !ALWAYS.has(place)) return <Waiting />;
  if (empty === true && !ALWAYS.has(place)) return <FirstStart />;
  const Shown = VIEWS[place];
  return (
    <Failsafe key={place} name={placeText[place]}>
      <Shown />
    </Failsafe>
  );
}

const Waiting = () => (
  <p className="app-waiting muted" role="status">
    {text.loading}
  </p>
);

function ConnectionBanner() {
  const connection = useSession((state) => state.connection);
  if (connection !== 'lost') return null;
  return (
    <div className="banner" role="alert">
      <Icon name="warn" />
      <span>{appText.lost}</span>
      <Button onPress={station.retry}>{appText.retry}</Button>
    </div>
  );
}

/** Nothing is stored while the disk is full, and nothing ever again into a damaged record. */
function RecordBanner() {
  const trouble = useSession((state) => state.status?.trouble ?? null);
  const backup = useSession((state) => state.status?.backup ?? null);
  const formats = useFormats();
  if (trouble === null) return null;
  const { title, hint } = appText.trouble[trouble.kind];
  return (
    <div className="banner" role="alert">
      <Icon name="warn" />
      <span>
        <strong>{title}</strong> {trouble.text.split('\n', 1)} {hint}{' '}
        {trouble.kind === 'damaged'
          ? appText.lastBackup(backup === null ? null : formats.moment(backup))
          : null}
      </span>
    </div>
  );
}

function Progress() {
  const isSolving = useBoard(({ solving }) => solving !== null);
  return isSolving ? <SolveProgressPanel /> : null;
}

const SCENARIO_DIALOGS: ReadonlySet<Overlay> = new Set(['branch', 'renameScenario', 'removeScenario']);

function Overlays() {
  const overlay = usePlace((state) => state.overlay);
  return (
    <>
      {overlay === 'palette' ? <Palette /> : null}
      {overlay === 'help' ? <Help /> : null}
      {overlay === 'publish' ? <PublishDialog /> : null}
      {overlay === 'dispatch' ? <DispatchDialog onClose={closeOverlay} /> : null}
      {overlay === 'recall' ? <RecallSelected /> : null}
      {overlay !== null && SCENARIO_DIALOGS.has(overlay) ? <ScenarioDialogs /> : null}
    </>
  );
}

/** What was selected when it was asked for, whatever is selected meanwhile. */
function RecallSelected() {
  const [tasks] = useState(() => [...useBoard.getState().selection]);
  return <RecallDialog of={{ tasks }} onClose={closeOverlay} />;
}
