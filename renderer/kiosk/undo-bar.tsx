import { useEffect, useState } from 'react';
import { UNDO_SHOWN } from '#shared/contract/line.ts';
import { quantity } from '#renderer/ui/format.ts';
import { resultText as words } from './result-text.ts';
import { undo } from './take-back.ts';
import { type Said, forgetUndo, useUndo } from './undo.ts';
import './undo.css';

/** A hand that taps on is no decision: it comes where nothing was, and counts only after so many milliseconds. */
const SETTLES = 600;
const TICK = 250;

/** Takes back what was reported last, as long as it stands (U14). `done` when the station has been told, or cannot be now. */
export function UndoBar({ done }: { readonly done: () => void }) {
  const said = useUndo((state) => state.said);
  return said ? <Offer key={said.entry.id} said={said} done={done} /> : null;
}

function saidIn({ entry, what, uom }: Said): string {
  if (entry.kind === 'listSeen' || entry.kind === 'withdrawn') return what;
  if (entry.kind === 'splitOff') return words.gaveBack(quantity(entry.rest ?? 0, uom), what);
  if (entry.kind !== 'quantityReported') return words.said[entry.kind](what);
  const { good = 0, scrap = 0, rework = 0 } = entry;
  return words.counted(quantity(good + scrap + rework, uom), what);
}

function Offer({ said, done }: { readonly said: Said; readonly done: () => void }) {
  const [shown] = useState(Date.now); // after a reload it comes anew
  const [now, setNow] = useState(shown);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(tick);
  }, []);
  const left = UNDO_SHOWN - (now - said.at) / 1000;
  const isOver = left <= 0;
  useEffect(() => {
    if (isOver) forgetUndo();
  }, [isOver]);
  return (
    <div className="undo" role="status">
      <button
        type="button"
        className="tap"
        onClick={() => {
          if (Date.now() - shown >= SETTLES) void undo().finally(done);
        }}
      >
        <span className="grow">{saidIn(said)}</span>
        <strong>{words.undo}</strong>
        <span className="muted" aria-hidden="true">
          {Math.max(1, Math.ceil(left))} s
        </span>
        <span className="left" style={{ inlineSize: `${Math.max(0, left / UNDO_SHOWN) * 100}%` }} />
      </button>
    </div>
  );
}
