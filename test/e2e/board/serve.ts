import { resolve } from 'node:path';
import { build, preview } from 'vite';
import { compileAhead } from '#electron/station/compile-ahead.ts';

export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds pages of `folder` as the window is built, and serves them on this machine; `url` is that of the first. */
export async function servePages(folder: string, pages: readonly [string, ...string[]]): Promise<Served> {
  const root = resolve(folder);
  const outDir = resolve('out', folder);
  const shared = { root, configFile: false, logLevel: 'warn', publicDir: false } as const;
  await build({
    ...shared,
    plugins: [compileAhead(() => true)], // what the window has in one first file lies in many here
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      rolldownOptions: { input: pages.map((page) => resolve(root, page)) },
    },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error(`No port: ${String(address)}.`);
  return {
    url: `http://127.0.0.1:${address.port}/${pages[0]}`,
    close: () => server.close(),
  };
}
