import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openStation, serveStation } from '#electron/station/running.ts';
import { watchStation } from '#electron/station/watch.ts';

/* A station in a process of its own, as `serve` runs it but for the building of the window: `DATA NOW WINDOW_DIR`. Tells how it fares. */

/** How a station's process fares, over the time since it was told last. */
export interface Fares {
  readonly rss: number;
  readonly heap: number;
  /** Milliseconds. */
  readonly delay: { readonly p95: number; readonly max: number };
  /** Share of one core. */
  readonly cpu: number;
}
export type Told = { readonly kind: 'ready'; readonly url: string } | ({ readonly kind: 'fares' } & Fares);

const EVERY_MS = 1000;

const [, , data = '', now = '', windowDir = ''] = process.argv;
const offset = Date.parse(now) - Date.now();
const running = await openStation({ data, clock: () => Date.now() + offset });
const unwatch = watchStation(running);
const serving = await serveStation(running, { port: 0, windowDir });
process.once('disconnect', () => process.exit(1)); // whoever measures is gone
const tell = (told: Told): void => void process.send?.(told);
tell({ kind: 'ready', url: serving.url });

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let [usage, since] = [process.cpuUsage(), performance.now()];
setInterval(() => {
  const used = process.cpuUsage(usage);
  const { rss, heapUsed: heap } = process.memoryUsage();
  const cpu = (used.user + used.system) / 1000 / (performance.now() - since);
  tell({ kind: 'fares', rss, heap, cpu, delay: { p95: delay.percentile(95) / 1e6, max: delay.max / 1e6 } });
  [usage, since] = [process.cpuUsage(), performance.now()];
  delay.reset();
}, EVERY_MS).unref();

process.once('message', () => {
  void unwatch()
    .then(serving.close)
    .then(running.close)
    .then(() => process.exit(0));
});
