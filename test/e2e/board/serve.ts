import { resolve } from 'node:path';
import { build, preview } from 'vite';

export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds the harness as the window is built, and serves it on this machine. */
export async function serveBoard(): Promise<Served> {
  const root = resolve('test/e2e/board');
  const outDir = resolve('out/e2e/board');
  const shared = { root, configFile: false, logLevel: 'warn', publicDir: false } as const;
  await build({
    ...shared,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      rolldownOptions: { input: resolve(root, 'harness.html') },
    },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error(`No port: ${String(address)}.`);
  return {
    url: `http://127.0.0.1:${address.port}/harness.html`,
    close: () => server.close(),
  };
}
