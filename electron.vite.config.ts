import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Run from source, a worker is `new URL('./worker.ts', import.meta.url)`. In the bundle all entries lie side by side
 * in out/main, so the same line finds `./worker.js`.
 */
const workersSideBySide: Plugin = {
  name: 'workers-side-by-side',
  enforce: 'pre', // the source as it is written
  transform: (code) =>
    code.replaceAll(
      /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g,
      `new URL('./$1.js', import.meta.url)`,
    ),
};

/** The Electron side: main, station, solver worker and its engine into out/main, the preload into out/preload. */
export default defineConfig({
  main: {
    plugins: [workersSideBySide],
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          main: resolve('electron/shell/main.ts'),
          station: resolve('electron/station/process.ts'),
          worker: resolve('electron/solving/worker.ts'),
          adviser: resolve('electron/solving/adviser.ts'),
          'plan-engine': resolve('electron/solving/plan-engine.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false, // a sandboxed preload can require nothing of ours
      rolldownOptions: {
        input: { preload: resolve('electron/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});
