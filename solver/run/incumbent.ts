/** Words of the header before the numbers. */
const LOCK = 0;
const VERSION = 1;
const STOP = 2;
/** More threads than any workstation has cores for us. */
export const MOST_THREADS = 28;
/** An even number, as doubles follow. */
const HEADER_WORDS = 4;
/** After the header, as doubles: per slot its objective and when it was found, when the first was, the proven bound, what each thread has tried. */
const OBJECTIVES = 0;
const FOUND = 2;
const FIRST = 4;
const BOUND = 5;
const TRIED = 6;
const NUMBERS = TRIED + MOST_THREADS;
const HEADER_BYTES = HEADER_WORDS * 4 + NUMBERS * 8;
/** Who was told to end is a bit for each thread, and one for those who only look on. */
const EVERY_THREAD = -1;
const bitOf = (thread: number): number => 1 << thread;

/**
 * The best solution that all threads of one solve share, as words that only their engine can read: two slots in shared
 * memory, by turns the one of version v (slot v & 1) and the one that is written next, so that the best is whole at any
 * moment and survives the thread that wrote it. Writers exclude each other; whoever reads waits for nobody. Objectives get
 * smaller. (Aligned doubles are read and written whole on every 64-bit machine.)
 */
export class Incumbent {
  readonly buffer: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #numbers: Float64Array;
  readonly #slots: readonly [Int32Array, Int32Array];
  readonly #thread: number;
  readonly #elapsed: () => number;

  /** `thread` of this side, -1 for the one that only looks on; `elapsed` in milliseconds dates what it finds. */
  constructor(buffer: SharedArrayBuffer, thread: number, elapsed: () => number = () => 0) {
    const words = (buffer.byteLength - HEADER_BYTES) / 8;
    this.buffer = buffer;
    this.#header = new Int32Array(buffer, 0, HEADER_WORDS);
    this.#numbers = new Float64Array(buffer, HEADER_WORDS * 4, NUMBERS);
    this.#slots = [
      new Int32Array(buffer, HEADER_BYTES, words),
      new Int32Array(buffer, HEADER_BYTES + words * 4, words),
    ];
    this.#thread = thread;
    this.#elapsed = elapsed;
  }

  /** Room for a solution of `words` Int32s; nothing found, nothing proven. */
  static allocate(words: number, thread = -1, elapsed?: () => number): Incumbent {
    const incumbent = new Incumbent(new SharedArrayBuffer(HEADER_BYTES + words * 8), thread, elapsed);
    incumbent.#numbers.set([Infinity, Infinity, Infinity, Infinity, Infinity, -Infinity]);
    return incumbent;
  }

  get words(): number {
    return this.#slots[0].length;
  }

  /** Infinity while there is none. */
  get objective(): number {
    return this.#numbers[OBJECTIVES + (this.version & 1)];
  }

  /** Milliseconds after which the best was found; Infinity while there is none. */
  get foundAt(): number {
    return this.#numbers[FOUND + (this.version & 1)];
  }

  /** Milliseconds after which the first solution was found; Infinity while there is none. */
  get firstAt(): number {
    return this.#numbers[FIRST];
  }

  /** Counts the improvements: another number means another solution. */
  get version(): number {
    return Atomics.load(this.#header, VERSION);
  }

  /** The largest lower bound that somebody proved; -Infinity while there is none. */
  get bound(): number {
    return this.#numbers[BOUND];
  }

  /** Whether this thread was told to end. */
  get isStopped(): boolean {
    return (Atomics.load(this.#header, STOP) & bitOf(this.#thread)) !== 0;
  }

  /** Tells every thread to end with the best so far. */
  stop(): void {
    Atomics.store(this.#header, STOP, EVERY_THREAD);
  }

  /** Tells one thread to end; the others go on. */
  dismiss(thread: number): void {
    Atomics.or(this.#header, STOP, bitOf(thread));
  }

  /** Takes the solution over where it is better; says whether it was. Throws a RangeError where it has not `words` words. */
  offer(objective: number, solution: Int32Array): boolean {
    if (!(objective < this.objective)) return false;
    if (solution.length !== this.words)
      throw new RangeError(
        `A solution of ${solution.length} words was offered where there is room for ${this.words}.`,
      );
    this.#lock();
    const isBetter = objective < this.objective;
    if (isBetter) {
      const version = this.version + 1;
      const slot = version & 1;
      this.#slots[slot].set(solution);
      this.#numbers[OBJECTIVES + slot] = objective;
      const at = this.#elapsed();
      if (this.#numbers[FIRST] === Infinity) this.#numbers[FIRST] = at;
      // What two threads read off one clock was seen to differ by milliseconds on a busy virtual machine.
      this.#numbers[FOUND + slot] = Math.max(at, this.#numbers[FIRST]);
      Atomics.store(this.#header, VERSION, version);
    }
    this.#unlock();
    return isBetter;
  }

  /** Copies the best solution and returns its objective; Infinity, and nothing copied, while there is none. */
  read(into: Int32Array): number {
    for (;;) {
      const version = this.version;
      const objective = this.#numbers[OBJECTIVES + (version & 1)];
      if (objective < Infinity) into.set(this.#slots[version & 1]);
      // This slot is written to only after the next version. Adding 0, unlike loading, also waits for the copy above.
      if (Atomics.add(this.#header, VERSION, 0) === version) return objective;
    }
  }

  /** A proven lower bound of the objective. */
  prove(bound: number): void {
    this.#lock();
    if (bound > this.#numbers[BOUND]) this.#numbers[BOUND] = bound;
    this.#unlock();
  }

  /** What this thread has tried so far; `iterations` is the sum over all threads. */
  count(iterations: number): void {
    this.#numbers[TRIED + this.#thread] = iterations;
  }

  get iterations(): number {
    let sum = 0;
    for (let k = TRIED; k < NUMBERS; k += 1) sum += this.#numbers[k];
    return sum;
  }

  iterationsOf(thread: number): number {
    return this.#numbers[TRIED + thread];
  }

  /** Frees what a thread held when it died; whoever takes its place may search, unless all were told to end. */
  forgive(thread: number): void {
    if (Atomics.load(this.#header, STOP) !== EVERY_THREAD) Atomics.and(this.#header, STOP, ~bitOf(thread));
    Atomics.compareExchange(this.#header, LOCK, thread + 2, 0);
  }

  #lock(): void {
    while (Atomics.compareExchange(this.#header, LOCK, 0, this.#thread + 2) !== 0);
  }

  #unlock(): void {
    Atomics.store(this.#header, LOCK, 0);
  }
}
