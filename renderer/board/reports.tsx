import { useState } from 'react';
import type { ReportView, ReportedAmounts, TaskReports } from '#shared/contract/views.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { useBoard } from '#renderer/state/board.ts';
import { formatsOf, quantity } from '#renderer/ui/format.ts';
import { Part } from './inspector-part.tsx';
import './reports.css';
import { reportsText as words } from './reports-text.ts';
import { useBoardUi } from './ui-state.ts';
import { useReports } from './use-reports.ts';
import { shortMoment } from './verdict-text.ts';

const SHOWN = 6;

/** What lines reported of a task, the oldest first; nothing before the first report. A click puts one right. */
export function Reports({ task }: { readonly task: TaskId }) {
  const told = useReports(task);
  const [all, setAll] = useState(false);
  if (!told || told.reports.length === 0) return null;
  const hidden = all ? 0 : Math.max(0, told.reports.length - SHOWN);
  return (
    <Part title={words.title}>
      {hidden > 0 ? (
        <button type="button" className="link line-reports-earlier" onClick={() => setAll(true)}>
          {words.earlier(hidden)}
        </button>
      ) : null}
      <ul className="line-reports">
        {told.reports.slice(hidden).map((report) => (
          <li key={report.id}>
            {mayChange(report) ? (
              <button
                type="button"
                className="line-report"
                onClick={() => useBoardUi.setState({ reporting: { report: report.id } })}
              >
                <ReportWords report={report} of={told} />
              </button>
            ) : (
              <div className="line-report">
                <ReportWords report={report} of={told} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Whether it is a fact that stands, or that the desk let stand no more: the others are only there to be read. */
export const mayChange = ({ kind, takenBack }: ReportView): boolean =>
  kind !== 'cannotRun' && (takenBack === null || takenBack.isDesk);

/** One report in words: what was said is struck through where it no longer holds, with who says so and why. */
export function ReportWords({ report, of }: { readonly report: ReportView; readonly of: TaskReports }) {
  const formats = formatsOf(useBoard((state) => state.board?.zone ?? 'UTC'));
  const when = (at: Instant): string => shortMoment(formats, at);
  const { kind, takenBack, corrected, undone, reason, by, unit } = report;
  const said = amounts(report.said, of);
  const details = detailsOf(report, of);
  const Said = takenBack ? 's' : 'span';
  return (
    <>
      <span className="line-report-head">
        <Said className="line-report-what">{words.kind[kind]}</Said>
        <span className="muted">{when(report.at)}</span>
      </span>
      {corrected && !takenBack ? (
        <>
          <s>{said}</s>
          <span>{amounts(report.right, of)}</span>
        </>
      ) : said ? (
        <Said>{said}</Said>
      ) : null}
      {details ? <Said>{details}</Said> : null}
      <span className="muted">{[by, unit, reason].filter(Boolean).join(' · ')}</span>
      {corrected ? (
        <span className="line-report-change">
          {words.corrected(corrected.by, when(corrected.at))}: {corrected.reason}
        </span>
      ) : null}
      {takenBack ? (
        <span className="line-report-change">
          {words.takenBack(takenBack.by, takenBack.isDesk ? words.atDesk : words.atLine, when(takenBack.at))}
          {takenBack.reason === '' ? '' : `: ${takenBack.reason}`}
        </span>
      ) : null}
      {undone ? (
        <span className="line-report-change">
          {words.undone(undone.by, when(undone.at))}: {undone.reason}
        </span>
      ) : null}
    </>
  );
}

/** 6 good · 1 scrap · 99.5 kg of S1 */
function amounts({ good, scrap, rework, lots }: ReportedAmounts, of: TaskReports): string {
  const counts = [
    good > 0 || scrap + rework > 0 ? `${quantity(good, of.uom)} ${words.good}` : '',
    scrap > 0 ? `${quantity(scrap, '')} ${words.scrap}` : '',
    rework > 0 ? `${quantity(rework, '')} ${words.rework}` : '',
  ];
  const taken = lots.map((one) => ofLot(one.quantity, one.lot, of));
  return [...counts, ...taken].filter(Boolean).join(' · ');
}

/** 99.5 kg of S1 */
function ofLot(amount: number, lot: LotId, { lots }: TaskReports): string {
  const known = lots.find((one) => one.lot === lot);
  return words.of(quantity(amount, known?.uom ?? ''), known?.name ?? lot);
}

/** What a report of its kind says besides amounts. */
function detailsOf(
  { sample, result, calibration, place, rest, correction }: ReportView,
  of: TaskReports,
): string {
  const signed = (by: number, what: string): string => (by === 0 ? '' : `${by > 0 ? '+' : '−'}${what}`);
  return [
    sample,
    result
      ? [result.passed ? words.passed : words.failed, result.value, result.lot].filter(Boolean).join(', ')
      : '',
    calibration ? `${words.found(calibration.asFound, calibration.asLeft)}, ${calibration.certificate}` : '',
    place ? words.at(place) : '',
    rest === undefined ? '' : quantity(rest, of.uom),
    correction
      ? [
          signed(correction.good, `${quantity(Math.abs(correction.good), '')} ${words.good}`),
          signed(correction.scrap, `${quantity(Math.abs(correction.scrap), '')} ${words.scrap}`),
          signed(correction.rework, `${quantity(Math.abs(correction.rework), '')} ${words.rework}`),
          ...(correction.lots ?? []).map(({ lot, by }) => signed(by, ofLot(Math.abs(by), lot, of))),
        ]
          .filter(Boolean)
          .join(' · ')
      : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
