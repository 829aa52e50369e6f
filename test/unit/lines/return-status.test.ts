import { expect, test } from 'vitest';
import { returnStatusFrom, returnStatusText } from '#electron/lines/opcua/return-status.ts';

test('a return status is a map of bits, of which the lowest alone is success', () => {
  expect(returnStatusFrom([0, 1])).toBe(1n);
  expect(returnStatusText(1n)).toBe('done');
  expect(returnStatusFrom([1, 2])).toBe((1n << 32n) | 2n);
  expect(returnStatusText((1n << 32n) | 2n)).toBe(
    'it does not know the job order; the request was invalid, for a reason that it does not say',
  );
  expect(returnStatusText(1n << 7n)).toBe('bit 7, which is reserved');
  expect(returnStatusFrom('no')).toBe(null);
  expect(returnStatusText(0n)).toContain('neither');
});
