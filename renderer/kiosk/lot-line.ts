import type { LotToTake } from '#shared/contract/line.ts';
import { quantity } from '#renderer/ui/format.ts';

/** 80 kg Sugar, lot S1, from A12-3 to Booth 1 */
export const lotLine = ({ name, material, quantity: of, uom, from }: LotToTake, to: string | null): string =>
  [
    `${quantity(of, uom)} ${material}`,
    `lot ${name}`,
    to === null ? from : [from && `from ${from}`, `to ${to}`].filter(Boolean).join(' '),
  ]
    .filter(Boolean)
    .join(', ');
