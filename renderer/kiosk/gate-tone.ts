import type { Refusal } from '#shared/domain/refusal.ts';

/** What only takes its time is grey; what somebody has to put right is red. */
const WAITING: readonly Refusal['code'][] = [
  'PREDECESSOR_NOT_FINISHED',
  'UNIT_BUSY',
  'NOT_CLEAN',
  'NOT_DISPATCHED',
];

export const toneOf = (gate: Refusal): 'waits' | 'bad' => (WAITING.includes(gate.code) ? 'waits' : 'bad');
