/** The blocks on one unit, instrument or person, sorted by start. Ends are sorted too, as blocks don't overlap. */
export class Timeline {
  length = 0;
  start = new Int32Array(8);
  end = new Int32Array(8);
  task = new Int32Array(8);

  /** Where something was last found: whoever asks next mostly asks nearby. */
  #near = 0;

  /** The first block that ends after `at`; `length` when none does. */
  after(at: number): number {
    return this.#firstAbove(this.end, at, this.length);
  }

  /** `start` where [start, end) is free, otherwise the next start at which so much is. */
  freeFrom(start: number, end: number): number {
    const { start: starts, end: ends, length } = this;
    const span = end - start;
    let free = start;
    for (let k = this.after(start); k < length && starts[k] < free + span; k += 1) free = ends[k];
    return free;
  }

  insert(from: number, to: number, owner: number): void {
    if (this.length === this.start.length) this.#grow();
    const { start, end, task } = this;
    let at = this.#firstAbove(start, from, this.length);
    while (at > 0 && start[at - 1] === from && end[at - 1] > to) at -= 1;
    for (let k = this.length++; k > at; k -= 1) {
      start[k] = start[k - 1];
      end[k] = end[k - 1];
      task[k] = task[k - 1];
    }
    start[at] = from;
    end[at] = to;
    task[at] = owner;
  }

  /** Takes out the task's block that starts at `from`. */
  remove(from: number, owner: number): void {
    const { start, end, task } = this;
    const at = this.#find(from, owner);
    const last = --this.length;
    for (let k = at; k < last; k += 1) {
      start[k] = start[k + 1];
      end[k] = end[k + 1];
      task[k] = task[k + 1];
    }
  }

  /** Moves the start of the task's block, which stays between its neighbours. */
  restart(from: number, owner: number, to: number): void {
    this.start[this.#find(from, owner)] = to;
  }

  #find(from: number, owner: number): number {
    const { task, length } = this;
    let at = this.#firstAbove(this.start, from - 1, length);
    while (at < length && task[at] !== owner) at += 1;
    if (at < length) return at;
    throw new RangeError(`Task ${owner} has no block at ${from}.\nMaybe it was removed twice.`);
  }

  /** The first position of a sorted array with more than `value`, by exponential search (Bentley & Yao 1976) from the last one found. */
  #firstAbove(sorted: Int32Array, value: number, length: number): number {
    let low = 0;
    let high = length;
    let step = 1;
    if (this.#near < length && sorted[this.#near] <= value) {
      low = this.#near + 1;
      while (low + step <= length && sorted[low + step - 1] <= value) {
        low += step;
        step *= 2;
      }
      high = Math.min(length, low + step - 1);
    } else {
      high = Math.min(this.#near, length);
      while (high >= step && sorted[high - step] > value) {
        high -= step;
        step *= 2;
      }
      low = Math.max(0, high - step + 1);
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] > value) high = middle;
      else low = middle + 1;
    }
    return (this.#near = low);
  }

  clear(): void {
    this.length = 0;
  }

  /** What the line reported may overlap: such blocks count as one busy stretch. */
  joinOverlaps(): void {
    for (let k = 1; k < this.length; k += 1) this.end[k] = Math.max(this.end[k], this.end[k - 1]);
  }

  #grow(): void {
    this.start = doubled(this.start);
    this.end = doubled(this.end);
    this.task = doubled(this.task);
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}
