import { type Chains, type Choice, Moment, NONE, chainsOf } from './moment.ts';
import type { Shop } from './shop.ts';

/** Share of their time that the machines may idle in a shop that counts as tight, and how many jobs it has at most by machines. */
const IDLE = 0.01;
const JOBS = 1.5;
/** Schedules in the making that are followed side by side: ever more, until one of them comes through. */
const WIDTHS = [1, 8, 16, 32, 64, 128, 256] as const;
/** Of how many numbers of begun jobs, the fewest first, each gets that many. */
const LEVELS = 3;
/** Between two looks at all of them, in mean durations. */
const STRIDE = 0.33;
/** What one of them may branch into until then. */
const MOST_BRANCHES = 64;

/**
 * Schedules within `target`, or as near to it as they come, for shops of chains whose machines have hardly any time to
 * idle, and hardly more jobs than machines (the long instances of Da Col & Teppan 2022). Non-delay dispatching, in which
 * few choices are real ones: mostly only one job waits when a machine gets free. Of those choices that leave no machine without work, and no job too late, the best
 * are kept (beam search; Ow & Morton 1988): the fewer jobs have begun and the less those have waited, the more the
 * schedule resembles one in which nobody idles, as a job begun too early hides that another one is late.
 *
 * Yields the starts by operation of a schedule after each width, and null whenever a little time has gone by. Ends when
 * one is within the target; nothing at all for other shops. Of several threads each takes its share of the widths.
 */
export function* tightSchedules(
  shop: Shop,
  tails: Float64Array,
  target: number,
  thread = 0,
  threads = 1,
): Generator<Int32Array | null, void> {
  const chains = chainsOf(shop);
  if (chains === null) return;
  const work = chains.load.reduce((sum, load) => sum + load, 0);
  const isTight = work >= (1 - IDLE) * target * shop.machines;
  if (!isTight || chains.first.length > JOBS * shop.machines) return;
  const stride = Math.ceil((STRIDE * work) / shop.operations);
  for (let k = thread; k < WIDTHS.length; k += threads) {
    const beam = new Beam(chains, tails, target, WIDTHS[k]);
    while (beam.advance(stride)) yield null;
    yield beam.completed();
    if (beam.isThrough) return;
  }
}

class Beam {
  isThrough = false;
  readonly #chains: Chains;
  readonly #tails: Float64Array;
  readonly #target: number;
  readonly #width: number;
  #kept: Moment[];
  #now = 0;
  /** What those were like that came furthest. */
  #furthest: Choice | null = null;
  /** Moments that nobody needs any more. */
  readonly #spare: Moment[] = [];
  readonly #branches: Moment[] = [];
  readonly #waiting: number[] = [];

  constructor(chains: Chains, tails: Float64Array, target: number, width: number) {
    this.#chains = chains;
    this.#tails = tails;
    this.#target = target;
    this.#width = width;
    this.#kept = [new Moment(chains, target)];
  }

  /** Follows all for so long; false when one is done, or none is left. */
  advance(stride: number): boolean {
    this.#now += stride;
    const found = new Map<number, Moment>();
    for (const moment of this.#kept) this.#follow(moment, found);
    this.#kept = this.#best([...found.values()]);
    const first = this.#kept.at(0);
    if (!first) return false;
    this.#furthest = first.choice;
    this.isThrough = first.isDone;
    return !this.isThrough;
  }

  /** A whole schedule: by the choices of those that came furthest, then the longest tail first, whatever idles. */
  completed(): Int32Array {
    const choices: number[] = [];
    for (let choice = this.#furthest; choice !== null; choice = choice.before) choices.push(choice.operation);
    const start = new Int32Array(this.#tails.length);
    const moment = new Moment(this.#chains, 0);
    const candidates: number[] = [];
    for (;;) {
      for (let job = 0; job < moment.waitsAt.length; job += 1) {
        const machine = moment.waitsAt[job];
        if (machine === NONE || moment.job[machine] !== NONE) continue;
        this.#candidates(moment, machine, job, candidates);
        const chosen = candidates.length > 1 ? choices.pop() : undefined;
        const next = candidates.find((one) => moment.operation[one] === chosen) ?? candidates[0];
        start[moment.operation[next]] = moment.now;
        moment.begin(machine, next);
      }
      const end = soonestEnd(moment);
      if (end === Infinity) return start;
      moment.goTo(end);
    }
  }

  /** Everything that the moment can become until now. */
  #follow(moment: Moment, found: Map<number, Moment>): void {
    const branches = this.#branches;
    branches.push(moment);
    let count = 1;
    for (let branch = branches.pop(); branch; branch = branches.pop()) {
      const before = branches.length;
      if (this.#comesThrough(branch, MOST_BRANCHES - count)) this.#add(branch, found);
      else this.#spare.push(branch);
      count += branches.length - before;
    }
  }

  /** Of those that are alike the one that made its jobs wait less. */
  #add(moment: Moment, found: Map<number, Moment>): void {
    let hash = moment.hash();
    let other = found.get(hash);
    while (other && !moment.isLike(other)) other = found.get((hash += 1));
    const isBetter = !other || moment.waited < other.waited;
    if (isBetter) found.set(hash, moment);
    const out = isBetter ? other : moment;
    if (out) this.#spare.push(out);
  }

  #best(found: Moment[]): Moment[] {
    found.sort((a, b) => a.begun - b.begun || a.waited - b.waited);
    const kept: Moment[] = [];
    let level = 0;
    let onLevel = 0;
    for (const [k, moment] of found.entries()) {
      if (k === 0 || moment.begun !== found[k - 1]?.begun) {
        level += 1;
        onLevel = 0;
      }
      onLevel += 1;
      if (level <= LEVELS && onLevel <= this.#width) kept.push(moment);
      else this.#spare.push(moment);
    }
    return kept;
  }

  /** Lets time go by until now; other choices on the way, up to `room`, become branches. False where it leads nowhere. */
  #comesThrough(moment: Moment, room: number): boolean {
    let left = room;
    for (;;) {
      const branched = this.#decide(moment, left);
      if (branched === null) return false;
      left -= branched;
      const machine = moment.next();
      const next = moment.until[machine];
      if (next >= this.#now) return true;
      if (moment.job[machine] === NONE && next === moment.now) return false;
      moment.goTo(next);
    }
  }

  /** Gives every machine that idles and that somebody waits for an operation; the number of other choices, null at a dead end. */
  #decide(moment: Moment, room: number): number | null {
    const { waitsAt, job: runs } = moment;
    const candidates = this.#waiting;
    let branched = 0;
    for (let job = 0; job < waitsAt.length; job += 1) {
      const machine = waitsAt[job];
      if (machine === NONE || runs[machine] !== NONE) continue;
      this.#candidates(moment, machine, job, candidates);
      let first = NONE;
      for (const one of candidates) {
        if (!this.#isInTime(moment, one, candidates)) continue;
        if (first === NONE) first = one;
        else if (branched < room && this.#width > 1) {
          this.#branches.push(this.#branch(moment, machine, one));
          branched += 1;
        }
      }
      if (first === NONE) return null;
      if (candidates.length > 1)
        moment.choice = { operation: moment.operation[first], before: moment.choice };
      moment.begin(machine, first);
    }
    return branched;
  }

  #branch(moment: Moment, machine: number, job: number): Moment {
    const branch = this.#spare.pop() ?? new Moment(this.#chains, this.#target);
    branch.copy(moment);
    branch.choice = { operation: moment.operation[job], before: moment.choice };
    branch.begin(machine, job);
    return branch;
  }

  /** Jobs that wait for the machine, `first` the first of them: whoever arrives just now, then the longest tail. */
  #candidates(moment: Moment, machine: number, first: number, candidates: number[]): void {
    const { waitsAt, operation, since, now } = moment;
    const tails = this.#tails;
    candidates.length = 0;
    for (let job = first; job < waitsAt.length; job += 1) if (waitsAt[job] === machine) candidates.push(job);
    if (candidates.length === 1) return;
    const arrivesNow = (job: number): number => (now > 0 && since[job] === now ? 1 : 0);
    candidates.sort(
      (a, b) => arrivesNow(b) - arrivesNow(a) || tails[operation[b]] - tails[operation[a]] || a - b,
    );
  }

  /** Neither the job nor one that has to wait for it gets late. */
  #isInTime({ now, operation }: Moment, job: number, candidates: readonly number[]): boolean {
    const tails = this.#tails;
    const end = now + this.#chains.duration[operation[job]];
    for (const other of candidates) {
      const from = other === job ? now : end;
      if (from + tails[operation[other]] > this.#target) return false;
    }
    return true;
  }
}

function soonestEnd({ job, until }: Moment): number {
  let soonest = Infinity;
  for (let machine = 0; machine < job.length; machine += 1) {
    if (job[machine] !== NONE && until[machine] < soonest) soonest = until[machine];
  }
  return soonest;
}
