import { registerHooks } from 'node:module';

/**
 * Libraries that a solver thread can do without, and what stands for them. Nothing is parsed there, what comes in was,
 * so every schema of the domain is `none`, and parsing by one is an error; Temporal is loaded when the first wall-clock
 * time is asked for. Together they would be half of what a thread loads before its first schedule.
 */
const STAND_INS: Readonly<Record<string, string>> = {
  zod: `
    const parsing = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync']);
    const none = new Proxy(() => none, {
      get(_, name) {
        if (parsing.has(name)) throw new Error('A solver thread has no schemas to ' + name + ' by.');
        return none;
      },
    });
    export { none as z };`,
  'temporal-polyfill': `
    import { createRequire } from 'node:module';
    let loaded;
    export const Temporal = new Proxy({}, {
      get: (_, name) => (loaded ??= createRequire(import.meta.filename)('temporal-polyfill').Temporal)[name],
    });`,
};
/** A stand-in's address is that of this file with a question, so that it finds what this file would find. */
const ASKED = '?stands-for=';

/** From here on whatever this thread imports by these names are the stand-ins; `require` gets the real ones. */
export function loadLittle(): void {
  registerHooks({
    resolve: (name, context, next) =>
      name in STAND_INS && context.conditions.includes('import')
        ? { url: `${import.meta.url}${ASKED}${name}`, format: 'module', shortCircuit: true }
        : next(name, context),
    load: (url, context, next) => {
      const [, name] = url.split(ASKED);
      return name === undefined
        ? next(url, context)
        : { source: STAND_INS[name] ?? '', format: 'module', shortCircuit: true };
    },
  });
}
