import { z } from 'zod';
import { Seconds } from '#shared/time/instant.ts';
import { Name } from './operations.ts';

export const FamilyId = Name.brand<'FamilyId'>();
export type FamilyId = z.infer<typeof FamilyId>;
export const SetupMatrixId = Name.brand<'SetupMatrixId'>();
export type SetupMatrixId = z.infer<typeof SetupMatrixId>;

/** Setup times between families, cleaning included. Pairs that are not listed take `standard`, the same family `same`. */
export const SetupMatrix = z.object({
  id: SetupMatrixId,
  name: Name,
  same: Seconds,
  standard: Seconds,
  entries: z.array(
    z.object({
      from: FamilyId,
      to: FamilyId,
      seconds: Seconds,
      cleaning: z.boolean().default(false),
      /** How long the unit stays clean afterwards; for good where nothing is said. */
      cleanFor: Seconds.optional(),
    }),
  ),
});
export type SetupMatrix = z.infer<typeof SetupMatrix>;

/** Setup seconds of every pair of a matrix, looked up in constant time. `from` undefined means that the state of the unit is unknown: the standard setup. */
export function setupLookup(
  matrix: SetupMatrix,
): (from: FamilyId | undefined, to: FamilyId | undefined) => Seconds {
  const listed = new Map(matrix.entries.map((entry) => [`${entry.from}\n${entry.to}`, entry.seconds]));
  return (from, to) =>
    to === undefined
      ? 0
      : (listed.get(`${from ?? ''}\n${to}`) ?? (from === to ? matrix.same : matrix.standard));
}
