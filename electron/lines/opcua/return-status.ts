/** What each bit of a ReturnStatus says (OPC 10031-4, ISA-95 job control). Bit 0 alone is success. */
const BITS: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'it does not know the job order',
  2: 'it does not know the command',
  3: 'the job order is in a state that does not allow it',
  4: 'it cannot accept the job order',
  32: 'the request was invalid, for a reason that it does not say',
};

const bitsOf = (status: bigint): number[] =>
  Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (status >> BigInt(bit)) & 1n);

export const isDone = (status: bigint): boolean => status === 1n;

/** Every bit in words; a machine may mean several things at once. */
export function returnStatusText(status: bigint): string {
  if (status === 0n) return 'it says neither that it was done nor why not';
  return bitsOf(status)
    .map(
      (bit) => BITS[bit] ?? (bit > 32 ? `a reason of its own (bit ${bit})` : `bit ${bit}, which is reserved`),
    )
    .join('; ');
}

/** UInt64 arrives as its high and its low half. */
export function returnStatusFrom(value: unknown): bigint | null {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return BigInt(value);
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [high, low] = value as unknown[];
  if (typeof high !== 'number' || typeof low !== 'number') return null;
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
