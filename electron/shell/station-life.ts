import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { answerKeychain } from './keychain.ts';
import { FromStation, type ToStation } from './station-message.ts';

type Ready = Extract<FromStation, { kind: 'ready' }>;
type Failed = Extract<FromStation, { kind: 'failed' }>;

export interface StationEvents {
  readonly up: (ready: Ready) => void;
  readonly down: () => void;
  /** It cannot start, and somebody has to decide what now. */
  readonly failed: (failed: Failed) => void;
  readonly backup: (ok: boolean, text: string) => void;
}

/** The station's process, kept alive: when it dies it is started again after a pause that grows. */
export interface StationLife {
  readonly start: () => void;
  /** Once more, with a backup in the place of its record. */
  readonly restore: (file: string) => void;
  /** A fresh line for one window; null while the station is down. */
  readonly openPort: () => MessagePortMain | null;
  /** Tells it something; false while it is down. */
  readonly tell: (message: ToStation) => boolean;
  /** Resolves when it has closed its record and ended. */
  readonly close: () => Promise<void>;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;
/** Whoever lived so long was healthy: the next pause is a short one again. */
const HEALTHY = 60_000;
const CLOSING = 5000;

/** Milliseconds before the next start, after so many deaths in a row. */
export const pauseAfter = (deaths: number): number =>
  Math.min(FIRST_PAUSE * 2 ** (deaths - 1), LONGEST_PAUSE);

export function keepStation(file: string, args: readonly string[], events: StationEvents): StationLife {
  let child: UtilityProcess | null = null;
  let ready = false;
  let closing = false;
  let deaths = 0;
  /** What it is to restore when it has ended. */
  let restoring: string | null = null;

  function start(): void {
    if (child || closing) return;
    const born = Date.now();
    let refused: Failed | null = null;
    const more = restoring === null ? [] : [`--restore=${restoring}`];
    restoring = null;
    const current = utilityProcess.fork(file, [...args, ...more], {
      serviceName: 'Shiftwright station',
      stdio: 'inherit',
    });
    child = current;
    current.on('message', (data: unknown) => {
      const message = FromStation.safeParse(data);
      if (!message.success) return;
      switch (message.data.kind) {
        case 'ready':
          ready = true;
          return events.up(message.data);
        case 'failed':
          refused = message.data;
          return;
        case 'backup':
          return events.backup(message.data.ok, message.data.text);
        case 'keychain':
          return void answerKeychain(message.data).then((told) => current.postMessage(told));
      }
    });
    current.once('exit', () => {
      child = null;
      ready = false;
      if (closing) return;
      events.down();
      if (restoring !== null) return start();
      if (refused !== null) return events.failed(refused);
      deaths = Date.now() - born > HEALTHY ? 1 : deaths + 1;
      setTimeout(start, pauseAfter(deaths));
    });
  }

  return {
    start,
    restore: (backup) => {
      restoring = backup;
      if (child) child.postMessage({ kind: 'close' } satisfies ToStation);
      else start();
    },
    openPort: () => {
      if (!child || !ready) return null;
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ kind: 'window' } satisfies ToStation, [port1]);
      return port2;
    },
    tell: (message) => {
      if (!child || !ready) return false;
      child.postMessage(message);
      return true;
    },
    close: () => {
      closing = true;
      const current = child;
      if (!current) return Promise.resolve();
      return new Promise((resolve) => {
        const impatient = setTimeout(() => current.kill(), CLOSING);
        current.once('exit', () => {
          clearTimeout(impatient);
          resolve();
        });
        current.postMessage({ kind: 'close' } satisfies ToStation);
      });
    },
  };
}
