import { expect, test } from 'vitest';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import { type LensState, ruleOf, saysTheSame } from '#renderer/board/lens.ts';

const [P1, P2, B1] = ['P1', 'P2', 'B1'] as EquipmentId[] as [EquipmentId, EquipmentId, EquipmentId];
const refused = { ok: false, refusal: { code: 'UNIT_BUSY', object: 'P1', text: '' } } as unknown as Verdict;
const allowed = { ok: true } as Verdict;
const runnable = new Set([P1, P2]);
const lens = (code: RefusalCode | null): LensState['lens'] => new Map([[P2, code]]);
const held: LensState = { unit: P1, verdict: allowed, runnable, lens: lens(null) };

test('rows say the same as long as nobody has said otherwise of any of them', () => {
  expect(saysTheSame(held, { ...held, verdict: null, lens: lens(null) })).toBe(true);
  for (const other of [
    { ...held, unit: P2 },
    { ...held, verdict: refused },
    { ...held, runnable: new Set([P1]) },
    { ...held, lens: lens('NO_PERSON_FREE') },
    { ...held, lens: new Map() },
  ]) {
    expect(saysTheSame(held, other)).toBe(false);
  }
});

test('the verdict of the row under the hand goes before what was said of all rows', () => {
  expect(ruleOf(held, B1)).toBe('cannot run here');
  expect(ruleOf({ ...held, unit: P2, lens: lens('NO_PERSON_FREE') }, P2)).toBeNull();
  expect(ruleOf({ ...held, verdict: refused }, P1)).not.toBeNull();
});
