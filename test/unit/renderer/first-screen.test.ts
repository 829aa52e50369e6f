import { gzipSync } from 'node:zlib';
import { type Rolldown, build } from 'vite';
import { beforeAll, expect, test, vi } from 'vitest';

/** What the built page names and so loads before anything is seen, fonts apart: its script with all that it imports, its styles. */
async function firstScreen(mode: 'window' | 'line') {
  const built = await build({ mode, logLevel: 'error', build: { write: false } });
  const { output } = built as Rolldown.RolldownOutput;
  const page = String(output.flatMap((file) => (file.fileName.endsWith('.html') ? sourceOf(file) : []))[0]);
  const files = output.filter(({ fileName }) => /\.(js|css)$/.test(fileName) && page.includes(fileName));
  return {
    kilobytes: files.reduce((sum, file) => sum + gzipSync(sourceOf(file), { level: 9 }).length / 1000, 0),
    modules: files.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])),
  };
}

const sourceOf = (file: Rolldown.OutputAsset | Rolldown.OutputChunk): string | Uint8Array =>
  file.type === 'asset' ? file.source : file.code;

beforeAll(() => {
  vi.stubEnv('NODE_ENV', 'production'); // else it is React as it is for developers
});

test.for([
  ['window', 150],
  ['line', 81],
] as const)('the first screen of the %s is within %s kB and has no schemas in it', async ([mode, most]) => {
  const { kilobytes, modules } = await firstScreen(mode);
  expect(modules.filter((id) => /node_modules\/(zod|temporal-polyfill)\//.test(id))).toEqual([]);
  // That it was looked at at all, and that a budget has no air for things to creep into.
  expect(modules.some((id) => id.includes('node_modules/react-dom/'))).toBe(true);
  expect(kilobytes).toBeGreaterThan(0.9 * most);
  expect(kilobytes).toBeLessThanOrEqual(most);
});
