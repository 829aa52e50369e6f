import { hasAccounts } from '#electron/app/workspace.ts';
import type { Running } from './running.ts';

/** Where there are accounts nothing is written in the name of whoever started the station (AT-11). */
export const serviceOf = ({ station, user }: Pick<Running, 'station' | 'user'>, name: string): string =>
  hasAccounts(station.workspace) ? `service ${name}` : user;
