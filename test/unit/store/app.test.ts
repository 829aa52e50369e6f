import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { APP } from '#shared/base/app.ts';

test('the version that the ledger shows is the one of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(APP).toBe(`Shiftwright ${version}`);
});
