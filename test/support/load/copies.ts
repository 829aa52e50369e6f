import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { build } from 'vite';

export type Copies<Module> = (browser: Browser) => Module;

/** What a page finds in its browser. */
export type Browser = Readonly<Record<string, unknown>>;

/**
 * Bundles a module of the window or the line page and gives a maker of copies: each has its own state and the browser that
 * it is handed, as if it ran on a screen of its own.
 */
export async function copiesOf(name: string): Promise<Copies<unknown>> {
  const entry = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: entry, write: false, target: 'node24', rolldownOptions: { output: { format: 'cjs' } } },
  });
  if (!('output' in built)) throw new Error(`${name} was not bundled.`);
  const [{ code }] = built.output;
  return (browser) => {
    const module = { exports: {} };
    const run = compileFunction(code, ['module', 'exports', 'require', ...Object.keys(browser)]) as (
      ...found: unknown[]
    ) => void;
    run(module, module.exports, () => ({}), ...Object.values(browser));
    return module.exports;
  };
}
