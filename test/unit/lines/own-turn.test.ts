import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineApi } from '#electron/lines/line-api.ts';
import { serveHttp } from '#electron/station/http.ts';
import { lineStation } from '#electron/station/line-station.ts';
import { type SmallShop, shopAtSeven } from '#test/support/small-shop.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await shopAtSeven('A', 'B');
});
afterEach(() => shop.remove());

test('lists that many pages read at once are made one a turn: what else has come is taken in between', async () => {
  const madeIn: number[] = [];
  let turn = 0;
  const lines = lineStation(shop.station);
  const counted = {
    ...lines,
    view: (...asked: Parameters<typeof lines.view>) => {
      madeIn.push(turn);
      return lines.view(...asked);
    },
  };
  const { server, port } = await serveHttp({ port: 0, windowDir: '', routes: [lineApi(counted)] });
  const count = (): void => {
    turn += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  try {
    const readAll = () =>
      Promise.all(
        Array.from({ length: 40 }, async () => (await fetch(`http://127.0.0.1:${port}/api/line/M1`)).json()),
      );
    await readAll(); // from then on every page has its connection
    madeIn.length = 0;
    await readAll();
  } finally {
    clearImmediate(counting);
    server.closeAllConnections();
    server.close();
  }
  expect(madeIn).toHaveLength(40);
  expect(new Set(madeIn).size).toBe(40);
});
