import type { Consumed } from '#shared/domain/outbound.ts';
import { type Node, quantity } from './write.ts';

/** Material actuals of what was consumed, one for each lot, in the order that V7 and V6 want. */
export const consumedNodes = (consumed: Consumed): Node[] =>
  consumed.map(({ lot, material, quantity: amount, uom }) => [
    'MaterialActual',
    [
      ['ID', lot],
      ['MaterialDefinitionID', material],
      ['MaterialLotID', lot],
      ['MaterialUse', 'Consumed'],
      quantity(amount, uom),
    ],
  ]);
