import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { HandoverView } from '#shared/contract/views.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { adherenceOf } from '#shared/flow/adherence.ts';
import { overridesFromEvents } from '#shared/flow/overrides-from-events.ts';
import { shiftRecordFrom } from '#shared/flow/handover-from-ledger.ts';
import { type Shift, shiftsOf } from '#shared/time/calendar.ts';
import { formatLocal, formatSpan } from '#shared/time/format.ts';
import { DAY, HOUR, type Instant } from '#shared/time/instant.ts';
import { type Interval, overlaps } from '#shared/time/interval.ts';
import { caseViews } from './case-views.ts';
import { promisedPlaces } from './board-view.ts';
import { label, nameOf } from './edit-draft.ts';
import { calibrationRows, personRows } from './list-views.ts';
import { type Signer, isSamePerson, proveSigner, sign } from './sign.ts';
import { anchorHead } from './anchors.ts';
import { Refused, type Station, refusable } from './station.ts';
import { type Workspace, hasAccounts } from './workspace.ts';

const PAGE = 500;
/** Where no calendar has shifts, so much of the past is handed over. */
const WITHOUT_SHIFT = 8 * HOUR;

/** What whoever takes over has to know: what was done in the shift, what is open, and what runs out within a day. */
export async function handoverView(station: Station, shift: 'this' | 'last'): Promise<HandoverView> {
  const { workspace, now } = station;
  const period = shiftAt(workspace, now, shift);
  const record = shiftRecordFrom(await entriesIn(station, period));
  const zone = zoneOf(workspace.plant);
  const when = (at: Instant): string => formatLocal(zone, at);
  const cases = caseViews(workspace);
  const adherence = adherenceOf(promisedPlaces(workspace), workspace.progress.values(), period);
  const overrides = overridesFromEvents(workspace.events, period);
  return {
    shift: period.name,
    from: period.start,
    to: Math.min(period.end, now),
    printed: now,
    zone,
    sections: [
      {
        title: 'What changed',
        lines: [
          ...record.versions.map(
            ({ version, at, by, moved, restaffed, reason }) =>
              `${when(at)} version ${version} by ${by}: ${counted(moved, 'task')} moved${restaffed > 0 ? `, ${restaffed} for other people` : ''}${reason ? `. ${reason}` : ''}`,
          ),
          ...record.dispatches.map(
            ({ at, by, lines }) => `${when(at)} ${counted(lines.length, 'line')} told by ${by}`,
          ),
          `${counted(record.completed, 'task')} completed, ${counted(record.refused, 'report')} refused`,
          ...(adherence
            ? [
                `${adherence.kept} of ${counted(adherence.started, 'start')} kept to the plan, ${adherence.drift < 0 ? 'early' : 'late'} by ${formatSpan(Math.abs(adherence.drift))} in the middle`,
              ]
            : []),
          ...(overrides.overridden > 0
            ? [
                `${overrides.overridden} of ${counted(overrides.starts, 'start')} against a gate: ${overrides.gates.map(({ code, count }) => `${code} ${count}`).join(', ')}`,
              ]
            : []),
        ],
      },
      {
        title: 'Downtimes',
        lines: workspace.plan.plant.downtimes
          .filter(({ start, end }) => overlaps({ start, end: end ?? now + 1 }, period) && start <= now)
          .map(
            ({ equipment, start, end, reason }) =>
              `${nameOf(workspace, equipment)}: ${when(start)} to ${end === undefined ? 'now, still down' : when(end)}, ${reason}`,
          ),
      },
      {
        title: 'Decided',
        lines: record.decided.map(
          ({ what, at, by, text, reason }) => `${when(at)} ${what}. ${text}. Decided by ${by}: ${reason}`,
        ),
      },
      {
        title: 'Closed without a decision',
        lines: record.gone.map(({ what, at, text }) => `${when(at)} ${what}. ${text}`),
      },
      {
        title: 'Open cases',
        lines: cases.flatMap(({ state, text, owner, deadline, tasks, outcome }) => {
          if (state === 'open')
            return `${text}. ${counted(tasks.length, 'task')} hit, the ${owner} decides by ${when(deadline)}`;
          const until = outcome?.until ?? null;
          return state === 'decided' && until !== null
            ? `${text}. Decided, counts on it until ${when(until)}`
            : [];
        }),
      },
      {
        title: 'Runs out within 24 hours',
        lines: expiries(workspace, now).map(({ what, at }) => `${when(at)} ${what}`),
      },
      {
        title: 'Remarks on tasks',
        lines: workspace.comments
          .filter(({ at }) => at >= period.start && at < period.end)
          .map(({ task, author, at, text }) => {
            const known = workspace.tasks.get(task);
            return `${when(at)} ${known ? label(known) : task}, ${author}: ${text}`;
          }),
      },
    ],
  };
}

/** The handover goes on record with its remarks and who hands over to whom; where there are accounts, signed by both. */
export function recordHandover(
  station: Station,
  { sign: word, ...ask }: Ask<'handover.record'>,
  caller: Caller,
): Promise<Outcome<{ record: string }>> {
  return refusable(async () => {
    const signers = await signersOf(station, word, caller);
    const recorded = await station.command(caller, 'handover.record', async (write, workspace) => {
      const { name, start } = shiftAt(workspace, station.now, ask.shift);
      const record = `${name} ${start}`;
      const [giver, taker] = signers;
      await write.log({
        entity: 'handover',
        entityId: record,
        field: null,
        old: null,
        new: {
          from: giver?.name ?? ask.givenBy,
          to: taker?.name ?? ask.takenBy,
          openCases: workspace.cases.filter(({ state }) => state === 'open').map(({ id }) => id),
        },
        reason: ask.remarks.trim() || null,
      });
      for (const signer of signers)
        await sign(station, write, signer, { entity: 'handover', entityId: record });
      return { detail: { record } };
    });
    // At the close of the shift (HC-03); what is on record stays so where nothing can be noted beside it.
    const failed = (error: unknown): void =>
      station.tell({ kind: 'notice', level: 'error', text: String(error) });
    if (recorded.ok) await anchorHead(station).catch(failed);
    return recorded;
  });
}

/** Who hands over and who takes over, each proved by a password; nobody where there are no accounts. Throws Refused. */
async function signersOf(
  station: Station,
  word: Ask<'handover.record'>['sign'],
  caller: Caller,
): Promise<readonly Signer[]> {
  if (!hasAccounts(station.workspace)) return [];
  if (!word)
    throw new Refused(
      'SIGNATURE_MISSING',
      'handover',
      'Both sign a handover: who gives it and who takes it.',
    );
  const [gives = '', takes = ''] = station.workspace.policy.meanings.handover;
  const giver = await proveSigner(station, { user: caller.user, password: word.password }, caller);
  const taker = await proveSigner(station, word.taker, caller);
  if (giver.id === taker.id || isSamePerson(giver, taker))
    throw new Refused('SAME_PERSON', taker.id, 'Somebody else takes over than who hands over.');
  return [
    { user: giver.id, name: giver.name, meaning: gives },
    { user: taker.id, name: taker.name, meaning: takes || gives },
  ];
}

/** The shift that runs now or the one before it: of the calendar with most shifts, as most of the plant works by it. */
function shiftAt({ plant }: Workspace, now: Instant, which: 'this' | 'last'): Shift {
  const [calendar] = plant.calendars.toSorted((a, b) => b.shifts.length - a.shifts.length);
  const begun = calendar
    ? shiftsOf(calendar, { start: now - 7 * DAY, end: now + 1 }).filter(({ start }) => start <= now)
    : [];
  const shift = begun.at(which === 'this' ? -1 : -2);
  return shift ?? { name: 'The last 8 hours', start: now - WITHOUT_SHIFT, end: now };
}

/** The ledger's entries of the period; it is read backwards until it is older. */
async function entriesIn({ store }: Station, { start, end }: Interval): Promise<LedgerEntry[]> {
  const found: LedgerEntry[] = [];
  for (let before: number | undefined; ;) {
    const { entries } = await store.read.ledger({ limit: PAGE, ...(before !== undefined && { before }) });
    for (const entry of entries) {
      const at = Date.parse(entry.ts) / 1000;
      if (at >= start && at < end) found.push(entry);
    }
    const last = entries.at(-1);
    if (!last || Date.parse(last.ts) / 1000 < start) return found;
    before = last.seq;
  }
}

/** Calibrations, qualifications and lots that planned work needs. */
function expiries(workspace: Workspace, now: Instant): { what: string; at: Instant }[] {
  const isSoon = (at: Instant | null | undefined): at is Instant =>
    at !== null && at !== undefined && at > now && at <= now + DAY;
  const used = new Set(
    workspace.plan.tasks.flatMap(({ materials }) =>
      materials.flatMap(({ lots }) => lots.map(({ lot }): string => lot)),
    ),
  );
  return [
    ...calibrationRows(workspace).flatMap(({ name, test, expires }) =>
      isSoon(expires) ? { what: `${name}: ${test}`, at: expires } : [],
    ),
    ...personRows(workspace).flatMap(({ name, qualifications }) =>
      qualifications.flatMap((one) =>
        isSoon(one.expires) ? { what: `${name}: ${one.name}`, at: one.expires } : [],
      ),
    ),
    ...workspace.plant.lots.flatMap(({ id, name, expires }) =>
      used.has(id) && isSoon(expires) ? { what: `Lot ${name ?? id}`, at: expires } : [],
    ),
  ].sort((a, b) => a.at - b.at);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
