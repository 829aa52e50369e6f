import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { compileAhead } from './electron/station/compile-ahead.ts';

/** What the window loads of Temporal: the browser's own where it has one, which Electron's Chromium does. */
const temporal = resolve('renderer/bridge/temporal.ts');

/**
 * The window and, by `--mode line`, the line page, into out/renderer. Nothing inline and nothing from outside, so that
 * both run under a strict content security policy on a plant without internet. Each is built by itself, so that its
 * first screen is one file. Neither parses with schemas: the station does, on every road in.
 */
export default defineConfig(({ mode }) => ({
  root: 'renderer',
  publicDir: false,
  resolve: { alias: [{ find: /^temporal-polyfill$/, replacement: temporal }] },
  plugins: [compileAhead(({ name }) => name === 'first')],
  build: {
    outDir: resolve('out/renderer'),
    emptyOutDir: mode !== 'line',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: resolve('renderer', mode === 'line' ? 'kiosk.html' : 'index.html'),
      // What jsPDF would fetch for pages of HTML and SVG, which nobody prints.
      external: ['canvg', 'dompurify', 'html2canvas'],
      // Fifty small files compress worse and come one after the other.
      output: { codeSplitting: { groups: [{ name: 'first', test: /renderer\/(app|kiosk)\/main\.tsx$/ }] } },
    },
  },
}));
