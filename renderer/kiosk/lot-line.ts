import type { LotToTake } from '#shared/contract/line.ts';
import { quantity } from '#renderer/ui/format.ts';

/** 80 kg Sugar, lot S1, A12-3 → Booth 1 */
export const lotLine = ({ name, material, quantity: of, uom, from }: LotToTake, to: string | null): string =>
  [
    `${quantity(of, uom)} ${material}`,
    `lot ${name}`,
    to === null ? from : [from, to].filter(Boolean).join(' → '),
  ]
    .filter(Boolean)
    .join(', ');
