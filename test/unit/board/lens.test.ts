import { expect, test } from 'vitest';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { DropCost, RowVerdict, Verdict } from '#shared/domain/verdict.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { type LensState, rowVerdict, rowWords, saysTheSame } from '#renderer/board/lens.ts';

const [P1, P2, B1] = ['P1', 'P2', 'B1'] as EquipmentId[] as [EquipmentId, EquipmentId, EquipmentId];
const NOTHING: DropCost = { setupChange: 0, moves: 0, late: 0, lateOrders: 0 };
const runnable = new Set([P1, P2]);
const lens = (said: RowVerdict): LensState['lens'] => new Map([[P2, said]]);
const costs = (cost: Partial<DropCost>): RowVerdict => ({ refusal: null, cost: { ...NOTHING, ...cost } });
const held: LensState = { unit: P1, runnable, lens: lens(costs({})) };

test('rows say the same as long as nobody has said otherwise of any of them', () => {
  expect(saysTheSame(held, { ...held, lens: lens(costs({})) })).toBe(true);
  for (const other of [
    { ...held, unit: P2 },
    { ...held, runnable: new Set([P1]) },
    { ...held, lens: lens({ refusal: 'NO_PERSON_FREE' }) },
    { ...held, lens: lens(costs({ moves: 1 })) },
    { ...held, lens: new Map() },
  ]) {
    expect(saysTheSame(held, other)).toBe(false);
  }
});

test('what a verdict says of its place the row says too; a row on which it cannot run at all says so unasked', () => {
  const said = (verdict: Verdict) => rowWords({ ...held, lens: lens(rowVerdict(verdict)) }, P2);
  expect(said({ ok: true, start: 0, end: 60, setup: 0, ...NOTHING, moves: 1 })?.words).toEqual([
    '1 task moves',
  ]);
  const refusal = { code: 'UNIT_BUSY', object: 'P1', text: 'It is busy.' } as const;
  expect(said({ ok: false, refusal, nearest: null })).toEqual({ tone: 'refused', words: ['busy then'] });
  expect(rowWords(held, B1)).toEqual({ tone: 'refused', words: ['cannot run'] });
});

test('[U1] a row says its rule, or what the drop there would cost, the worst first', () => {
  const says = (said: RowVerdict) => rowWords({ ...held, lens: lens(said) }, P2);
  expect(says({ refusal: 'NO_PERSON_FREE' })).toEqual({ tone: 'refused', words: ['nobody free'] });
  expect(says(costs({}))).toEqual({ tone: 'free', words: ['free'] });
  expect(says(costs({ setupChange: -25 * MINUTE, moves: 1 }))).toEqual({
    tone: 'costs',
    words: ['setup −25 min', '1 task moves'],
  });
  expect(says(costs({ late: 2 * HOUR, lateOrders: 1, setupChange: 5 * MINUTE }))).toEqual({
    tone: 'late',
    words: ['late +2 h', 'late orders +1', 'setup +5 min'],
  });
  expect(rowWords({ ...held, lens: new Map() }, P2)).toBeNull();
});
