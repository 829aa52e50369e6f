/** What JavaScript itself looks for on any object: awaiting, printing, comparing. */
const ASKED_BY_THE_LANGUAGE = new Set([
  'then',
  'toJSON',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  '$$typeof',
]);

/** An object that throws, with the name, when somebody uses what it does not have: nothing untested slips through. */
export function strict<Value extends object>(name: string, value: Value): Value {
  const refuse = (property: string | symbol): never => {
    throw new Error(`The stand-in for Electron does not know ${name}.${String(property)}.`);
  };
  return new Proxy(value, {
    get: (target, property) => {
      if (property in target) return Reflect.get(target, property) as unknown;
      if (typeof property === 'symbol' || ASKED_BY_THE_LANGUAGE.has(property)) return undefined;
      return refuse(property);
    },
    set: (target, property, next) =>
      property in target ? Reflect.set(target, property, next) : refuse(property),
  });
}
