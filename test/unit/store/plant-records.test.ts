import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { EventKind, UnitState } from '#shared/domain/execution.ts';
import { Material, MaterialId } from '#shared/domain/material.ts';
import { RECORD_KINDS } from '#shared/domain/plant.ts';
import { doing, newStore, report } from './store-kit.ts';

const material = (id: string, name: string): Material =>
  Material.parse({ id: MaterialId.parse(id), name, uom: 'kg' });

test('records keep the order of their first import; the same id replaces, another is added', async () => {
  const store = await newStore();
  await doing(store, (write) =>
    write.putRecords('materials', [material('Z', 'Zinc'), material('A', 'Aspirin')], 'BOD-1'),
  );
  await doing(store, (write) =>
    write.putRecords('materials', [material('A', 'Acid'), material('M', 'Mint')], 'BOD-2'),
  );
  const { materials } = await store.read.plant();
  expect(materials.map(({ id, name }) => `${id} ${name}`)).toEqual(['Z Zinc', 'A Acid', 'M Mint']);
});

test('records are taken back by their ids; unknown ids change nothing', async () => {
  const store = await newStore();
  await doing(store, async (write) => {
    await write.putRecords('materials', [material('A', 'Aspirin'), material('B', 'Binder')], 'BOD-1');
    await write.removeRecords('materials', ['A', 'never seen']);
  });
  expect((await store.read.plant()).materials.map(({ id }) => id)).toEqual(['B']);
});

test('more records than one statement takes go in', async () => {
  const store = await newStore();
  const many = Array.from({ length: 1234 }, (_, index) => material(`M${index}`, 'Powder'));
  await doing(store, (write) => write.putRecords('materials', many, 'BOD-1'));
  expect((await store.read.plant()).materials).toEqual(many);
});

test('every kind of record has its table', async () => {
  const store = await newStore();
  await doing(store, async (write) => {
    for (const kind of RECORD_KINDS) await write.removeRecords(kind, ['nothing']);
  });
  expect(Object.keys(await store.read.plant())).toEqual(RECORD_KINDS);
});

test('every kind of event and every state of the time model can be recorded', async () => {
  const store = await newStore();
  await doing(store, async (write) => {
    for (const kind of EventKind.options) await write.addEvent(report(`report-${kind}`, { kind }));
    for (const state of UnitState.options) await write.addEvent(report(`report-${state}`, { state }));
  });
  expect(await store.read.events()).toHaveLength(EventKind.options.length + UnitState.options.length);
});

test('the tables themselves refuse what is no JSON, no number, no known state', async () => {
  const { file } = await newStore();
  const database = new Database(file);
  const event = (id: string, at: unknown, state: string, body: string) => () =>
    database
      .prepare(`INSERT INTO event VALUES (NULL, ?, ?, 1, 'M1', NULL, 'started', ?, 'line', ?)`)
      .run(id, at, state, body);
  expect(event('report-1', 'yesterday', 'PROD', '{}')).toThrow(/cannot store TEXT value in INTEGER/);
  expect(event('report-1', 1, 'LUNCH', '{}')).toThrow(/CHECK constraint failed/);
  expect(event('report-1', 1, 'PROD', '{')).toThrow(/CHECK constraint failed/);
  database.close();
});
