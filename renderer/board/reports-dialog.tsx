import { useEffect, useRef, useState } from 'react';
import type { Outcome } from '#shared/contract/calls.ts';
import type { BoardBar, ReportView, ReportedAmounts, TaskReports } from '#shared/contract/views.ts';
import type { LotId } from '#shared/domain/material.ts';
import { LEAST_REASON } from '#shared/domain/reason.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { act } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { ReportWords, mayChange } from './reports.tsx';
import { reportsText as words } from './reports-text.ts';
import { say, useBoardUi, useCurrent } from './ui-state.ts';
import { useReports } from './use-reports.ts';
import { labelOf } from './verdict-text.ts';

const close = (): void => useBoardUi.setState({ reporting: null });

/** What lines reported of the current task: one of it is taken back, or what it counted put right, with a reason. */
export function ReportsDialog({ report }: { readonly report: string | null }) {
  const current = useCurrent();
  const bar = useBoard((state) => (current === null ? undefined : state.bars.get(current)));
  useEffect(() => {
    if (!bar) close();
  }, [bar]);
  return bar ? <Chooser key={bar.task} bar={bar} first={report} /> : null;
}

function Chooser({ bar, first }: { readonly bar: BoardBar; readonly first: string | null }) {
  const told = useReports(bar.task);
  const [asked, setAsked] = useState(first);
  const offered = told?.reports.filter(mayChange) ?? [];
  const chosen = offered.find(({ id }) => id === asked) ?? offered.at(-1);
  const isTold = told !== null;
  const choice = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const checked = isTold ? choice.current?.querySelector<HTMLElement>('input:checked') : null;
    checked?.focus();
    checked?.closest('label')?.scrollIntoView({ block: 'nearest' });
  }, [isTold]);
  return (
    <Dialog title={words.dialog(labelOf(bar))} onClose={close}>
      {told && offered.length === 0 ? <p className="dialog-body muted">{words.none}</p> : null}
      {told && offered.length > 0 ? (
        <fieldset ref={choice} className="line-report-choice" aria-label={words.which}>
          {offered.map((report) => (
            <label key={report.id}>
              <input
                type="radio"
                name="report"
                checked={report.id === chosen?.id}
                onChange={() => setAsked(report.id)}
              />
              <span className="line-report">
                <ReportWords report={report} of={told} />
              </span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {told && chosen?.takenBack ? (
        <AgainForm key={chosen.id} report={chosen} deed={chosen.takenBack.id} />
      ) : told && chosen ? (
        <RightForm key={chosen.id} report={chosen} told={told} />
      ) : (
        <DialogFoot>
          <Button onPress={close}>{text.close}</Button>
        </DialogFoot>
      )}
    </Dialog>
  );
}

function ended(outcome: Outcome | null, said: string): void {
  if (!outcome?.ok) return;
  say(said);
  close();
}

/** What the desk took back stands again, with the reason for that. */
function AgainForm({ report, deed }: { readonly report: ReportView; readonly deed: string }) {
  const [reason, setReason] = useState('');
  const why = reason.trim();
  const isRefused = why.length < LEAST_REASON || report.whyNot !== null;
  async function standAgain(): Promise<void> {
    if (!isRefused)
      ended(
        await act('report.withdraw', { report: deed, reason: why }),
        words.standsAgain(words.kind[report.kind]),
      );
  }
  return (
    <>
      <form
        className="dialog-body move-form"
        onSubmit={(event) => {
          event.preventDefault();
          void standAgain();
        }}
      >
        <Reason value={reason} set={setReason} />
        <p className="muted">{report.whyNot ?? words.hintAgain}</p>
      </form>
      <DialogFoot>
        <Button onPress={close}>{text.cancel}</Button>
        <AllowedButton
          needs="report.withdraw"
          look="primary"
          isDisabled={isRefused}
          onPress={() => void standAgain()}
        >
          {words.standAgain}
        </AllowedButton>
      </DialogFoot>
    </>
  );
}

const Reason = ({ value, set }: { readonly value: string; readonly set: (value: string) => void }) => (
  <label>
    {words.reason(LEAST_REASON)}
    <input type="text" maxLength={500} value={value} onChange={(event) => set(event.target.value)} />
  </label>
);

const COUNTS = ['good', 'scrap', 'rework'] as const;

/** What it should have said, where it counted anything, and why; or it is taken back as a whole. */
function RightForm({ report, told }: { readonly report: ReportView; readonly told: TaskReports }) {
  const isCount = report.kind === 'quantityReported' || report.kind === 'completed';
  const [given, setGiven] = useState<ReadonlyMap<string, string>>(() => fieldsOf(report.right));
  const [reason, setReason] = useState('');
  const [isWithLater, setWithLater] = useState(false);
  const standing = told.reports.filter(({ kind, takenBack }) => kind !== 'cannotRun' && takenBack === null);
  const later = standing.length - 1 - standing.findIndex(({ id }) => id === report.id);
  const right = isCount ? amountsIn(given) : null;
  const isChanged = right !== null && isOther(right, report.right);
  const why = reason.trim();
  const others = told.lots.filter(({ lot }) => !given.has(lot));
  const set = (field: string, value: string): void => setGiven(new Map(given).set(field, value));

  const what = words.kind[report.kind];
  async function takeBack(): Promise<void> {
    const ask = { report: report.id, withLater: isWithLater, reason: why };
    ended(await act('report.withdraw', ask), words.wasTakenBack(what));
  }
  const { corrected } = report;
  async function undoCorrection(): Promise<void> {
    if (corrected)
      ended(await act('report.withdraw', { report: corrected.id, reason: why }), words.wasUndone(what));
  }
  async function correct(): Promise<void> {
    if (right && isChanged && !isWithLater && why.length >= LEAST_REASON)
      ended(
        await act('report.correct', { ...right, report: report.id, lots: [...right.lots], reason: why }),
        words.wasCorrected(what),
      );
  }

  return (
    <>
      <form
        className="dialog-body move-form"
        onSubmit={(event) => {
          event.preventDefault();
          void correct();
        }}
      >
        {isCount ? (
          <div className="line-report-fields">
            {COUNTS.map((count) => (
              <Amount
                key={count}
                label={words.fields[count]}
                value={given.get(count)}
                set={(to) => set(count, to)}
              />
            ))}
            {told.lots.map(({ lot, name, uom }) =>
              given.has(lot) ? (
                <Amount
                  key={lot}
                  label={words.lot(name, uom)}
                  value={given.get(lot)}
                  set={(to) => set(lot, to)}
                />
              ) : null,
            )}
            {others.length > 0 ? (
              <label>
                {words.addLot}
                <select value="" onChange={(event) => set(event.target.value, '')}>
                  <option value="" disabled>
                    {words.chooseLot}
                  </option>
                  {others.map(({ lot, name }) => (
                    <option key={lot} value={lot}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            ) : null}
          </div>
        ) : null}
        <Reason value={reason} set={setReason} />
        {later > 0 ? (
          <label className="line-report-later">
            <input
              type="checkbox"
              checked={isWithLater}
              onChange={(event) => setWithLater(event.target.checked)}
            />
            {words.withLater(later)}
          </label>
        ) : null}
        {/* With several fields Enter takes what is written only where the form has a button. */}
        <button type="submit" hidden />
        <p className="muted">{report.whyNot ?? words.hint}</p>
      </form>
      <DialogFoot>
        <Button onPress={close}>{text.cancel}</Button>
        {corrected ? (
          <AllowedButton
            needs="report.withdraw"
            isDisabled={why.length < LEAST_REASON || isChanged || isWithLater || report.whyNot !== null}
            onPress={() => void undoCorrection()}
          >
            {words.undoCorrection}
          </AllowedButton>
        ) : null}
        <AllowedButton
          needs="report.withdraw"
          look={isCount ? 'plain' : 'primary'}
          isDisabled={why.length < LEAST_REASON || report.whyNot !== null}
          onPress={() => void takeBack()}
        >
          {words.takeBack(isWithLater ? later + 1 : 1)}
        </AllowedButton>
        {isCount ? (
          <AllowedButton
            needs="report.correct"
            look="primary"
            isDisabled={why.length < LEAST_REASON || !isChanged || isWithLater || report.whyNot !== null}
            onPress={() => void correct()}
          >
            {words.correct}
          </AllowedButton>
        ) : null}
      </DialogFoot>
    </>
  );
}

const Amount = ({
  label,
  value = '',
  set,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly set: (value: string) => void;
}) => (
  <label>
    {label}
    <input type="text" inputMode="decimal" value={value} onChange={(event) => set(event.target.value)} />
  </label>
);

const fieldsOf = ({ lots, ...counts }: ReportedAmounts): ReadonlyMap<string, string> =>
  new Map([
    ...COUNTS.map((count) => [count, String(counts[count])] as const),
    ...lots.map(({ lot, quantity }) => [lot as string, String(quantity)] as const),
  ]);

/** What the fields say; null where one of them is no number. An empty one is nothing. */
function amountsIn(given: ReadonlyMap<string, string>): ReportedAmounts | null {
  const read = [...given].map(([field, written]) => {
    const number = written.trim() === '' ? 0 : Number(written.trim().replace(',', '.'));
    return [field, number] as const;
  });
  if (read.some(([, number]) => !(number >= 0 && Number.isFinite(number)))) return null;
  const values = new Map(read);
  const count = (name: (typeof COUNTS)[number]): number => values.get(name) ?? 0;
  const lots = read.filter(([field]) => !COUNTS.some((name) => name === field));
  return {
    good: count('good'),
    scrap: count('scrap'),
    rework: count('rework'),
    lots: lots.map(([lot, quantity]) => ({ lot: lot as LotId, quantity })),
  };
}

const isOther = (right: ReportedAmounts, now: ReportedAmounts): boolean =>
  COUNTS.some((count) => right[count] !== now[count]) ||
  right.lots.some(
    ({ lot, quantity }) => quantity !== (now.lots.find((one) => one.lot === lot)?.quantity ?? 0),
  );
