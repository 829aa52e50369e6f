import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** What the window loads of Temporal: the browser's own where it has one, which Electron's Chromium does. */
const temporal = resolve('renderer/bridge/temporal.ts');

/**
 * The window and, by `--mode line`, the line page, into out/renderer. Nothing inline and nothing from outside, so that
 * both run under a strict content security policy on a plant without internet. Each is built by itself: the line page
 * parses what it kept, the window parses nothing, and in one build it would ship the other's schemas.
 */
export default defineConfig(({ mode }) => ({
  root: 'renderer',
  publicDir: false,
  resolve: { alias: [{ find: /^temporal-polyfill$/, replacement: temporal }] },
  build: {
    outDir: resolve('out/renderer'),
    emptyOutDir: mode !== 'line',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: resolve('renderer', mode === 'line' ? 'kiosk.html' : 'index.html') },
  },
}));
