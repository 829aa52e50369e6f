import type { Plugin } from 'vite';

/**
 * Run from source, a worker is `new URL('./worker.ts', import.meta.url)`. In a bundle all entries lie side by side, so
 * the same line finds `./worker.js`.
 */
export const sideBySide: Plugin = {
  name: 'side-by-side',
  enforce: 'pre', // the source as it is written
  transform: (code) =>
    code.replaceAll(
      /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g,
      `new URL('./$1.js', import.meta.url)`,
    ),
};
