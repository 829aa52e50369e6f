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

  insert(start: number, end: number, task: number): void {
    if (this.length === this.start.length) this.#grow();
    let k = this.length;
    while (k > 0 && (this.start[k - 1] > start || (this.start[k - 1] === start && this.end[k - 1] > end)))
      k -= 1;
    this.start.copyWithin(k + 1, k, this.length);
    this.end.copyWithin(k + 1, k, this.length);
    this.task.copyWithin(k + 1, k, this.length);
    this.start[k] = start;
    this.end[k] = end;
    this.task[k] = task;
    this.length += 1;
  }

  /** Takes out the task's block that starts at `start`. */
  remove(start: number, task: number): void {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start[middle] >= start) high = middle;
      else low = middle + 1;
    }
    while (low < this.length && this.task[low] !== task) low += 1;
    if (low === this.length)
      throw new RangeError(`Task ${task} has no block at ${start}.\nMaybe it was removed twice.`);
    this.start.copyWithin(low, low + 1, this.length);
    this.end.copyWithin(low, low + 1, this.length);
    this.task.copyWithin(low, low + 1, this.length);
    this.length -= 1;
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
