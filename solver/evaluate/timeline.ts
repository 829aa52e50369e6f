/** The blocks on one unit, instrument or person, sorted by start. Ends are sorted too, as blocks don't overlap. */
export class Timeline {
  length = 0;
  start = new Int32Array(8);
  end = new Int32Array(8);
  task = new Int32Array(8);

  /** The first block that ends after `at`; `length` when none does. */
  after(at: number): number {
    const { end } = this;
    let low = 0;
    let high = this.length;
    if (high === 0 || end[high - 1] <= at) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (end[middle] > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  insert(from: number, to: number, owner: number): void {
    if (this.length === this.start.length) this.#grow();
    const { start, end, task } = this;
    let k = this.length++;
    while (k > 0 && (start[k - 1] > from || (start[k - 1] === from && end[k - 1] > to))) {
      start[k] = start[k - 1];
      end[k] = end[k - 1];
      task[k] = task[k - 1];
      k -= 1;
    }
    start[k] = from;
    end[k] = to;
    task[k] = owner;
  }

  /** Takes out the task's block that starts at `from`. */
  remove(from: number, owner: number): void {
    const { start, end, task } = this;
    const last = --this.length;
    for (let k = this.#find(from, owner, last + 1); k < last; k += 1) {
      start[k] = start[k + 1];
      end[k] = end[k + 1];
      task[k] = task[k + 1];
    }
  }

  /** Moves the start of the task's block, which stays between its neighbours. */
  restart(from: number, owner: number, to: number): void {
    this.start[this.#find(from, owner, this.length)] = to;
  }

  #find(from: number, owner: number, length: number): number {
    const { start, task } = this;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (start[middle] >= from) high = middle;
      else low = middle + 1;
    }
    while (low < length && task[low] !== owner) low += 1;
    if (low === length)
      throw new RangeError(`Task ${owner} has no block at ${from}.\nMaybe it was removed twice.`);
    return low;
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
