/** Words of the header before the two slots. */
const LOCK = 0;
const ACTIVE = 1;
const VERSION = 2;
const STOP = 3;
const COUNTERS = 4;
/** More threads than any workstation has cores for us. */
const MOST_THREADS = 28;
const HEADER_WORDS = COUNTERS + MOST_THREADS;
/** After the header: the objective of each slot and the proven bound, as doubles. */
const DOUBLES = 3;
const BOUND = 2;
const HEADER_BYTES = HEADER_WORDS * 4 + DOUBLES * 8;

/**
 * The best solution that all threads of one solve share, as words that only their engine can read: two slots in shared
 * memory, of which one is whole at any moment, so that it survives the thread that wrote it. Objectives get smaller.
 */
export class Incumbent {
  readonly buffer: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #values: Float64Array;
  readonly #slots: readonly [Int32Array, Int32Array];
  readonly #key: number;

  /** `thread` of this side, -1 for the one that only looks on. */
  constructor(buffer: SharedArrayBuffer, thread: number) {
    const words = (buffer.byteLength - HEADER_BYTES) / 8;
    this.buffer = buffer;
    this.#header = new Int32Array(buffer, 0, HEADER_WORDS);
    this.#values = new Float64Array(buffer, HEADER_WORDS * 4, DOUBLES);
    this.#slots = [
      new Int32Array(buffer, HEADER_BYTES, words),
      new Int32Array(buffer, HEADER_BYTES + words * 4, words),
    ];
    this.#key = thread + 2;
  }

  /** Room for a solution of `words` Int32s; nothing found, nothing proven. */
  static allocate(words: number, thread = -1): Incumbent {
    const incumbent = new Incumbent(new SharedArrayBuffer(HEADER_BYTES + words * 8), thread);
    incumbent.#values.set([Infinity, Infinity, -Infinity]);
    return incumbent;
  }

  get words(): number {
    return this.#slots[0].length;
  }

  /** Infinity while there is none. */
  get objective(): number {
    return this.#values[Atomics.load(this.#header, ACTIVE)];
  }

  /** Counts the improvements: another number means another solution. */
  get version(): number {
    return Atomics.load(this.#header, VERSION);
  }

  /** The largest lower bound that somebody proved; -Infinity while there is none. */
  get bound(): number {
    return this.#values[BOUND];
  }

  get isStopped(): boolean {
    return Atomics.load(this.#header, STOP) !== 0;
  }

  /** Tells every thread to end with the best so far. */
  stop(): void {
    Atomics.store(this.#header, STOP, 1);
  }

  /** Takes the solution over where it is better; says whether it was. */
  offer(objective: number, solution: Int32Array): boolean {
    if (!(objective < this.objective)) return false;
    this.#lock();
    const isBetter = objective < this.objective;
    if (isBetter) {
      const slot = 1 - Atomics.load(this.#header, ACTIVE);
      this.#slots[slot].set(solution);
      this.#values[slot] = objective;
      Atomics.store(this.#header, ACTIVE, slot);
      Atomics.add(this.#header, VERSION, 1);
    }
    this.#unlock();
    return isBetter;
  }

  /** Copies the best solution and returns its objective; Infinity, and nothing copied, while there is none. */
  read(into: Int32Array): number {
    this.#lock();
    const active = Atomics.load(this.#header, ACTIVE);
    const objective = this.#values[active];
    if (objective < Infinity) into.set(this.#slots[active]);
    this.#unlock();
    return objective;
  }

  /** A proven lower bound of the objective. */
  prove(bound: number): void {
    this.#lock();
    if (bound > this.#values[BOUND]) this.#values[BOUND] = bound;
    this.#unlock();
  }

  /** What a thread has tried so far; `iterations` is the sum over all threads. */
  count(iterations: number): void {
    Atomics.store(this.#header, COUNTERS + this.#key - 2, iterations);
  }

  get iterations(): number {
    let sum = 0;
    for (let k = COUNTERS; k < HEADER_WORDS; k += 1) sum += Atomics.load(this.#header, k);
    return sum;
  }

  /** Frees what a thread held when it died. */
  forgive(thread: number): void {
    Atomics.compareExchange(this.#header, LOCK, thread + 2, 0);
  }

  #lock(): void {
    while (Atomics.compareExchange(this.#header, LOCK, 0, this.#key) !== 0);
  }

  #unlock(): void {
    Atomics.store(this.#header, LOCK, 0);
  }
}
