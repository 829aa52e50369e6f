import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every top-level folder has its subpath import, so that nobody writes ../', () => {
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(manifest).toMatchObject({
    imports: {
      '#shared/*': './shared/*',
      '#solver/*': './solver/*',
      '#electron/*': './electron/*',
      '#renderer/*': './renderer/*',
      '#test/*': './test/*',
    },
  });
});
