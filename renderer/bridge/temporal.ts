import type { Temporal as Polyfill } from 'temporal-polyfill';

/** Stands for the library in the window: some 25 kB of the first screen's scripts less where the browser has its own. */
export const Temporal: typeof Polyfill =
  (globalThis as { readonly Temporal?: typeof Polyfill }).Temporal ??
  (await import('temporal-polyfill/implementation')).Temporal;
