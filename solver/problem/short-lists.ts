/** A list of integers per row: in flat memory up to `width` of them, as nearly all are, beside it where it is longer. */
export class ShortLists {
  /** How long each row's list is. */
  readonly length: Int32Array;
  readonly #width: number;
  readonly #flat: Int32Array;
  readonly #longer: (number[] | undefined)[];

  constructor(rows: number, width: number) {
    this.length = new Int32Array(rows);
    this.#width = width;
    this.#flat = new Int32Array(rows * width);
    this.#longer = Array.from({ length: rows });
  }

  /** The number at position `k` of the row's list, which is long enough. */
  at(row: number, k: number): number {
    if (this.length[row] <= this.#width) return this.#flat[row * this.#width + k];
    return this.#longer[row]?.[k] ?? 0;
  }

  /** Exchanges the number at position `k`. */
  setAt(row: number, k: number, value: number): void {
    const longer = this.#longer[row];
    if (this.length[row] <= this.#width) this.#flat[row * this.#width + k] = value;
    else if (longer) longer[k] = value;
  }

  set(row: number, list: readonly number[]): void {
    const { length } = list;
    this.length[row] = length;
    if (length > this.#width) this.#longer[row] = [...list];
    else {
      const first = row * this.#width;
      for (let k = 0; k < length; k += 1) this.#flat[first + k] = list[k];
    }
  }

  /** The row's list, written over `into`. */
  read(row: number, into: number[]): number[] {
    const length = this.length[row];
    // Lists of equal length keep their backing store.
    if (into.length > length) into.length = length;
    for (let k = 0; k < length; k += 1) into[k] = this.at(row, k);
    return into;
  }

  copy(row: number, from: ShortLists, fromRow: number): void {
    const length = from.length[fromRow];
    this.length[row] = length;
    if (length > this.#width) this.#longer[row] = from.read(fromRow, []);
    else {
      const first = row * this.#width;
      for (let k = 0; k < length; k += 1) this.#flat[first + k] = from.#flat[fromRow * this.#width + k];
    }
  }

  isEqual(row: number, other: ShortLists, otherRow: number): boolean {
    const length = this.length[row];
    if (length !== other.length[otherRow]) return false;
    for (let k = 0; k < length; k += 1) if (this.at(row, k) !== other.at(otherRow, k)) return false;
    return true;
  }
}
