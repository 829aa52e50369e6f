import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/**
 * Two pages into out/renderer: the window and the line page. Nothing inline and nothing from outside, so that both run
 * under a strict content security policy on a plant without internet.
 */
export default defineConfig({
  root: 'renderer',
  publicDir: false,
  build: {
    outDir: resolve('out/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: ['renderer/index.html', 'renderer/kiosk.html'].map((page) => resolve(page)) },
  },
});
