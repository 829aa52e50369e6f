import type { Consumed, NotKept } from '#shared/domain/outbound.ts';
import { isSame } from './stored.ts';

/** What lines took of one lot. */
export type Taken = Consumed[number];

/** That an ERP has another quantity of a lot than was told, or has it in another way; `name` is the lot's name there, if it has one. */
export const takenOtherwise = (taken: Taken, name: string | undefined, kept: number | string): NotKept => ({
  field: `taken of ${name ?? taken.lot}`,
  sent: amount(taken, taken.quantity),
  kept: typeof kept === 'string' ? kept : amount(taken, kept),
});

/** That an ERP has less of a lot than was taken of it; none where it has enough. */
export const shortOf = (taken: Taken, name: string | undefined, there: number): NotKept[] =>
  there >= taken.quantity || isSame(there, taken.quantity)
    ? []
    : [
        {
          field: `there of ${name ?? taken.lot}`,
          sent: amount(taken, taken.quantity),
          kept: amount(taken, Math.max(0, there)),
        },
      ];

const amount = ({ uom }: Taken, quantity: number): string =>
  `${Math.round(quantity * 1000) / 1000} ${uom}`.trim();
