import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerTo } from '#electron/lines/mqtt/answer.ts';
import { FROM_LINE, jobOrderTopic, placeOf } from '#electron/lines/mqtt/topics.ts';
import type { Lines } from '#electron/lines/lines.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { EventKind, ExecutionReport } from '#shared/domain/execution.ts';
import { TaskId } from '#shared/domain/task.ts';

const UNIT = EquipmentId.parse('Mixer 1/a');

/** Lines that believe everything, and keep what got as far as that. */
function gullible() {
  const believed: unknown[] = [];
  const keep = async (what: unknown) => {
    believed.push(what);
    return { ok: true as const, seq: believed.length };
  };
  const lines = {
    has: (unit: EquipmentId) => unit === UNIT,
    heard: () => undefined,
    report: keep,
    acknowledge: keep,
    acknowledgeList: keep,
  } as unknown as Lines;
  return { believed, lines };
}

/** Fields that mean something, most of them with values that do not. */
const almost = fc.record(
  {
    jobResponseId: fc.oneof(fc.string(), fc.constant('report 12345'), fc.integer()),
    id: fc.oneof(fc.string(), fc.constant('state 12345')),
    kind: fc.oneof(fc.constantFrom(...EventKind.options), fc.string()),
    state: fc.oneof(fc.constantFrom('Up', 'Down'), fc.string()),
    jobOrderId: fc.oneof(fc.string(), fc.constant('A/mix'), fc.anything()),
    revision: fc.oneof(fc.integer(), fc.double()),
    unit: fc.constant('M2'),
    time: fc.oneof(
      fc.string(),
      fc.constant('2026-11-23T06:00:00+01:00'),
      fc.constant('+275760-09-13T00:00:00Z'),
    ),
    reason: fc.oneof(fc.string({ maxLength: 600 }), fc.integer()),
    good: fc.oneof(fc.double(), fc.string()),
  },
  { requiredKeys: [] },
);

test('[R7] whatever a line sends is answered, and only what has the shape of a report of that line gets any further', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FROM_LINE),
      fc.oneof(
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        fc.json().map((text) => Buffer.from(text)),
        almost.map((fields) => Buffer.from(JSON.stringify(fields))),
      ),
      async (what, payload) => {
        const { believed, lines } = gullible();
        const answer = await answerTo(lines, UNIT, what, payload);
        expect(answer.ok).toBe(believed.length === 1);
        expect(answer.ok || answer.refusal.text !== '').toBe(true);
        const reports = what === 'acknowledgements' ? [] : believed;
        expect(reports.every((report) => ExecutionReport.parse(report).unit === UNIT)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('[R7] a station that fails over a message says so; it does not fall over it', async () => {
  const { lines } = gullible();
  const failing = { ...lines, heard: () => expect.unreachable('the disk is full') } as unknown as Lines;
  expect(await answerTo(failing, UNIT, 'state', Buffer.from('{}'))).toMatchObject({
    ok: false,
    refusal: { code: 'FAILED', text: expect.stringContaining('the disk is full') },
  });
});

test('units and jobs with slashes, spaces and wildcards have one topic each, and no other topic is theirs', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), (name) => {
      fc.pre(EquipmentId.safeParse(name).success && name.trim() === name && name.isWellFormed());
      const unit = EquipmentId.parse(name);
      const topic = `plant/hall/${encodeURIComponent(unit)}/job-responses`;
      expect(placeOf('plant/hall', topic)).toEqual({ kind: 'fromLine', unit, what: 'job-responses' });
    }),
  );
  const topic = jobOrderTopic('plant', UNIT, TaskId.parse('odoo:MO1/WO+2#'));
  expect(topic).toBe('plant/Mixer%201%2Fa/job-orders/odoo%3AMO1%2FWO%2B2%23');
  expect(placeOf('plant', 'plants/M1/state')).toBe(null);
  expect(placeOf('plant', 'plant/M1/state/more')).toBe(null);
  expect(placeOf('plant', 'plant/%E0%A4/state')).toBe(null);
});
