import { type ReactNode, useState } from 'react';
import type { ListedItem } from '#shared/contract/line.ts';
import type { CalibrationOutcome, TestOutcome } from '#shared/domain/line-result.ts';
import type { LotId } from '#shared/domain/material.ts';
import { quantity } from '#renderer/ui/format.ts';
import type { Details } from './line-page.tsx';
import { LotFields, lotsIn } from './lot-fields.tsx';
import { numberIn } from './number-in.ts';
import { Sheet } from './sheet.tsx';
import './lists.css';
import { resultText as said } from './result-text.ts';
import { kioskText as words } from './text.ts';

interface Props {
  readonly close: () => void;
  readonly send: (details: Details) => void;
}

/** What stands where by now: the planned lots and the place are suggested. `isAll` when nothing is missing any more. */
export function StagedDialog({
  item,
  close,
  send,
}: {
  readonly item: ListedItem;
  readonly close: () => void;
  readonly send: (details: Details, isAll: boolean) => void;
}) {
  const [given, setGiven] = useState<ReadonlyMap<string, string>>(
    () => new Map(item.takes.map(({ lot, quantity: planned, staged }) => [lot, String(staged ?? planned)])),
  );
  const [place, setPlace] = useState(item.to ?? '');
  const { lots, isWhole } = lotsIn(item.takes, given, true);
  const isAll = item.takes.every(
    (take) => (lots.find(({ lot }) => lot === take.lot)?.quantity ?? 0) >= take.quantity - 1e-6,
  );
  const valid = isWhole && place.trim() !== '' && lots.some(({ quantity: of }) => of > 0);
  return (
    <Form title={said.stagedTitle} close={close} isValid={valid} submit={() => send({ lots, place }, isAll)}>
      <LotFields title={said.lotsStaged} takes={item.takes} given={given} set={setGiven} />
      <label>
        {said.place}
        <input value={place} maxLength={100} onChange={(event) => setPlace(event.target.value)} />
      </label>
      <p className="muted">{isAll ? said.stagedAll : said.stagedPart}</p>
      <Submit isValid={valid}>{words.staged}</Submit>
    </Form>
  );
}

/** A sample was taken; the lab may give it a number. */
export function SampleDialog({ close, send }: Props) {
  const [sample, setSample] = useState('');
  const number = sample.trim();
  return (
    <Form
      title={said.sampleTitle}
      close={close}
      isValid
      submit={() => send(number === '' ? {} : { sample: number })}
    >
      <label>
        {said.sample}
        <input value={sample} maxLength={100} onChange={(event) => setSample(event.target.value)} />
      </label>
      <Submit isValid>{words.sampleTaken}</Submit>
    </Form>
  );
}

/** Passed or failed, what was measured, and of which lot; without one it is about the whole batch. */
export function TestDialog({
  what,
  lots,
  close,
  send,
}: {
  readonly what: string;
  readonly lots: readonly { readonly lot: LotId; readonly name: string }[];
  readonly close: () => void;
  readonly send: (result: TestOutcome) => void;
}) {
  const [passed, setPassed] = useState<boolean | null>(null);
  const [value, setValue] = useState('');
  const [lot, setLot] = useState('');
  const found = value.trim();
  const about = lots.find((one) => one.lot === lot);
  return (
    <Form
      title={said.testTitle(what)}
      close={close}
      isValid={passed !== null}
      submit={() =>
        passed !== null &&
        send({ passed, ...(found !== '' && { value: found }), ...(about && { lot: about.lot }) })
      }
    >
      <Choice
        legend={said.result}
        value={passed === null ? null : passed ? 'passed' : 'failed'}
        choose={(chosen) => setPassed(chosen === 'passed')}
      />
      <label>
        {said.measured}
        <input value={value} maxLength={100} onChange={(event) => setValue(event.target.value)} />
      </label>
      {lots.length > 0 ? (
        <label>
          {said.aboutLot}
          <select value={lot} onChange={(event) => setLot(event.target.value)}>
            <option value="">{said.wholeBatch}</option>
            {lots.map((one) => (
              <option key={one.lot} value={one.lot}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <p className="muted">
        {passed === false ? (about ? said.holdsLot : said.holdsBatch) : said.passedHint}
      </p>
      <Submit isValid={passed !== null}>{said.reportResult}</Submit>
    </Form>
  );
}

/** How the instrument was found and left, and the certificate. */
export function CalibrationDialog({
  of,
  close,
  send,
}: {
  readonly of: NonNullable<ListedItem['renews']>;
  readonly close: () => void;
  readonly send: (calibration: CalibrationOutcome) => void;
}) {
  const [asFound, setFound] = useState<Verdict | null>(null);
  const [asLeft, setLeft] = useState<Verdict | null>(null);
  const [certificate, setCertificate] = useState('');
  const valid = asFound !== null && asLeft !== null && certificate.trim() !== '';
  return (
    <Form
      title={`${of.test} · ${of.equipment}`}
      close={close}
      isValid={valid}
      submit={() =>
        asFound !== null && asLeft !== null && send({ asFound, asLeft, certificate: certificate.trim() })
      }
    >
      <Choice legend={said.asFound} value={asFound} choose={setFound} />
      <Choice legend={said.asLeft} value={asLeft} choose={setLeft} />
      <label>
        {said.certificate}
        <input value={certificate} maxLength={100} onChange={(event) => setCertificate(event.target.value)} />
      </label>
      <p className="muted">
        {asLeft === 'failed' ? said.notUsable : asFound === 'failed' ? said.impact : said.nextDue}
      </p>
      <Submit isValid={valid}>{said.reportResult}</Submit>
    </Form>
  );
}

/** How much the line gives back to the desk. */
export function SplitDialog({ item, close, send }: Props & { readonly item: ListedItem }) {
  const [text, setText] = useState('');
  const done = item.progress ? item.progress.good + item.progress.scrap : 0;
  const most = item.quantity - done;
  const rest = numberIn(text);
  const valid = rest !== null && rest > 0 && rest < most;
  return (
    <Form
      title={said.splitTitle}
      close={close}
      isValid={valid}
      submit={() => rest !== null && send({ rest })}
    >
      <p className="muted">{said.splitHint(quantity(most, item.uom))}</p>
      <label>
        {said.rest}
        <input inputMode="decimal" value={text} onChange={(event) => setText(event.target.value)} />
        <span className="muted">{item.uom}</span>
      </label>
      <p>{valid ? said.splitLeaves(quantity(most - rest, item.uom)) : ''}</p>
      <Submit isValid={valid}>{words.splitOff}</Submit>
    </Form>
  );
}

type Verdict = CalibrationOutcome['asFound'];

const Choice = ({
  legend,
  value,
  choose,
}: {
  readonly legend: string;
  readonly value: Verdict | null;
  readonly choose: (value: Verdict) => void;
}) => (
  <fieldset className="choice">
    <legend>{legend}</legend>
    {(['passed', 'failed'] as const).map((one) => (
      <button
        key={one}
        type="button"
        className={value === one ? `tap chosen ${one}` : 'tap'}
        aria-pressed={value === one}
        onClick={() => choose(one)}
      >
        {said[one]}
      </button>
    ))}
  </fieldset>
);

const Form = ({
  title,
  close,
  isValid,
  submit,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly isValid: boolean;
  readonly submit: () => void;
  readonly children: ReactNode;
}) => (
  <Sheet title={title} close={close}>
    <form
      className="result"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) submit();
      }}
    >
      {children}
    </form>
  </Sheet>
);

const Submit = ({ isValid, children }: { readonly isValid: boolean; readonly children: string }) => (
  <button type="submit" className="tap main" disabled={!isValid}>
    {children}
  </button>
);
