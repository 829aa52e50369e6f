import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { sideBySide } from './electron/solving/side-by-side.ts';

/** The Electron side: main, station, solver worker and its engine into out/main, the preload into out/preload. */
export default defineConfig({
  main: {
    plugins: [sideBySide],
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
