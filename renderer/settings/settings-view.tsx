import { useMemo } from 'react';
import type { SignatureView } from '#shared/contract/session.ts';
import type { Status, VersionRow } from '#shared/contract/views.ts';
import { HOUR } from '#shared/time/instant.ts';
import { useReasonAgainst } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { useSignatures } from '#renderer/state/signatures.ts';
import { useReply } from '#renderer/state/reply.ts';
import { readStatus, useFormats, useSession } from '#renderer/state/session.ts';
import { type Formats, count, counted, duration, hours, percent } from '#renderer/ui/format.ts';
import type { Column } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { SignatureLine, signatureText } from '#renderer/ui/signature.tsx';
import { text } from '#renderer/ui/text.ts';
import { chooseTheme, useTheme } from '#renderer/ui/theme.ts';
import { Filter, Mark, ViewHead } from '#renderer/ui/view.tsx';
import { Accounts } from './accounts.tsx';
import { CaseRules } from './case-rules.tsx';
import { Lines } from './lines.tsx';
import { Field, Part } from './part.tsx';
import { PolicyPart } from './policy.tsx';
import './settings.css';
import { settingsText as words } from './text.ts';

const NEWS = ['version.published'] as const;

/** How the window looks, what it is connected to, and what has been published. */
export function SettingsView() {
  const choice = useTheme((state) => state.choice);
  const { status, connection, published } = useSession();
  return (
    <section className="view" aria-label={words.title}>
      <ViewHead title={words.title} />
      <div className="view-body settings">
        <Part title={words.look}>
          <Field name={words.theme}>
            <Filter
              label={words.theme}
              value={choice ?? 'system'}
              onChange={(value) => chooseTheme(value === 'system' ? null : value)}
              options={[
                { value: 'system', title: words.system },
                { value: 'day', title: words.day },
                { value: 'night', title: words.night },
              ]}
            />
          </Field>
        </Part>
        {status ? (
          <Part title={words.station}>
            <Field name={words.connection}>{words[connection]}</Field>
            <Field name={words.version}>{status.app}</Field>
            <Field name={words.plant}>{status.plant ?? words.noPlant}</Field>
            <Field name={words.zone}>{status.zone}</Field>
            <Field name={words.data}>
              <code>{status.dataDir}</code>
            </Field>
            <Field name={words.backup}>
              {status.backup === null ? words.noBackup : <Backup at={status.backup} />}
            </Field>
            <Field name={words.line}>
              {status.lineAddress === null ? (
                words.lineOff
              ) : (
                <a href={status.lineAddress} target="_blank" rel="noreferrer">
                  {status.lineAddress}
                </a>
              )}
            </Field>
            <Field name={words.record}>
              <Checked record={status.record} />
            </Field>
            <Field name={words.revision}>{status.revision}</Field>
            <Field name={words.published}>{published ? `v${published.number}` : words.unpublished}</Field>
          </Part>
        ) : null}
        {status ? <Limits limits={status.limits} /> : null}
        <Accounts />
        <PolicyPart />
        <CaseRules />
        <Lines />
        <Versions />
      </div>
    </section>
  );
}

function Backup({ at }: { readonly at: number }) {
  return <>{words.backedUp(useFormats().moment(at))}</>;
}

/** Whether the record is what was written, as it was checked last (HC-04). */
function Checked({ record }: Pick<Status, 'record'>) {
  const { moment } = useFormats();
  if (!record) return words.recordUnchecked;
  if (record.ok) return words.recordWhole(counted(record.entries, 'entry', 'entries'), moment(record.at));
  return (
    <Mark tone="late" icon="warn">
      {words.recordDamaged(record.problem ?? '')}
    </Mark>
  );
}

/** How many hours the facts of ERP and lines may be old. */
function Limits({ limits }: Pick<Status, 'limits'>) {
  const refusal = useReasonAgainst('settings.freshness');
  async function limit(change: Partial<Status['limits']>): Promise<void> {
    const outcome = await act('settings.freshness', { ...limits, ...change });
    if (outcome?.ok) await readStatus();
  }
  return (
    <Part title={words.freshness}>
      {(['imported', 'reported'] as const).map((name) => (
        <Field key={name} name={words.limit[name]}>
          <select
            aria-label={words.limit[name]}
            value={limits[name]}
            disabled={refusal !== null}
            title={refusal ?? undefined}
            onChange={(event) => void limit({ [name]: Number(event.target.value) })}
          >
            {[...new Set([...LIMITS[name], limits[name]])]
              .sort((a, b) => a - b)
              .map((seconds) => (
                <option key={seconds} value={seconds}>
                  {duration(seconds)}
                </option>
              ))}
          </select>
        </Field>
      ))}
      <Field name="">{words.freshnessHint}</Field>
    </Part>
  );
}

const LIMITS = {
  imported: [HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR, 7 * 24 * HOUR],
  reported: [0.5 * HOUR, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR],
} as const;

const columnsOf = (
  { moment }: Formats,
  signatures: ReadonlyMap<string, readonly SignatureView[]>,
): readonly Column<VersionRow>[] => [
  {
    id: 'number',
    title: words.number,
    width: 88,
    value: ({ number }) => number,
    cell: ({ number }) => `v${number}`,
  },
  {
    id: 'when',
    title: words.when,
    width: 160,
    value: ({ published }) => published,
    cell: ({ published }) => moment(published),
  },
  { id: 'who', title: words.who, width: 120, value: ({ publisher }) => publisher },
  {
    id: 'signed',
    title: text.signed,
    width: 260,
    value: ({ number }) => signatures.get(String(number))?.map(signatureText).join('; ') ?? null,
    cell: ({ number }) =>
      signatures
        .get(String(number))
        ?.map((signature) => <SignatureLine key={signature.seq} signature={signature} />),
  },
  { id: 'note', title: words.note, value: ({ note }) => note },
  {
    id: 'late',
    title: words.late,
    width: 72,
    align: 'right',
    value: ({ figures }) => figures.lateOrders,
    cell: ({ figures }) => count(figures.lateOrders),
  },
  {
    id: 'tardiness',
    title: words.tardiness,
    width: 96,
    align: 'right',
    value: ({ figures }) => figures.tardiness,
    cell: ({ figures }) => hours(figures.tardiness),
  },
  {
    id: 'setup',
    title: words.setup,
    width: 88,
    align: 'right',
    value: ({ figures }) => figures.setup,
    cell: ({ figures }) => hours(figures.setup),
  },
  {
    id: 'load',
    title: words.load,
    width: 72,
    align: 'right',
    value: ({ figures }) => figures.load,
    cell: ({ figures }) => percent(figures.load),
  },
];

function Versions() {
  const versions = useReply('version.list', NEWS).value;
  const formats = useFormats();
  const signatures = useSignatures('version', versions);
  const columns = useMemo(() => {
    const all = columnsOf(formats, signatures);
    return signatures.size > 0 ? all : all.filter(({ id }) => id !== 'signed');
  }, [formats, signatures]);
  const newestFirst = useMemo(() => [...(versions ?? [])].sort((a, b) => b.number - a.number), [versions]);
  return (
    <section className="settings-part">
      <h2>{words.versions}</h2>
      {newestFirst.length === 0 ? (
        <p className="muted">{words.noVersions}</p>
      ) : (
        <Table
          label={words.versions}
          columns={columns}
          rows={newestFirst}
          keyOf={({ number }) => String(number)}
        />
      )}
    </section>
  );
}
