import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Ask } from '#shared/contract/calls.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { instantFromMillis } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { useReasonAgainst } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { ReviewDialog } from '#renderer/state/review-dialog.tsx';
import { LastReview } from '#renderer/state/reviews.tsx';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ExportButton } from '#renderer/ui/export-button.tsx';
import { type Formats, count, counted } from '#renderer/ui/format.ts';
import { type Column, exportOf } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { text } from '#renderer/ui/text.ts';
import { Empty, NothingFound, SearchBox, ViewHead } from '#renderer/ui/view.tsx';
import './audit.css';
import { OPEN, type Sieve, SieveBar, askOf } from './sieve.tsx';
import { auditText as words, originText } from './text.ts';

const PAGE = 200;
/** So many entries the station tells at once. */
const MOST_AT_ONCE = 500;

/** A value of the record as one line. */
const written = (value: LedgerEntry['old']): string | null => {
  if (value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const Value = ({ value }: { readonly value: LedgerEntry['old'] }) => (
  <span className="muted" title={written(value) ?? undefined}>
    {written(value)}
  </span>
);

const columnsOf = ({ stamp }: Formats): readonly Column<LedgerEntry>[] => [
  { id: 'seq', title: words.seq, width: 72, align: 'right', value: ({ seq }) => seq },
  {
    id: 'time',
    title: words.time,
    width: 168,
    value: ({ ts }) => ts,
    cell: ({ ts }) => stamp(instantFromMillis(Date.parse(ts))),
  },
  {
    id: 'who',
    title: words.who,
    width: 96,
    value: ({ userId }) => userId,
    cell: ({ userId, userName, role, workstation }) => (
      <span title={[userName, role, workstation].filter(Boolean).join(' · ') || undefined}>{userId}</span>
    ),
  },
  { id: 'origin', title: words.origin, width: 124, value: ({ origin }) => originText[origin] },
  { id: 'action', title: words.action, width: 144, value: ({ action }) => action },
  { id: 'what', title: words.what, width: 200, value: ({ entity, entityId }) => `${entity} ${entityId}` },
  { id: 'field', title: words.field, width: 104, value: ({ field }) => field },
  {
    id: 'before',
    title: words.before,
    value: (entry) => written(entry.old),
    cell: (entry) => <Value value={entry.old} />,
  },
  {
    id: 'after',
    title: words.after,
    value: (entry) => written(entry.new),
    cell: (entry) => <Value value={entry.new} />,
  },
  { id: 'reason', title: words.reason, width: 128, value: ({ reason }) => reason },
];

type Filter = Ask<'ledger.review'>['filter'];

/** Entries that are about to be reviewed: as they were shown when the button was pressed. */
interface Reviewed {
  readonly filter: Filter;
  readonly until: number;
  readonly entries: number;
}

const filterOf = (search: string, sieve: Sieve): Filter => ({
  ...(search.trim() === '' ? {} : { text: search.trim() }),
  ...askOf(sieve),
});

/** What is asked for; empty where everything is. */
const partsOf = (filter: Filter): string =>
  Object.entries(filter)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** The filter in words, for whoever signs. */
function filterText(filter: Filter): string {
  const parts = partsOf(filter);
  return parts === '' ? words.reviewAll : words.reviewSome(parts);
}

/** All that the filter finds, however much of it is shown: a copy leaves nothing out (AT-08). */
async function readAll(search: string, sieve: Sieve): Promise<LedgerEntry[]> {
  const all: LedgerEntry[] = [];
  for (;;) {
    const before = all.at(-1)?.seq;
    const { entries } = await station.call('ledger.list', {
      limit: MOST_AT_ONCE,
      ...(before === undefined ? {} : { before }),
      ...filterOf(search, sieve),
      seals: sieve.seals,
    });
    all.push(...entries);
    if (entries.length < MOST_AT_ONCE) return all;
  }
}

interface Pages {
  readonly entries: readonly LedgerEntry[];
  readonly total: number;
}

/** The newest entries first, searched by the station; older ones on demand. */
function useLedger(search: string, sieve: Sieve) {
  const [pages, setPages] = useState<Pages | null>(null);
  const read = useCallback(
    (before?: number) =>
      station.call('ledger.list', {
        limit: PAGE,
        ...(before === undefined ? {} : { before }),
        ...filterOf(search, sieve),
        seals: sieve.seals,
      }),
    [search, sieve],
  );
  useEffect(() => {
    let gone = false;
    read().then(
      (first) => {
        if (!gone) setPages(first);
      },
      (error: unknown) => notify('error', words.title, String(error)),
    );
    return () => {
      gone = true;
    };
  }, [read]);
  const more = () => {
    const last = pages?.entries.at(-1);
    if (!last) return;
    read(last.seq).then(
      (next) => setPages((now) => now && { ...now, entries: [...now.entries, ...next.entries] }),
      (error: unknown) => notify('error', words.title, String(error)),
    );
  };
  return { pages, more };
}

async function verify(): Promise<void> {
  const { ok, entries, head, problem } = await station.call('ledger.verify', {});
  if (ok) notify('info', words.whole(counted(entries, 'entry', 'entries'), head.slice(0, 12)));
  else notify('error', words.broken, problem ?? '');
}

/** Who did what when, and whether the record is whole. */
export function AuditView() {
  const [search, setSearch] = useState('');
  const [sieve, setSieve] = useState(OPEN);
  const [isVerifying, setVerifying] = useState(false);
  const { pages, more } = useLedger(useDeferredValue(search), useDeferredValue(sieve));
  const formats = useFormats();
  const columns = useMemo(() => columnsOf(formats), [formats]);
  const entries = pages?.entries ?? [];
  const newest = entries[0];
  const mayReview = useReasonAgainst('ledger.review') === null;
  const [reviewed, setReviewed] = useState<Reviewed | null>(null);
  return (
    <section className="view" aria-label={words.title}>
      <ViewHead
        title={words.title}
        figure={pages ? text.rows(count(entries.length), count(pages.total)) : undefined}
      >
        <SearchBox label={words.search} value={search} onChange={setSearch} />
        <ExportButton
          title={words.title}
          file="audit"
          isDisabled={entries.length === 0}
          filter={partsOf(filterOf(search, sieve))}
          table={async () => exportOf(await readAll(search, sieve), columns)}
        />
        {mayReview ? (
          <Button
            icon="check"
            isDisabled={newest === undefined}
            onPress={() =>
              newest &&
              setReviewed({ filter: filterOf(search, sieve), until: newest.seq, entries: pages?.total ?? 0 })
            }
          >
            {words.review}
          </Button>
        ) : null}
        <Button
          icon="audit"
          isDisabled={isVerifying}
          onPress={() => {
            setVerifying(true);
            verify()
              .catch((error: unknown) => notify('error', words.title, String(error)))
              .finally(() => setVerifying(false));
          }}
        >
          {isVerifying ? words.verifying : words.verify}
        </Button>
      </ViewHead>
      <LastReview of="ledgerReview" />
      {reviewed ? (
        <ReviewDialog
          title={words.reviewTitle}
          what={words.reviewWhat(
            counted(reviewed.entries, 'entry', 'entries'),
            count(reviewed.until),
            filterText(reviewed.filter),
          )}
          review={async (remarks, sign) => {
            const { filter, until } = reviewed;
            return (await act('ledger.review', { filter, until, remarks, sign }))?.ok ?? false;
          }}
          onClose={() => setReviewed(null)}
        />
      ) : null}
      <SieveBar entries={entries} sieve={sieve} onChange={setSieve} />
      {pages ? (
        <Table
          label={words.title}
          columns={columns}
          rows={entries}
          keyOf={({ seq }) => String(seq)}
          empty={
            search === '' && sieve === OPEN ? (
              <Empty icon="audit" title={words.emptyTitle} hint={words.emptyHint} />
            ) : (
              <NothingFound
                onClear={() => {
                  setSearch('');
                  setSieve(OPEN);
                }}
              />
            )
          }
        />
      ) : (
        <p className="list-waiting muted" role="status">
          {text.loading}
        </p>
      )}
      {pages && entries.length < pages.total ? (
        <footer className="audit-more">
          <Button look="quiet" onPress={more}>
            {words.more}
          </Button>
        </footer>
      ) : null}
    </section>
  );
}
