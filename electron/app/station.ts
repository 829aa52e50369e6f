import type { RemedyPiece, RepairPiece } from '#electron/solving/adviser-messages.ts';
import { type Command, type Store, StoreError, type Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { RecordCheck } from '#shared/contract/session.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { RecordTrouble } from '#shared/contract/views.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type Instant, instantFromMillis } from '#shared/time/instant.ts';
import { openTimetable, type Timetable } from '#solver/repair/timetable.ts';
import { boardChange, boardDifference } from './board-view.ts';
import type { FeedState } from './feed-state.ts';
import { Attempts } from './attempts.ts';
import { Pairing } from './pairing.ts';
import { Refused } from './refused.ts';
import type { LinkState } from './link-state.ts';
import type { RunningFeeds } from './run-feeds.ts';
import type { RunningLinks } from './run-links.ts';
import type { Secrets } from './secrets.ts';
import { Sessions } from './sessions.ts';
import { sparingly } from './sparingly.ts';
import { type Workspace, recordedIn, workspaceFrom } from './workspace.ts';

export { Refused, refusable } from './refused.ts';

export interface SolveJob {
  readonly cancel: () => void;
  readonly take: () => void;
  readonly done: Promise<void>;
}

/** A schedule that waits for the planner's decision, and what it was made from. */
export interface PendingProposal {
  readonly id: string;
  readonly plan: Plan;
  readonly schedule: Schedule;
  readonly rule: string;
  /** The case that it was made for by the plant's rule. */
  readonly case?: number;
}

/** Repairs of one revision of the draft, waiting for a choice. */
export interface Offer {
  readonly id: string;
  readonly plan: Plan;
  readonly revision: number;
  readonly repairs: readonly { readonly piece: RepairPiece; readonly schedule: Schedule }[];
}

/** What would make a late order on time, as of one revision of the draft. */
export interface ToldHelp {
  readonly id: string;
  readonly order: OrderId;
  readonly revision: number;
  readonly remedies: readonly RemedyPiece[];
}

/** What a command leaves behind when it has been committed. */
export interface Done<Detail> {
  readonly detail: Detail;
  /** The workspace after the command; without it nothing that is shown changed. */
  readonly workspace?: Workspace;
  readonly facts?: (before: Workspace, after: Workspace) => readonly Fact[];
  /** Tasks that a line reported on: what that changes on the board is told together with what others report meanwhile. */
  readonly reported?: readonly TaskId[];
}

/** Tasks that were reported on, and what stood before. */
interface Reported {
  readonly before: Workspace;
  readonly tasks: readonly TaskId[];
}

/** What a command does inside its transaction; several make one command when the next begins with what the last left behind. */
export type Work<Detail> = (write: Writer, workspace: Workspace) => Promise<Done<Detail>>;

/** What a station is put together from. */
export type StationParts = Pick<Station, 'store' | 'clock' | 'dataDir' | 'secrets' | 'lineKey'>;

/** Follows the setting of line-side access. */
export interface LineServer {
  readonly address: () => string | null;
  readonly problem: () => string | null;
  readonly follow: () => Promise<void>;
}

/** The running station: the store, the workspace folded from it, and everybody who listens. */
export class Station {
  readonly store: Store;
  /** Milliseconds since 1970: the one clock of the station. */
  readonly clock: () => number;
  readonly dataDir: string;
  readonly secrets: Secrets;
  /** Seals what lines are told of people; lies beside the database, not in it. */
  readonly lineKey: string;
  solving: SolveJob | null = null;
  proposal: PendingProposal | null = null;
  /** The repairs that were offered last, the newest at the end; any window may still choose. */
  offers: readonly Offer[] = [];
  /** Cases for which the plant's rule has been followed, or had nothing to propose, as far as is known since the start; the proposals stand in the ledger. */
  readonly ruled = new Set<number>();
  /** What was told last to help late orders, the newest at the end. */
  helps: readonly ToldHelp[] = [];
  /** When each line was last heard, in instants. */
  readonly heard = new Map<string, Instant>();
  lineAddress: string | null = null;
  /** Serves the line pages over the plant network, while the station serves at all. */
  lineServer: LineServer | null = null;
  /** The trial schedule that is being made of what waits to be accepted. */
  trial: { readonly order: string; readonly giving: AbortController } | null = null;
  /** What the last check of the record found. */
  record: RecordCheck | null = null;
  /** Codes that wait to be typed at a line. */
  readonly pairing = new Pairing();
  /** What is known of each connection to an ERP since the station was started. */
  readonly feeds = new Map<string, FeedState>();
  /** Keeps the connections going while the station serves. */
  runningFeeds: RunningFeeds | null = null;
  /** What is known of each connection to lines since it was opened. */
  readonly links = new Map<string, LinkState>();
  /** Keeps the connections to lines going while the station serves. */
  runningLinks: RunningLinks | null = null;
  /** What is wrong with the record; null where nothing is. */
  trouble: RecordTrouble | null = null;
  #workspace: Workspace;
  #timetable: { readonly of: Workspace; readonly timetable: Timetable } | null = null;
  /** Who is logged in, and every open window. */
  readonly sessions = new Sessions(this);
  /** Passwords are tried one after the other. */
  readonly attempts = new Attempts();
  readonly #listeners = new Set<(fact: Fact) => void>();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #reports = sparingly<Reported>((reports) => this.#tellBoard(reports));

  private constructor({ store, clock, dataDir, secrets, lineKey }: StationParts, workspace: Workspace) {
    this.store = store;
    this.clock = clock;
    this.dataDir = dataDir;
    this.secrets = secrets;
    this.lineKey = lineKey;
    this.#workspace = workspace;
  }

  static async open(parts: StationParts): Promise<Station> {
    return new Station(parts, workspaceFrom(await recordedIn(parts.store), instantFromMillis(parts.clock())));
  }

  get now(): Instant {
    return instantFromMillis(this.clock());
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** Answers where a task may go. Compiled once per plan: after an edit only what changed. */
  get timetable(): Timetable {
    const workspace = this.#workspace;
    if (this.#timetable?.of !== workspace) {
      const plan = { ...workspace.plan, now: this.now };
      const timetable =
        this.#timetable?.timetable.followedBy(plan, workspace.schedule) ??
        openTimetable(plan, workspace.schedule);
      this.#timetable = { of: workspace, timetable };
    }
    return this.#timetable.timetable;
  }

  onFact(listener: (fact: Fact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is told has happened, and so has what was reported before it. */
  tell(fact: Fact): void {
    this.tellReports();
    this.#tell(fact);
  }

  /** Tells what lines have reported, where that is not yet told. */
  tellReports(): void {
    this.#reports.now();
  }

  #tellBoard(reports: readonly Reported[]): void {
    const [first] = reports;
    if (!first) return;
    try {
      const tasks = reports.flatMap((report) => report.tasks);
      this.#tell(boardChange(first.before, this.#workspace, tasks));
    } catch (error) {
      this.#tell({ kind: 'notice', level: 'error', text: String(error) });
    }
  }

  /** A listener that fails is dropped, and neither the command nor the others notice. */
  #tell(fact: Fact): void {
    for (const listener of this.#listeners) {
      try {
        listener(fact);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  }

  /** Time alone changes the board: running tasks end later, lots become usable, days pass. Folds anew and tells what differs. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#workspace;
      this.#workspace = workspaceFrom(before, this.now, before);
      for (const fact of boardDifference(before, this.#workspace)) this.tell(fact);
      this.#getReady();
    });
  }

  /**
   * One command at a time: check, one transaction, then the new workspace and its facts.
   * A repeated key returns the first answer; a refusal changes nothing.
   */
  command<Detail>(caller: Caller, action: string, work: Work<Detail>): Promise<Outcome<Detail>> {
    return this.#inTurn(async () => {
      const before = this.#workspace;
      const command = {
        key: caller.key,
        user: caller.user,
        action,
        origin: caller.origin,
        by: caller.by,
        at: this.clock(),
      };
      let done: Done<Detail> | null = null;
      let reply: Outcome<Detail>;
      try {
        const written = await this.#write<Outcome<Detail>>(command, async (write) => {
          done = await work(write, before);
          return { ok: true, revision: await write.revision(), detail: done.detail };
        });
        reply = written.reply;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { note, outcome } = error;
        if (!note) return outcome;
        const kept = await this.#write(command, async (write) => {
          await write.log(note);
          return outcome;
        });
        return kept.reply;
      }
      this.#settle(before, done);
      return reply;
    });
  }

  /** Looks at things that belong together while no command is changing them. */
  between<Value>(look: () => Promise<Value>): Promise<Value> {
    return this.#inTurn(look);
  }

  /** Writes into the record as it is: a full disk shows here first, and so does room again; a damaged one is left alone. */
  async #write<Reply>(command: Command, work: (write: Writer) => Promise<Reply>) {
    if (this.trouble?.kind === 'damaged') throw new StoreError('readonly', this.trouble.text);
    try {
      const written = await this.store.write(command, work);
      if (this.trouble) this.troubled(null);
      return written;
    } catch (error) {
      if (error instanceof StoreError && (error.trouble === 'full' || error.trouble === 'damaged'))
        this.troubled({ kind: error.trouble, text: error.message });
      throw error;
    }
  }

  /** Whoever has a window hears of it. */
  troubled(trouble: RecordTrouble | null): void {
    const isNews = trouble?.kind !== this.trouble?.kind;
    this.trouble = trouble;
    if (isNews) this.tell({ kind: 'record.changed' });
  }

  #settle<Detail>(before: Workspace, done: Done<Detail> | null): void {
    if (!done) return;
    if (done.workspace) this.#workspace = done.workspace;
    for (const fact of done.facts?.(before, this.#workspace) ?? []) this.tell(fact);
    if (done.reported) this.#reports.ask({ before, tasks: done.reported });
    this.#getReady();
  }

  /** Whoever has asked where tasks may go asks again after an edit: by then the answer's preparation is done. */
  #getReady(): void {
    if (!this.#timetable) return;
    setImmediate(() => {
      try {
        void this.timetable;
      } catch {
        // Whoever asks hears why.
      }
    });
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** Refuses a command that was made against an older revision: nobody's change is overwritten unseen. */
export function mustBeCurrent(workspace: Workspace, expected: number): void {
  if (workspace.revision !== expected) {
    throw new Refused(
      'REVISION_STALE',
      `revision ${expected}`,
      `The plan changed meanwhile (revision ${workspace.revision}, yours was ${expected}). Look at the change and repeat it.`,
    );
  }
}
