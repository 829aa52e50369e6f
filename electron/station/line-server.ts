import type { Server } from 'node:http';
import type { LineServer, Station } from '#electron/app/station.ts';
import type { LineAccess } from '#shared/domain/device.ts';
import { type Route, serveHttp } from './http.ts';

/** Serves the line pages at one address of the plant network while line-side access is on, and nothing else there (S3). */
export function lineServer(
  station: Station,
  { windowDir, routes }: { readonly windowDir: string; readonly routes: readonly Route[] },
): LineServer & { readonly close: () => Promise<void> } {
  let open: { readonly server: Server; readonly port: number; readonly at: LineAccess } | null = null;
  let problem: string | null = null;
  let turn: Promise<void> = Promise.resolve();

  async function follow(): Promise<void> {
    const { lineAccess } = station.workspace;
    if (open && JSON.stringify(open.at) === JSON.stringify(lineAccess)) return;
    await shut();
    problem = null;
    if (!lineAccess.on) return;
    try {
      const { address, port } = lineAccess;
      open = { ...(await serveHttp({ address, port, windowDir, routes })), at: lineAccess };
    } catch (error) {
      problem = `${error instanceof Error ? error.message : String(error)}.\nMaybe the port is taken, or this machine no longer has that address.`;
    }
  }
  async function shut(): Promise<void> {
    const server = open?.server;
    open = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
  const inTurn = (work: () => Promise<void>): Promise<void> => (turn = turn.then(work, work));
  return {
    address: () => open && `http://${open.at.address}:${open.port}/line`,
    problem: () => problem,
    follow: () => inTurn(follow),
    close: () => inTurn(shut),
  };
}
