import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FOLDER, SOURCES, TEXT, textOf } from './bundled.js';

/*
 * After an install (`prepare`): the 120 modules of `npm run solve` as a handful of files, which load in a tenth of the
 * time. They are used as long as their sources are what they were. No install fails for want of them.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const entries = ['solve-file', 'worker', 'instance-engine'];

try {
  const [{ build }, { sideBySide }] = await Promise.all([import('vite'), import('./side-by-side.ts')]);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [sideBySide, { name: 'sources', writeBundle }],
    build: {
      ssr: true,
      target: 'node24',
      outDir: fileURLToPath(FOLDER),
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(
          entries.map((name) => [name, fileURLToPath(new URL(`${name}.ts`, import.meta.url))]),
        ),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
} catch (error) {
  process.stderr.write(
    `npm run solve will start from source, as it could not be bundled: ${String(error)}\n`,
  );
}

/** @this {import('vite').Rollup.PluginContext} */
function writeBundle() {
  const sources = [...this.getModuleIds()].filter((id) => id.endsWith('.ts')).map((id) => relative(root, id));
  writeFileSync(SOURCES, JSON.stringify(sources));
  writeFileSync(TEXT, textOf(sources));
}
