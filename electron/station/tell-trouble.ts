import type { Station } from '#electron/app/station.ts';

/** What goes wrong in what a station does by itself is told in every window. */
export const tellTrouble =
  (station: Station) =>
  (error: unknown): void =>
    station.tell({
      kind: 'notice',
      level: 'error',
      text: error instanceof Error ? error.message : String(error),
    });
