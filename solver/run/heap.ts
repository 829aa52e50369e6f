/** Times at which somebody wants to be looked at again, the earliest first (ties: the smaller item). */
export class Heap {
  #keys: number[] = [];
  #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(key: number, item: number): void {
    const keys = this.#keys;
    const items = this.#items;
    let k = items.length;
    keys.push(key);
    items.push(item);
    while (k > 0) {
      const parent = (k - 1) >> 1;
      if (keys[parent] < key || (keys[parent] === key && items[parent] <= item)) break;
      keys[k] = keys[parent];
      items[k] = items[parent];
      k = parent;
    }
    keys[k] = key;
    items[k] = item;
  }

  /** The earliest time; ask `size` before. */
  get firstKey(): number {
    return this.#keys[0];
  }

  /** Takes the item with the earliest time; ask `size` before. */
  pop(): number {
    const keys = this.#keys;
    const items = this.#items;
    const first = items[0];
    const key = keys.pop() ?? 0;
    const item = items.pop() ?? 0;
    const { length } = items;
    if (length === 0) return first;
    let k = 0;
    for (;;) {
      let child = 2 * k + 1;
      if (child >= length) break;
      const right = child + 1;
      if (
        right < length &&
        (keys[right] < keys[child] || (keys[right] === keys[child] && items[right] < items[child]))
      ) {
        child = right;
      }
      if (keys[child] > key || (keys[child] === key && items[child] >= item)) break;
      keys[k] = keys[child];
      items[k] = items[child];
      k = child;
    }
    keys[k] = key;
    items[k] = item;
    return first;
  }
}
