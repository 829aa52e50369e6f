import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_CHARACTERS } from '#electron/erp/b2mml/xml.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';

let shop: SmallShop;
let serving: Serving;
let key: string;
beforeAll(async () => {
  shop = await smallShop('A');
  serving = await serveStation(shop, { port: 0 });
  key = readFileSync(join(shop.data, 'erp.key'), 'utf8');
});
afterAll(async () => {
  await serving.close();
  await shop.remove();
});

const material = (id: string, { verb = 'Sync', codes = '', bod = id } = {}) =>
  `<${verb}MaterialDefinition xmlns="http://www.mesa.org/xml/B2MML" releaseID="7"><ApplicationArea><CreationDateTime>2026-11-23T04:00:00Z</CreationDateTime><BODID>${bod}</BODID></ApplicationArea><DataArea><${verb}${codes}/><MaterialDefinition><ID>${id}</ID></MaterialDefinition></DataArea></${verb}MaterialDefinition>`;

const post = (body: BodyInit, headers: Record<string, string> = {}, init: object = {}) =>
  fetch(serving.messageUrl, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/xml', ...headers },
    body,
    ...init,
  });
const materials = () => shop.station.workspace.plant.materials.map(({ id }) => id as string);

describe('a message that is posted', () => {
  test('goes in, and a sender that wants no answer gets none', async () => {
    const answer = await post(material('M1'), { 'Content-Type': 'text/xml; charset="UTF-8"' });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(materials()).toContain('M1');
  });

  test('is answered in the body when its sender wants it', async () => {
    const answer = await post(material('M2', { verb: 'Process', codes: ' acknowledgeCode="Always"' }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/xml');
    expect(await answer.text()).toMatch(/<AcknowledgeMaterialDefinition[^]*actionCode="Accepted"[^]*<ID>M2</);
  });

  test('[R6] twice has one effect, also at the same time', async () => {
    const both = await Promise.all([post(material('M3')), post(material('M3'))]);
    expect(both.map(({ status }) => status)).toEqual([204, 204]);
    expect(materials().filter((id) => id === 'M3')).toHaveLength(1);
  });

  test('of which nothing can be taken is answered with place and reason', async () => {
    const broken = await post(material('M4').slice(0, -10));
    expect(broken.status).toBe(422);
    expect(await broken.text()).toMatch(/not well-formed/);
    const latin = await post(Buffer.from(material('Mü'), 'latin1'));
    expect(latin.status).toBe(422);
    expect(await latin.text()).toContain('not UTF-8');
    expect(materials()).not.toContain('M4');
  });

  test('may be cut anywhere on its way, also inside a character', async () => {
    const bytes = Buffer.from(material('Maß-µ'), 'utf8');
    const pieces = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 3) controller.enqueue(bytes.subarray(at, at + 3));
        controller.close();
      },
    });
    expect((await post(pieces, {}, { duplex: 'half' })).status).toBe(204);
    expect(materials()).toContain('Maß-µ');
  });

  test('that breaks off is nothing', async () => {
    const { host } = new URL(serving.messageUrl);
    const before = shop.station.workspace;
    const socket = connect(serving.port, '127.0.0.1', () => {
      socket.write(
        `POST /erp/b2mml HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/xml\r\nContent-Length: 9999\r\n\r\n${material('M5')}`,
      );
      setTimeout(() => socket.destroy(), 50);
    });
    await new Promise((gone) => socket.on('close', gone));
    expect((await post(material('M6'))).status).toBe(204);
    expect(materials()).not.toContain('M5');
    expect(shop.station.workspace).not.toBe(before);
  });
});

describe('[S3] who may post', () => {
  test('only who has the key, from this machine, by the names of loopback', async () => {
    for (const Authorization of ['', 'Bearer', 'Bearer guess', `Basic ${key}`, `Bearer ${key}x`])
      expect((await post(material('X'), { Authorization })).status).toBe(401);
    expect((await post(material('X'), { Origin: 'http://evil.example' })).status).toBe(403);
    expect((await fetch(serving.messageUrl)).status).toBe(405);
    expect(materials()).not.toContain('X');
  });

  test('only XML in UTF-8', async () => {
    for (const type of ['application/json', 'text/plain', 'application/xml-evil', 'text/xml; charset=utf-16'])
      expect((await post(material('X'), { 'Content-Type': type })).status).toBe(415);
  });

  test('not more than a message may have, whether its length is said or not', async () => {
    const { host } = new URL(serving.messageUrl);
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(serving.port, '127.0.0.1', () =>
        socket.write(
          `POST /erp/b2mml HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/xml\r\nContent-Length: ${MAX_CHARACTERS + 1}\r\n\r\n`,
        ),
      );
      socket
        .once('data', (answer: Buffer) => (socket.destroy(), resolve(String(answer))))
        .on('error', reject);
    });
    expect(said).toMatch(/^HTTP\/1\.1 413/);
    const spaces = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        if (sent > MAX_CHARACTERS + 8 * spaces.length) return controller.close();
        sent += spaces.length;
        controller.enqueue(spaces);
      },
    });
    const unsaid = await post(endless, {}, { duplex: 'half' }).then(
      ({ status }) => status,
      () => 'closed', // what was still on its way when the answer came
    );
    expect([413, 'closed']).toContain(unsaid);
    expect((await post(material('M7'))).status).toBe(204);
  });
});

test('a message in the inbox is answered beside it', async () => {
  const { readFile, readdir, rename, writeFile } = await import('node:fs/promises');
  const { inbox } = shop.dir;
  await writeFile(
    join(inbox, '.ask.xml'),
    material('M8', { verb: 'Process', codes: ' acknowledgeCode="Always"' }),
  );
  await rename(join(inbox, '.ask.xml'), join(inbox, 'ask.xml'));
  await expect
    .poll(() => readdir(join(inbox, 'answers')).catch(() => []), { timeout: 10_000 })
    .toEqual([expect.stringMatching(/-ask\.xml$/)]);
  const [name = ''] = await readdir(join(inbox, 'answers'));
  expect(await readFile(join(inbox, 'answers', name), 'utf8')).toContain('<AcknowledgeMaterialDefinition');
});
