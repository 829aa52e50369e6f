import { expect, test } from 'vitest';
import { inColumns } from '#shared/base/in-columns.ts';

test('cells stand below each other, however long one of them is', () => {
  const name = 'somebody.with.a.very.long.login';
  expect(inColumns([['sue', 'Sue'], [name, 'Sam', 'disabled'], []])).toEqual([
    `${'sue'.padEnd(name.length)}  Sue`,
    `${name}  Sam  disabled`,
    '',
  ]);
});
