import { expect, test } from 'vitest';
import { GENESIS, entryHash } from '#electron/store/ledger-chain.ts';
import { canonicalJson } from '#shared/domain/ledger.ts';

// The vectors of the compliance sheet, section 2.7; checked there with Python and Node.
const created = {
  action: 'CREATE',
  entity: 'JobOrder',
  entityId: 'JO-1001',
  field: null,
  new: 'Waiting',
  old: null,
  reason: null,
  seq: 1,
  ts: '2026-03-02T06:00:00.000Z',
  userId: 'u-17',
};
const updated = {
  action: 'UPDATE',
  entity: 'JobOrder',
  entityId: 'JO-1001',
  field: 'startTime',
  new: '2026-03-02T09:00:00.000Z',
  old: '2026-03-02T08:00:00.000Z',
  reason: 'Werkzeug fehlt – Ersatz 08:45',
  seq: 2,
  ts: '2026-03-02T06:05:10.250Z',
  userId: 'u-17',
};
const signed = {
  action: 'SIGN',
  entity: 'JobOrder',
  entityId: 'JO-1001',
  field: null,
  new: 'approval',
  old: null,
  reason: 'release to floor',
  seq: 3,
  ts: '2026-03-02T06:06:00.000Z',
  userId: 'u-04',
};
const first = 'f84c16781cd91d2e6e1d3bb36f6fbeb69ca371c56dc9bbd382f2e60bc59b29b4';
const second = 'd17c529774b18db1300efacc734b456dffdf867c14057537390d038771eef64a';
const third = 'b1e707e38ecb11387d9bf8d8004b94d9d56286bbaf2088862a34e17b4c854c2d';

test('[HC-01] the chain of the three vectors', () => {
  expect(entryHash(GENESIS, created)).toBe(first);
  expect(entryHash(first, updated)).toBe(second);
  expect(entryHash(second, signed)).toBe(third);
});

test('[HC-01] canonical JSON of the second vector has 245 bytes, the dash counted as three', () => {
  expect(Buffer.byteLength(canonicalJson(updated))).toBe(245);
});

test('[HC-01] another value gives another hash', () => {
  expect(entryHash(first, { ...updated, new: '2026-03-02T09:30:00.000Z' })).toBe(
    '20e424eb5f616e19b3f445b531236f9f0a3a55e5314c4c13b115f59993738811',
  );
});
