import type { RecordCheck } from './session.ts';
import type { Case } from '#shared/domain/case.ts';
import type { Commitment } from '#shared/domain/commitment.ts';
import type { Comment } from '#shared/domain/comment.ts';
import type { FamilyId } from '#shared/domain/changeover.ts';
import type { EquipmentId, EquipmentLevel } from '#shared/domain/equipment.ts';
import type { Feed } from '#shared/domain/feed.ts';
import type { LineLink } from '#shared/domain/line-link.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import type { Pin } from '#shared/domain/plan.ts';
import type { OperationsType, RequestState } from '#shared/domain/operations.ts';
import type { OfOrder } from '#shared/domain/of-order.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { Remaining } from '#shared/domain/remaining.ts';
import type { QueueChange, Recalled, RevisionNote } from '#shared/domain/queue.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import type { Figures, Unplaced } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { FreshnessLimits } from '#shared/domain/freshness.ts';
import type { EventKind, ExecutionEvent, UnitState, WorkState } from '#shared/domain/execution.ts';
import type { WhyNext } from '#shared/domain/why-next.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';

/** One row of the board: a work unit. */
export interface BoardRow {
  readonly unit: EquipmentId;
  readonly name: string;
  /** The area or work centre that it belongs to. */
  readonly group: string;
  /** The area of that work centre; null where the group is an area itself, or stands in none. */
  readonly area: string | null;
  readonly level: EquipmentLevel;
  /** Closed time within the horizon (night, break, holiday); sorted and disjoint. */
  readonly closed: readonly Interval[];
  readonly downtimes: readonly {
    readonly start: Instant;
    readonly end: Instant | null;
    readonly reason: string;
    readonly planned: boolean;
  }[];
  readonly state: UnitState;
  /** When its line last reported anything; null for never. */
  readonly reported: Instant | null;
}

/** What a task may miss at its place before it can begin. */
export type ReadinessGate = 'material' | 'quality' | 'qualification' | 'calibration';

/** Somebody or something that tasks take beside their unit: a row of the board when it is arranged by them. */
export interface BoardResource {
  readonly id: PersonId | EquipmentId;
  readonly name: string;
  /** Job or class. */
  readonly group: string;
  readonly closed: readonly Interval[];
}

/** One bar: a task where it stands, with what the line reported. */
export interface BoardBar extends OfOrder {
  readonly task: TaskId;
  /** Step name without the order. */
  readonly name: string;
  readonly product: string;
  readonly domain: OperationsType;
  readonly unit: EquipmentId;
  readonly start: Instant;
  readonly runStart: Instant;
  readonly end: Instant;
  readonly quantity: number;
  readonly uom: string;
  /** How long it runs where that is an estimate that the planner may change, and what its routing says; null where it is not. */
  readonly estimate: {
    readonly run: Seconds;
    readonly routing: Seconds;
    /** Closed time does not count. */
    readonly pauses: boolean;
  } | null;
  /** What the planner said is left of it, and whether that holds or the line has counted since; null where nothing was said. */
  readonly remaining:
    | (Pick<Remaining, 'at' | 'run' | 'reason'> & { readonly until: Instant; readonly holds: boolean })
    | null;
  readonly due: Instant;
  /** Seconds by which the order ends after its due date; 0 when on time. */
  readonly late: Seconds;
  readonly pin: Pin | null;
  /** The line has been told and it begins soon: a solver leaves it where it is. */
  readonly frozen: boolean;
  /** What binds it to its place beyond the plan; null where nothing does. */
  readonly commitment: Commitment | null;
  readonly work: WorkState['kind'];
  readonly actualStart: Instant | null;
  readonly actualEnd: Instant | null;
  /** 0 … 1 of the quantity reported. */
  readonly progress: number;
  /** Something it needs is on hold, expired or unknown now. */
  readonly blocked: boolean;
  /** Setup family; null where none is said. */
  readonly family: FamilyId | null;
  /** Who works on it when; several where colleagues relieve each other. */
  readonly people: readonly { readonly person: PersonId; readonly start: Instant; readonly end: Instant }[];
  readonly instruments: readonly EquipmentId[];
  /** Kinds of qualification that it takes people with. */
  readonly qualifications: readonly string[];
  /** What would not be there, valid or released when it begins. */
  readonly missing: readonly ReadinessGate[];
  /** Stands elsewhere than in the published version. */
  readonly moved: boolean;
  readonly comments: number;
}

/** Where a task stands, and who and what carries it out there. */
export type TaskPlace = Pick<BoardBar, 'unit' | 'start' | 'end' | 'people' | 'instruments'>;

/** A task without a place, with what a person needs to recognise it. */
export interface UnplacedTask extends Unplaced, OfOrder {
  readonly name: string;
  readonly domain: OperationsType;
}

/** The part of the board that an edit changes. */
export interface BoardState {
  readonly revision: number;
  readonly figures: Figures;
  /** Tasks that stand elsewhere than in the published version. */
  readonly movedSincePublished: number;
  readonly undo: string | null;
  readonly redo: string | null;
  /** The scenario that is shown and edited, and all of them, the draft first. */
  readonly scenario: ScenarioId;
  readonly scenarios: readonly Scenario[];
  /** How far what began within the last 24 hours kept to what is published; null where nothing did. */
  readonly adherence: {
    readonly started: number;
    readonly kept: number;
    /** The median of how much later tasks began. */
    readonly drift: Seconds;
  } | null;
  /** Starts of the last 24 hours, and how many of them went against a gate by a second person's word. */
  readonly overrides: { readonly starts: number; readonly overridden: number };
  /** Lines that have not said to have seen what they were told last, and since when the first of them; null where all have. */
  readonly unseen: { readonly lines: number; readonly since: Instant } | null;
}

export interface Board {
  readonly now: Instant;
  readonly zone: string;
  readonly horizon: Interval;
  readonly rows: readonly BoardRow[];
  readonly people: readonly BoardResource[];
  readonly instruments: readonly BoardResource[];
  readonly bars: readonly BoardBar[];
  readonly unplaced: readonly UnplacedTask[];
  readonly state: BoardState;
}

/** Load of a group of units or of everybody with a qualification, column by column in seconds of one unit or person. */
export interface LoadSeriesView {
  readonly kind: 'units' | 'people';
  readonly id: string;
  readonly name: string;
  readonly load: readonly Seconds[];
  readonly capacity: readonly Seconds[];
  /** Load at moments when it is above capacity. */
  readonly over: readonly Seconds[];
  /** When it first is in a column. */
  readonly overFrom: readonly (Instant | null)[];
}

export interface BoardLoad {
  readonly edges: readonly Instant[];
  readonly series: readonly LoadSeriesView[];
}

export interface Status {
  readonly app: string;
  readonly plant: string | null;
  readonly empty: boolean;
  readonly now: Instant;
  readonly zone: string;
  readonly dataDir: string;
  readonly revision: number;
  readonly version: number | null;
  readonly lastImport: Instant | null;
  /** How old facts may be. */
  readonly limits: FreshnessLimits;
  /** Lines heard in the last five minutes. */
  readonly lines: number;
  readonly lineAddress: string | null;
  readonly solving: boolean;
  readonly proposal: boolean;
  /** Ages of the connections to ERPs. */
  readonly feeds: readonly FeedAge[];
  /** What the last check of the record found; null where none was made since the station was started. */
  readonly record: RecordCheck | null;
  /** What is wrong with the record itself; null where nothing is. */
  readonly trouble: RecordTrouble | null;
  /** When the station last backed up the record by itself. */
  readonly backup: Instant | null;
}

/**
 * `full`: nothing is stored until there is room. `damaged`: the file cannot be read throughout, and nothing more is stored
 * into it.
 */
export interface RecordTrouble {
  readonly kind: 'full' | 'damaged';
  readonly text: string;
}

/** How old everything is that comes from a connection to an ERP. */
export interface FeedAge {
  readonly name: string;
  /** When what it says was last known to be so; null where nobody knows. */
  readonly pulled: Instant | null;
  /** What is older says nothing certain: gates that depend on it are unknown. */
  readonly staleAfter: Seconds;
}

/** One exchange with an ERP, for a reader. */
export interface Exchange {
  readonly at: Instant;
  readonly what: string;
  readonly ok: boolean;
  readonly text: string;
  /** How long it took. */
  readonly millis: number;
}

/** What an ERP was told, with the names of what it is about. */
export interface ToldMessage extends OutboxEntry {
  /** “WH/MO/00012 · Cut”; of a downtime, its unit. */
  readonly about: string;
  readonly unitName: string;
}

export interface FeedView {
  readonly feed: Feed;
  /** When what it says was last known to be so; null where nobody knows, or where it is only told. */
  readonly pulled: Instant | null;
  /** Is a password or key kept for it? */
  readonly hasSecret: boolean;
  /** Why the last pull failed, or null. */
  readonly failure: string | null;
  readonly waiting: number;
  /** Messages that the ERP stored otherwise than told, and those that it refused for good. */
  readonly notKept: number;
  readonly refused: number;
  /** The newest first. */
  readonly messages: readonly ToldMessage[];
  readonly exchanges: readonly Exchange[];
}

/** What a connection answered, or why not. */
export type FeedTold =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly text: string };

export type FeedTest =
  | {
      readonly ok: true;
      readonly product: string;
      readonly api: string;
      readonly orders: number | null;
      /** What it does not have: planning goes on without. */
      readonly without: readonly string[];
      /** Fields of its orders that may be mapped. */
      readonly fields: readonly ErpField[];
    }
  | { readonly ok: false; readonly text: string };

/** A field of an ERP's orders, by the name that it is called by and the one that people see. */
export interface ErpField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'time' | 'number' | 'text';
}

/** A connection to lines or machines. */
export interface LinkView {
  readonly link: LineLink;
  readonly isConnected: boolean;
  /** Why it is not, or what went wrong last. */
  readonly failure: string | null;
  /** Where a machine and the record differ and nothing is done by itself; a job that it lost may be stored anew. */
  readonly differences: readonly {
    readonly task: TaskId;
    readonly text: string;
    readonly isLost: boolean;
  }[];
  /** What a machine can be told about: the open jobs of its line. */
  readonly machineJobs: readonly { readonly task: TaskId; readonly label: string }[];
  /** When it last came up or broke. */
  readonly since: Instant;
  /** Open jobs of its lines, and those of which no line has said that it has them. */
  readonly jobs: number;
  readonly unacknowledged: number;
  /** The newest first. */
  readonly exchanges: readonly Omit<Exchange, 'millis'>[];
}

/** A change of an order in an ERP that waits for the planner's word. */
export interface DifferenceView {
  readonly feed: string;
  readonly order: string;
  readonly name: string;
  readonly at: Instant;
  readonly change: 'added' | 'changed' | 'cancelled';
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
  /** What accepting it would do to the schedule, in words. */
  readonly impact: readonly string[];
}

/** What letting a change of an ERP in would do to the schedule, by a trial of it. */
export type DifferenceEffect =
  | {
      readonly ok: true;
      readonly before: Figures;
      readonly after: Figures;
      /** Tasks that would stand elsewhere, the first few of them by name and with both places. */
      readonly moved: number;
      readonly examples: readonly {
        readonly name: string;
        readonly before: string;
        readonly after: string;
      }[];
      /** Tasks that would get a place, and that would lose theirs without leaving the plan. */
      readonly placed: number;
      readonly dropped: number;
      /** Of the order itself: when it would end (null where a task of it finds no place) and when it is due; null where it goes. */
      readonly promise: { readonly end: string | null; readonly due: string; readonly late: boolean } | null;
      /** Orders by name whose promise would break, or would hold again. */
      readonly lateNow: readonly string[];
      readonly onTimeNow: readonly string[];
    }
  | { readonly ok: false; readonly text: string };

export type { Verdict } from '#shared/domain/verdict.ts';

/** Something that a need is met by, and where it is to be looked at. */
export type NeedLink =
  | { readonly to: 'person' | 'instrument' | 'tool' | 'task'; readonly id: string; readonly name: string }
  /** `tasks` are all that take from the lot. */
  | { readonly to: 'lot'; readonly id: string; readonly name: string; readonly tasks: readonly TaskId[] };

export interface NeedState {
  readonly kind: 'person' | 'instrument' | 'tool' | 'lot' | 'predecessor' | 'gate';
  readonly what: string;
  readonly links: readonly NeedLink[];
  readonly ok: boolean;
  readonly text: string;
}

/** A relation between two tasks that have a place. */
export interface Dependency {
  readonly from: TaskId;
  readonly to: TaskId;
  /** Least seconds between them, and most where waiting is limited. */
  readonly minLag: Seconds;
  readonly maxLag: Seconds | null;
  /** Seconds left before it would be violated; negative when it is. */
  readonly slack: Seconds;
}

/** A reason in words, and the tasks that it names. */
export interface WhyView {
  readonly text: string;
  readonly tasks: readonly TaskId[];
}

/** What the inspector shows of one task. */
export interface Inspection extends OfOrder {
  readonly bar: BoardBar | null;
  readonly task: TaskId;
  readonly name: string;
  readonly domain: OperationsType;
  readonly product: string;
  readonly quantity: number;
  readonly uom: string;
  readonly orderDue: Instant;
  readonly orderState: RequestState;
  readonly needs: readonly NeedState[];
  /** The binding constraint: why not earlier. */
  readonly whyHere: WhyView;
  /** From the order's last task back, each with what it waited for. */
  readonly whyLate: readonly (WhyView & {
    readonly task: TaskId;
    readonly start: Instant;
    readonly end: Instant;
  })[];
  /** What its line has been told of it; null where it is in no queue. */
  readonly told: {
    readonly revision: number;
    readonly position: number;
    readonly why: string;
    readonly card: WhyNext | null;
  } | null;
  readonly alternatives: readonly {
    readonly unit: EquipmentId;
    readonly name: string;
    readonly run: Seconds;
  }[];
  readonly predecessors: readonly TaskId[];
  readonly successors: readonly TaskId[];
  /** The same as dependencies with their lags. */
  readonly dependencies: readonly Dependency[];
  readonly comments: readonly Comment[];
  readonly unplaced: Unplaced | null;
}

/** What lines reported of a task. */
export interface TaskReports {
  readonly uom: string;
  /** The oldest first. */
  readonly reports: readonly ReportView[];
  /** Lots that it takes or may take: those planned for it, then others of the same materials. */
  readonly lots: readonly { readonly lot: LotId; readonly name: string; readonly uom: string }[];
}

/** A fact of a line, or that it could not run the task, which is decided as a case. */
export interface ReportView extends Pick<
  ExecutionEvent,
  'id' | 'at' | 'reason' | 'sample' | 'result' | 'calibration' | 'place' | 'rest' | 'correction'
> {
  readonly kind: EventKind | 'cannotRun';
  /** The line that it came from. */
  readonly unit: string;
  /** Who said it; null where a line or a machine said it by itself. */
  readonly by: string | null;
  /** As it was reported, and as it is now. */
  readonly said: ReportedAmounts;
  readonly right: ReportedAmounts;
  /** Who at the desk put it right last. */
  readonly corrected: ChangedBy | null;
  readonly takenBack: (ChangedBy & { readonly isDesk: boolean }) | null;
  /** Who at the desk undid last what the desk had done of it, where nothing was done since. */
  readonly undone: ChangedBy | null;
  /** Why whoever asks may neither take it back nor put it right; null where they may try. */
  readonly whyNot: string | null;
}

export interface ReportedAmounts {
  readonly good: number;
  readonly scrap: number;
  readonly rework: number;
  readonly lots: readonly LotActual[];
}

export interface ChangedBy {
  /** By what event: it can be taken back in its turn. */
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
}

export interface OrderRow extends OfOrder {
  readonly domain: OperationsType;
  readonly product: string;
  readonly quantity: number;
  readonly uom: string;
  readonly weight: number;
  readonly release: Instant;
  readonly due: Instant;
  readonly state: RequestState;
  readonly tasks: number;
  readonly done: number;
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly late: Seconds | null;
  readonly problem: string | null;
}

export interface ResourceRow {
  readonly id: EquipmentId;
  readonly name: string;
  readonly group: string;
  readonly level: EquipmentLevel;
  readonly classes: readonly string[];
  readonly state: UnitState | 'INSTRUMENT';
  readonly openSeconds: Seconds;
  readonly busySeconds: Seconds;
  readonly setupSeconds: Seconds;
  readonly nextDown: string | null;
}

export interface CalibrationRow {
  readonly equipment: EquipmentId;
  readonly name: string;
  readonly test: string;
  readonly evaluated: Instant | null;
  readonly expires: Instant | null;
  readonly passed: boolean | null;
  readonly state: 'valid' | 'expiring' | 'expired' | 'failed' | 'unknown';
  /** The planned renewal, when there is one. */
  readonly renewal: {
    readonly task: TaskId;
    readonly start: Instant | null;
    readonly end: Instant | null;
  } | null;
  readonly tasksAfterExpiry: number;
}

export interface PersonRow {
  readonly id: PersonId;
  readonly name: string;
  readonly classes: readonly string[];
  readonly qualifications: readonly {
    readonly name: string;
    readonly expires: Instant | null;
    readonly valid: boolean;
  }[];
  readonly busySeconds: Seconds;
  readonly openSeconds: Seconds;
}

/** A solver's proposal against the draft that the planner sees. */
export interface Proposal {
  readonly id: string;
  /** The case that it was made for by the plant's rule; null where somebody asked for it. */
  readonly case: number | null;
  /** Of the draft that the differences are held against. */
  readonly revision: number;
  readonly before: Figures;
  readonly after: Figures;
  readonly rule: string;
  readonly differences: readonly Difference[];
  readonly counts: Record<DifferenceKind, number>;
}

export type DifferenceKind =
  | 'moved'
  | 'reassigned'
  | 'restaffed'
  | 'new'
  | 'dropped'
  | 'lateNow'
  | 'onTimeNow';

export interface Difference extends OfOrder {
  readonly task: TaskId;
  readonly name: string;
  readonly kinds: readonly DifferenceKind[];
  readonly before: TaskPlace | null;
  readonly after: TaskPlace | null;
  /** Where others carry it out at the same place: the names of those who no longer do, and of those who do now. */
  readonly crew: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
}

/** One side of a comparison. */
export interface ScenarioSide {
  readonly id: ScenarioId;
  readonly name: string;
  readonly figures: Figures;
  /** Tasks that stand elsewhere than in the published version. */
  readonly movedSincePublished: number;
  /** The first thing that cannot be carried out as it stands, and how many there are. */
  readonly problem: { readonly text: string; readonly count: number } | null;
}

/** A scenario held against another: `before` is where a task stands in the other, `after` where in the scenario. */
export interface Comparison {
  readonly revision: number;
  readonly against: ScenarioSide;
  readonly scenario: ScenarioSide;
  readonly differences: readonly Difference[];
  readonly counts: Record<DifferenceKind, number>;
}

/** What a repair changes, against the draft. */
export interface RepairView {
  readonly aim: 'leastChange' | 'bestDelivery' | 'leastSetup';
  readonly counts: {
    /** Tasks at another time or on another unit. */
    readonly moved: number;
    /** Tasks that had no place and get one. */
    readonly placed: number;
    readonly reassigned: number;
    /** Tasks that keep their place with other people or instruments. */
    readonly restaffed: number;
    /** Tasks that lose their place. */
    readonly dropped: number;
    /** Orders. */
    readonly lateNow: number;
    readonly onTimeNow: number;
  };
  readonly after: Figures;
}

/** Repairs to choose from, or why there are none. */
export type RepairOffer =
  | {
      readonly ok: true;
      readonly offer: string;
      readonly before: Figures;
      readonly repairs: readonly RepairView[];
    }
  | {
      readonly ok: false;
      readonly refusal: { readonly code: string; readonly object: string; readonly text: string };
    };

/** A planned task that a case hits. */
interface CaseHit extends OfOrder {
  readonly task: TaskId;
  readonly name: string;
  /** Where and when it is published; null where it is not. */
  readonly unit: string | null;
  readonly start: Instant | null;
}

/** A case with what it hits now. */
export interface CaseView extends Case {
  /** The unit that it is about, if any. */
  readonly unit: EquipmentId | null;
  readonly hits: readonly CaseHit[];
  /** Orders that it hits. */
  readonly orders: number;
  /** Promises that are broken, or broken further, when nobody decides; without an end nobody knows when. */
  readonly atRisk: readonly (OfOrder & {
    readonly due: Instant;
    readonly end: Instant | null;
    /** It is late as planned already, and would be later still. */
    readonly wasLate: boolean;
  })[];
  /** Weight × seconds more of lateness, at least. */
  readonly cost: Seconds;
  /** When what it hits could begin; null while nobody knows. */
  readonly free: Instant | null;
}

/** Repairs for a case within the disruption budget, and without it where there is one. */
export interface CaseOffer {
  readonly within: RepairOffer;
  readonly unbound: RepairOffer | null;
}

/** A lot that open tasks use. */
export interface LotRow {
  readonly id: LotId;
  readonly material: string;
  readonly tasks: number;
}

/** Work that is due by an instant and that cannot be done by then, in whatever sequence. */
export interface ShortageView {
  /** The units that work for each other, or the one qualification. */
  readonly names: readonly string[];
  readonly isPeople: boolean;
  readonly until: Instant;
  readonly short: Seconds;
  /** Everything that is due by then, and what can be done by then. */
  readonly due: Seconds;
  readonly capacity: Seconds;
}

/** Single changes that are each enough to make a late order on time, the least burden first. */
export interface OrderHelp {
  readonly late: Seconds;
  /** How many changes were tried by re-solving. */
  readonly tried: number;
  /** By which a remedy is tried as a scenario. */
  readonly id: string;
  readonly remedies: readonly RemedyRow[];
}

export interface RemedyRow {
  readonly kind: string;
  readonly text: string;
  readonly moved: number;
  /** Whether it would move anything that can be looked at on the board. */
  readonly shows: boolean;
}

export interface SolveProgress {
  readonly elapsedMs: number;
  /** Steps of all threads so far, and lately per second. */
  readonly iterations: number;
  readonly perSecond: number;
  /** What is being tried. */
  readonly phase: string;
  /** Of a recent best. */
  readonly figures: Figures | null;
  /** Of the best so far, by the planner's weights. */
  readonly objective: number | null;
  /** No schedule can be better; null where nobody proved any bound. */
  readonly lowerBound: number | null;
  /** (objective − bound) / objective, 0 at a proven optimum; null where no bound is known. */
  readonly gap: number | null;
  /** The best value over time, oldest first. */
  readonly points: readonly { readonly elapsedMs: number; readonly objective: number }[];
}

export interface VersionRow {
  readonly number: number;
  readonly published: Instant;
  readonly publisher: string;
  readonly note: string;
  readonly figures: Figures;
}

/** What publishing the draft would change against what the lines have been told; nothing is stored. */
export interface VersionPreview {
  /** Of the draft that would be published. */
  readonly revision: number;
  /** The number that the version would get. */
  readonly number: number;
  /** Lines whose queue would change, the most changed first. */
  readonly lines: readonly {
    readonly unit: EquipmentId;
    readonly name: string;
    /** Tasks that the line has not been told of. */
    readonly added: number;
    /** Tasks that it has at another time. */
    readonly moved: number;
    /** Tasks that it has at that time, for other people or with other instruments. */
    readonly restaffed: number;
    /** Tasks that it would lose. */
    readonly dropped: number;
    readonly current: string | null;
  }[];
  readonly unplaced: number;
  readonly lateOrders: number;
  /** Placed tasks that need something on hold, expired or unknown now. */
  readonly blocked: number;
}

/** What accepting this proposal and publishing it would change. */
export interface ProposalPreview extends VersionPreview {
  readonly proposal: string;
}

/** What a shift hands over, in words. */
export interface HandoverView {
  readonly shift: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly printed: Instant;
  readonly zone: string;
  readonly sections: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** What dispatching the published version would tell each line; a line for which nothing differs gets no revision. */
export interface DispatchPreview {
  readonly version: number;
  readonly zone: string;
  readonly lines: readonly {
    readonly unit: EquipmentId;
    readonly name: string;
    /** The number that the next revision would get. */
    readonly revision: number;
    /** The revision that its line has not acknowledged and that another would supersede. */
    readonly supersedes: number | null;
    readonly changes: readonly QueueChange[];
    /** What stays recalled unless it is told again. */
    readonly recalled: readonly Recalled[];
    readonly current: string | null;
  }[];
}

/** What a line was told and has not begun. */
export interface ToldList {
  readonly unit: EquipmentId;
  readonly name: string;
  readonly revision: number;
  readonly items: readonly (OfOrder & { readonly task: TaskId; readonly name: string })[];
}

/** One revision of a line's list: what it changed and why, and who has seen it when. */
export interface RevisionView {
  readonly revision: number;
  readonly version: number;
  readonly dispatched: Instant;
  readonly items: number;
  /** Null where it was told before revisions kept it. */
  readonly note: RevisionNote | null;
  readonly seen: { readonly by: string; readonly at: Instant } | null;
}

/** Dispatch lists on paper. */
export type PrintedLists =
  | { readonly ok: true; readonly pdf: string }
  | { readonly ok: false; readonly text: string };

export interface QueueRow {
  readonly unit: EquipmentId;
  readonly name: string;
  readonly group: string;
  readonly revision: number | null;
  readonly version: number | null;
  readonly dispatched: Instant | null;
  readonly items: number;
  /** What it is to do by the published version is not what it has been told. */
  readonly stale: boolean;
  /** The differences that dispatching would tell it. */
  readonly pending: readonly QueueChange['kind'][];
  /** Tasks that were taken back from it and that no line was told since. */
  readonly recalled: number;
  /** Since when it has not said that it has seen what it was told last; null where it has. */
  readonly unseenSince: Instant | null;
  /** Who said for it that it has seen the last revision. */
  readonly seen: { readonly by: string; readonly at: Instant } | null;
  /** Jobs that it has not said to have; null where no connection reaches it. */
  readonly unacknowledged: number | null;
  readonly current: string | null;
}
