import { useEffect, useState } from 'react';
import { runById } from '#renderer/commands/run.ts';
import { useBoard } from '#renderer/state/board.ts';
import { goTo } from '#renderer/state/place.ts';
import { clockSeconds, useFormats, useSession } from '#renderer/state/session.ts';
import { stopwatch } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { betterThanFirst } from './solve-text.ts';
import './status-bar.css';
import { appText } from './text.ts';

/** What goes on right now, and what time it is at the plant. */
export const StatusBar = () => (
  <footer className="status-bar">
    <Doings />
    <Damage />
    <span className="status-bar-gap" />
    <Revision />
    <PlantClock />
  </footer>
);

function Doings() {
  const solving = useBoard((state) => state.solving);
  const proposal = useBoard((state) => state.proposal);
  const connection = useSession((state) => state.connection);
  if (connection !== 'open') return <span>{appText.connecting}</span>;
  if (solving) {
    const { progress } = solving;
    return (
      <>
        <span className="status-bar-busy" aria-hidden="true" />
        <span>
          {appText.solving}: {betterThanFirst(progress)} · {stopwatch(progress?.elapsedMs ?? 0)}
          {progress ? ` · ${progress.phase}` : ''}
        </span>
        <button type="button" onClick={() => runById('solve.cancel')}>
          {appText.cancel}
        </button>
        <button type="button" onClick={() => runById('solve.take')}>
          {appText.take}
        </button>
      </>
    );
  }
  if (proposal) {
    return (
      <>
        <Icon name="info" size={13} />
        <span>{appText.proposalWaits}</span>
        <button type="button" onClick={() => goTo('board')}>
          {appText.show}
        </button>
      </>
    );
  }
  return <span className="muted">{appText.ready}</span>;
}

/** A record that is not whole is said everywhere, for as long as it is so. */
function Damage() {
  const isDamaged = useSession((state) => state.status?.record?.ok === false);
  return isDamaged ? <span className="late">{appText.recordDamaged}</span> : null;
}

function Revision() {
  const revision = useBoard((state) => state.board?.state.revision);
  return revision === undefined ? null : <span className="muted">{appText.revision(revision)}</span>;
}

function PlantClock() {
  const zone = useSession((state) => state.status?.zone);
  const formats = useFormats();
  const skew = useSession((state) => state.skew);
  const [clock, setClock] = useState(clockSeconds);
  const now = clock + skew;
  useEffect(() => {
    const timer = setInterval(() => setClock(clockSeconds()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (zone === undefined) return null;
  return (
    <time title={`${appText.plantTime}: ${zone}`} dateTime={new Date(now * 1000).toISOString()}>
      {formats.moment(now)}
    </time>
  );
}
