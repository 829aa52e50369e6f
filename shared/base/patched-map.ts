/**
 * A map of which a few of many values are others than in `base`: ten thousand entries need not be copied to change one.
 * `changed` has keys of `base` only.
 */
export class PatchedMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #base: ReadonlyMap<Key, Value>;
  readonly #changed: ReadonlyMap<Key, Value>;

  constructor(base: ReadonlyMap<Key, Value>, changed: ReadonlyMap<Key, Value>) {
    const isPatched = base instanceof PatchedMap;
    this.#base = isPatched ? (base.#base as ReadonlyMap<Key, Value>) : base;
    this.#changed = isPatched ? new Map([...(base.#changed as typeof changed), ...changed]) : changed;
  }

  get size(): number {
    return this.#base.size;
  }

  has(key: Key): boolean {
    return this.#base.has(key);
  }

  get(key: Key): Value | undefined {
    return this.#changed.has(key) ? this.#changed.get(key) : this.#base.get(key);
  }

  keys(): MapIterator<Key> {
    return this.#base.keys();
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this) yield value;
  }

  entries(): MapIterator<[Key, Value]> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): MapIterator<[Key, Value]> {
    for (const [key, value] of this.#base) {
      const changed = this.#changed.get(key);
      yield [key, changed === undefined && !this.#changed.has(key) ? value : (changed as Value)];
    }
  }

  forEach(work: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this) work(value, key, this);
  }
}
