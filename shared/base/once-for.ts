/** Works something out once for every source, however often it is asked; kept as long as the source lives. */
export function onceFor<Source extends object, Value>(
  work: (source: Source) => Value,
): (source: Source) => Value {
  const known = new WeakMap<Source, { readonly value: Value }>();
  return (source) => {
    let entry = known.get(source);
    if (!entry) known.set(source, (entry = { value: work(source) }));
    return entry.value;
  };
}
