import type { Queue, QueueItem, Recalled } from '#shared/domain/queue.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { CommandRefusal } from './calls.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { TaskProgress, UnitState } from '#shared/domain/execution.ts';
import type { Owner } from '#shared/domain/case.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { DowntimeReasons } from '#shared/domain/downtime.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { OfOrder } from '#shared/domain/of-order.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { WorklistName } from './worklist.ts';

/**
 * What a line page gets and sends, over HTTP with JSON:
 * GET  /api/line                      LineList: units that have a queue, people who may identify themselves
 * GET  /api/line?list=mine&person=<id>, ?list=quality|maintenance|inventory[&area=<area>][&person=<id>]
 *                                     Worklist: a person's or a team's tasks over the screen's units
 * GET  /api/line?changes              text/event-stream as below, for lists
 * GET  /api/line/<unit>?person=<id>&has=<list>
 *                                     LineReading; the person is optional and changes the gates, `has` is the list of which
 *                                     the page keeps all that stands behind
 * POST /api/line/<unit>/reports       LineReport in, ReportOutcome out; the same id again gives the first answer
 * GET  /api/line/<unit>/changes       text/event-stream; an event `changed` whenever LineReading may differ
 * POST /api/line/<unit>/overrides     OverrideAsk in, ReportOutcome out: a start against its gates, at a paired screen only
 * POST /api/line/operator             IdentifyAsk in, Operator out: who stands there, by badge or PIN
 * POST /api/line/pair                 PairAsk in; the answer sets the screen's key as a cookie
 * Over the plant network only a paired screen is answered, for its own units; a report that names a person, and whoever
 * reads that person's list, then brings the token of `operator` in the header `X-Operator`.
 */
export type LineEndpoint =
  | 'list'
  | 'worklist'
  | 'view'
  | 'changes'
  | 'reports'
  | 'overrides'
  | 'operator'
  | 'pair';

/** Who asks: a page on the station's own machine while lines are not served elsewhere, a paired screen for a unit of its own or for another, or a screen that nobody paired. */
export type LineGuest = 'local' | 'own' | 'foreign' | 'stranger';

/** THE TABLE of the lines (S4, AC-11): who may ask what. */
export const LINE_ACCESS: Readonly<Record<LineEndpoint, readonly LineGuest[]>> = {
  list: ['local', 'own'],
  worklist: ['local', 'own'],
  view: ['local', 'own'],
  changes: ['local', 'own'],
  reports: ['local', 'own'],
  overrides: ['own'],
  operator: ['own'],
  pair: ['stranger', 'own'],
};

/** Who identified at a screen, and what it shows with that person's reports. */
export interface Operator {
  readonly person: PersonId;
  readonly name: string;
  readonly token: string;
}

export interface LineList {
  readonly units: readonly {
    readonly unit: EquipmentId;
    readonly name: string;
    readonly group: string;
    readonly items: number;
  }[];
  /** Lists of teams over these units. */
  readonly lists: readonly WorklistName[];
  readonly people: readonly { readonly id: PersonId; readonly name: string }[];
  /** Whether people show a badge or a PIN here, or only say who they are. */
  readonly identifies: boolean;
}

export interface LineItem extends QueueItem {
  readonly progress: TaskProgress | null;
  /** Gates that are not passed now; empty means ready. */
  readonly gates: readonly Refusal[];
  /** Whether a second person may answer for starting against them. */
  readonly overridable: boolean;
  /** Gates that are passed now, in words. */
  readonly passed: readonly string[];
  /** How it stands otherwise than the line has seen it, in words; null where it does not, and on a first list. */
  readonly news: string | null;
  readonly people: readonly string[];
  readonly instruments: readonly string[];
  readonly lots: readonly string[];
  /** Lots that it takes or brings, as they are planned for it. */
  readonly takes: readonly LotToTake[];
  /** Those that its line said it took, planned or not. */
  readonly taken: readonly LotToTake[];
  /** Of what is staged: where it is wanted. */
  readonly to: string | null;
  /** Of a calibration: what of which instrument. */
  readonly renews: { readonly equipment: string; readonly test: string } | null;
}

/** A position of a list, judged or, far behind, not yet. */
export type ListedItem = Omit<LineItem, 'gates'> & { readonly gates: LineItem['gates'] | null };

/** A task of which a line has counted something. */
export interface CountedTask extends OfOrder {
  readonly task: TaskId;
  readonly name: string;
  readonly uom: string;
  readonly progress: Pick<TaskProgress, 'good' | 'scrap' | 'rework' | 'consumed'> | null;
  /** Lots that are planned for it. */
  readonly takes: readonly LotToTake[];
  /** Those that its line said it took, planned or not. */
  readonly taken: readonly LotToTake[];
}

export interface LotToTake {
  readonly lot: LotId;
  /** What stands on its label. */
  readonly name: string;
  readonly material: string;
  readonly quantity: number;
  readonly uom: string;
  /** Where it lies; null where nobody said. */
  readonly from: string | null;
  /** How much of it was reported as staged; null before any. */
  readonly staged: number | null;
}

/** What a line is told and may do, as the station gives it. */
export interface LineReading {
  readonly unit: EquipmentId;
  readonly name: string;
  readonly now: Instant;
  readonly zone: string;
  readonly state: UnitState;
  readonly down: { readonly since: Instant; readonly reason: string } | null;
  /** Why it may go down. */
  readonly downtime: DowntimeReasons;
  readonly queue: LineQueue | null;
  /** As what a second person may sign for a start against a gate; null where the plant allows none. */
  readonly override: readonly string[] | null;
  /** What the line said it cannot run, and what was decided. */
  readonly asked: readonly AskedView[];
  /** What of its reports the desk took back lately. */
  readonly tookBack: readonly TookBack[];
  /** Names this list of this unit in this revision; empty where it has none. */
  readonly list: string;
  /** Not yet completed, by position, as far as it is at hand: what is in work or comes next. */
  readonly items: readonly LineItem[];
  /** What else is not yet completed, by position. */
  readonly behind: readonly TaskId[];
  /** What stands behind, each as it was told; null where the page has it. */
  readonly told: readonly ListedItem[] | null;
  /** Completed here so lately that the count may still be put right, the latest first. */
  readonly counted: readonly CountedTask[];
}

/** The same with the whole list by position, as a page keeps it. */
export type LineView = Omit<LineReading, 'list' | 'items' | 'behind' | 'told'> & {
  readonly items: readonly ListedItem[];
};

/** What the line was told last, and what of it is news. */
export interface LineQueue extends Pick<Queue, 'revision' | 'version' | 'dispatched'> {
  /** Nobody has said for this line that it has seen this revision. */
  readonly unseen: boolean;
  /** Somebody has to identify to say it. */
  readonly asksWho: boolean;
  readonly by: string;
  readonly reason: string;
  /** In words, against the last revision that the line has seen; null once it has seen this one. */
  readonly changes: string | null;
  /** Taken back from this line, with who and why. */
  readonly recalled: readonly Recalled[];
}

/** A “can't run this”: with whom it is since when and until when, or what was decided. */
export interface AskedView {
  readonly id: number;
  readonly task: TaskId;
  readonly what: string;
  readonly reason: string;
  readonly since: Instant;
  readonly owner: Owner;
  readonly deadline: Instant;
  readonly answer: {
    readonly text: string;
    readonly reason: string;
    readonly by: string;
    readonly at: Instant;
    /** Until then the task waits; null where it does not. */
    readonly waits: Instant | null;
  } | null;
}

/** A report that the desk took back: of what, and who says why. */
export interface TookBack {
  readonly id: number;
  readonly what: string;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
}

/** What the desk has to decide, or lets wait: it makes room for the next one that may start. */
export const setAside = ({ asked, now }: Pick<LineReading, 'asked' | 'now'>): TaskId[] =>
  asked.flatMap(({ task, answer }) => (answer && (answer.waits ?? 0) <= now ? [] : task));

export type ReportOutcome =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly refusal: CommandRefusal };

/** Seconds. A list that was read so long ago, while the station is away, is only looked at: too much may have changed (R9). */
export const LIST_EXPIRES = 8 * 3600;

/** Seconds for which a page offers to take back what was reported last (U14). */
export const UNDO_SHOWN = 10;
/** Seconds within which a line may take it back: a tap in the last moment has its way to go. */
export const UNDO_WITHIN = 30;
/** Seconds after a completion in which its line may still put the count right: a shift. */
export const CORRECTABLE = 8 * 3600;

/** Reasons a line may give, as code lists: what an operator can tell apart in one look. */
export const PAUSE_REASONS = [
  'Material missing',
  'Person missing',
  'Minor stop',
  'Quality question',
  'Break',
  'Other',
] as const;
export const CORRECTION_REASONS = [
  'Typed wrongly',
  'Counted again',
  'Belongs to another task',
  'Scrap found later',
  'Other',
] as const;
export const CANNOT_RUN_REASONS = [
  'Material missing',
  'Material wrong or damaged',
  'Tool or format part missing',
  'Instructions missing or wrong',
  'Person missing',
  'Quality question',
  'Machine not fit for it',
  'Other',
] as const;
