import { join } from 'node:path';
import { buildWindow } from './build-window.ts';
import { type Answer, type Flags, type Say, Usage, number } from './flags.ts';
import { openBrowser } from './open-browser.ts';
import { serveStation } from './running.ts';
import { watchStation } from './watch.ts';
import { callerOf, withStation } from './with-station.ts';

/** Serves the workstation until it is asked to stop. */
export async function serve(flags: Flags, say: Say): Promise<Answer> {
  const port = number(flags, 'port', 4180);
  if (!Number.isInteger(port) || port > 65_535) throw new Usage(`--port takes 0 to 65535, not “${port}”.`);
  await buildWindow(say.progress);
  return withStation(
    flags,
    async (running) => {
      if (
        flags.values['demo'] === true &&
        !running.station.trouble &&
        running.station.workspace.plant.orders.length === 0
      ) {
        await running.handlers['plant.openDemo']({}, callerOf(running));
      }
      const serving = await serveStation(running, { port }).catch((error: unknown) => {
        throw portTaken(error, port);
      });
      const { url, lineUrl, messageUrl } = serving;
      const { inbox } = running.dir;
      const unwatch = watchStation(running);
      const stopped = stopAsked();
      say.ready({
        text: `Shiftwright: ${url}\nLine pages:  ${lineUrl}\nDrop folder: ${inbox}\nB2MML:       POST ${messageUrl} (key in ${join(running.dir.root, 'erp.key')})`,
        json: { url, lineUrl, inbox, messageUrl },
      });
      if (flags.values['no-open'] !== true) openBrowser(url);
      await stopped;
      await unwatch();
      await serving.close();
      return { exit: 0, text: 'Stopped.', json: {} };
    },
    { evenDamaged: true },
  );
}

const portTaken = (error: unknown, port: number): unknown =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    ? new Error(
        `Port ${port} is in use.\nMaybe another station serves there; --port takes another, --port 0 a free one.`,
        { cause: error },
      )
    : error;

/** Resolves when somebody asks the station to stop; whoever asks twice does not want to wait. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(1));
      });
    }
  });
}
