/** What a block takes in memory: its start, end and task, side by side as they are mostly asked for together. */
const BLOCK = 3;
const START = 0;
const END = 1;
const TASK = 2;

/** The blocks on one unit, instrument or person, sorted by start. Ends are sorted too, as blocks don't overlap. */
export class Timeline {
  length = 0;
  #blocks = new Int32Array(8 * BLOCK);
  /** Where something was last found: whoever asks next mostly asks nearby. */
  #near = 0;

  /** Of the block at position `k`. */
  startAt(k: number): number {
    return this.#blocks[k * BLOCK + START];
  }

  endAt(k: number): number {
    return this.#blocks[k * BLOCK + END];
  }

  taskAt(k: number): number {
    return this.#blocks[k * BLOCK + TASK];
  }

  tasks(): number[] {
    return Array.from({ length: this.length }, (_, k) => this.taskAt(k));
  }

  /** The first block that ends after `at`; `length` when none does. */
  after(at: number): number {
    return this.#firstAbove(END, at);
  }

  /** `start` where [start, end) is free, otherwise the next start at which so much is. */
  freeFrom(start: number, end: number): number {
    const span = end - start;
    let free = start;
    for (let k = this.after(start); k < this.length && this.startAt(k) < free + span; k += 1) {
      free = this.endAt(k);
    }
    return free;
  }

  insert(from: number, to: number, owner: number): void {
    if (this.length * BLOCK === this.#blocks.length) this.#grow();
    const blocks = this.#blocks;
    let k = this.#firstAbove(START, from);
    while (k > 0 && this.startAt(k - 1) === from && this.endAt(k - 1) > to) k -= 1;
    const at = k * BLOCK;
    for (let word = this.length++ * BLOCK - 1; word >= at; word -= 1) blocks[word + BLOCK] = blocks[word];
    blocks[at + START] = from;
    blocks[at + END] = to;
    blocks[at + TASK] = owner;
  }

  /** Takes out the task's block that starts at `from`. */
  remove(from: number, owner: number): void {
    const blocks = this.#blocks;
    const at = this.#find(from, owner) * BLOCK;
    const end = --this.length * BLOCK;
    for (let word = at; word < end; word += 1) blocks[word] = blocks[word + BLOCK];
  }

  /** Moves the start of the task's block, which stays between its neighbours. */
  restart(from: number, owner: number, to: number): void {
    this.#blocks[this.#find(from, owner) * BLOCK + START] = to;
  }

  #find(from: number, owner: number): number {
    let k = this.#firstAbove(START, from - 1);
    while (k < this.length && this.taskAt(k) !== owner) k += 1;
    if (k < this.length) return k;
    throw new RangeError(`Task ${owner} has no block at ${from}.\nMaybe it was removed twice.`);
  }

  /** The first block whose start or end is more than `value`, by exponential search (Bentley & Yao 1976) from the last one found. */
  #firstAbove(edge: number, value: number): number {
    const { length } = this;
    const near = this.#near;
    const blocks = this.#blocks;
    let low = 0;
    let high = length;
    let step = 1;
    if (near < length && blocks[near * BLOCK + edge] <= value) {
      low = near + 1;
      while (low + step <= length && blocks[(low + step - 1) * BLOCK + edge] <= value) {
        low += step;
        step *= 2;
      }
      high = Math.min(length, low + step - 1);
    } else {
      high = Math.min(near, length);
      while (high >= step && blocks[(high - step) * BLOCK + edge] > value) {
        high -= step;
        step *= 2;
      }
      low = Math.max(0, high - step + 1);
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[middle * BLOCK + edge] > value) high = middle;
      else low = middle + 1;
    }
    return (this.#near = low);
  }

  clear(): void {
    this.length = 0;
  }

  /** What the line reported may overlap: such blocks count as one busy stretch. */
  joinOverlaps(): void {
    const blocks = this.#blocks;
    for (let k = 1; k < this.length; k += 1) {
      blocks[k * BLOCK + END] = Math.max(this.endAt(k), this.endAt(k - 1));
    }
  }

  #grow(): void {
    const grown = new Int32Array(this.#blocks.length * 2);
    grown.set(this.#blocks);
    this.#blocks = grown;
  }
}
