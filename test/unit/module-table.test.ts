import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

/** A small tree laid out like the project: each file with the one line that is judged, and what is said about it. */
const tree: readonly { file: string; line: string; refusal: RegExp | undefined }[] = [
  { file: 'shared/base/must.ts', line: `export const must = 1;`, refusal: undefined },
  {
    file: 'shared/base/up.ts',
    line: `export * from '#shared/domain/task.ts';`,
    refusal: /may import nothing/,
  },
  { file: 'shared/domain/task.ts', line: `export * from '#shared/base/must.ts';`, refusal: undefined },
  { file: 'shared/domain/file.ts', line: `export * from 'node:fs';`, refusal: /Node belongs to electron/ },
  { file: 'shared/domain/dots.ts', line: `export * from '../base/must.ts';`, refusal: /Across modules/ },
  { file: 'shared/stray/x.ts', line: `export * from '#shared/base/must.ts';`, refusal: /without a line/ },
  { file: 'solver/search/ok.ts', line: `export * from '#solver/evaluate/score.ts';`, refusal: undefined },
  {
    file: 'solver/search/lp.ts',
    line: `export * from '#solver/lp/timing.ts';`,
    refusal: /solver\/search may import/,
  },
  { file: 'solver/search/deep/own.ts', line: `export * from '#solver/search/ok.ts';`, refusal: undefined },
  {
    file: 'solver/search/type.ts',
    line: `export type * from '#electron/store/x.ts';`,
    refusal: /Module table/,
  },
  {
    file: 'solver/search/late.ts',
    line: `export const x = import('#solver/lp/y.ts');`,
    refusal: /Module table/,
  },
  {
    file: 'solver/check/x.ts',
    line: `export * from '#solver/problem/x.ts';`,
    refusal: /solver\/check may import/,
  },
  { file: 'solver/solve.ts', line: `export * from '#solver/search/ok.ts';`, refusal: undefined },
  { file: 'solver/bound/clock.ts', line: `export const now = Date.now();`, refusal: /no clock/ },
  { file: 'solver/bound/dice.ts', line: `export const dice = Math.random();`, refusal: /no dice/ },
  { file: 'electron/store/sql.ts', line: `export * from 'kysely';`, refusal: undefined },
  { file: 'electron/app/sql.ts', line: `export * from 'kysely';`, refusal: /SQL belongs to electron\/store/ },
  {
    file: 'electron/app/shell.ts',
    line: `export * from 'electron';`,
    refusal: /Electron belongs to electron\/shell/,
  },
  { file: 'electron/shell/main.ts', line: `export * from 'electron';`, refusal: undefined },
  { file: 'electron/station/cli.ts', line: `export * from '#electron/app/sql.ts';`, refusal: undefined },
  { file: 'renderer/board/drag.tsx', line: `export * from '@dnd-kit/core';`, refusal: undefined },
  {
    file: 'renderer/board/bars.tsx',
    line: `export * from '@dnd-kit/core';`,
    refusal: /Drag and drop belongs/,
  },
  { file: 'renderer/board/list.ts', line: `export * from '#renderer/orders/x.ts';`, refusal: /may import/ },
  { file: 'renderer/app/main.ts', line: `export * from '#renderer/orders/x.ts';`, refusal: undefined },
  { file: 'renderer/orders/sql.ts', line: `export * from 'better-sqlite3';`, refusal: /SQL belongs/ },
  { file: 'renderer/state/cycle-a.ts', line: `export * from './cycle-b.ts';`, refusal: /import\(no-cycle\)/ },
  { file: 'renderer/state/cycle-b.ts', line: `export * from './cycle-a.ts';`, refusal: /import\(no-cycle\)/ },
  { file: 'test/factory.ts', line: `export * from '#solver/lp/timing.ts';`, refusal: undefined },
];

const root = mkdtempSync(join(tmpdir(), 'shiftwright-module-table-'));

/** What oxlint's JSON report says of one finding; `help` carries the table's own words. */
const Report = z.object({
  diagnostics: z.array(
    z.object({ filename: z.string(), message: z.string(), code: z.string(), help: z.string().optional() }),
  ),
});
let findings: z.infer<typeof Report>['diagnostics'] = [];

beforeAll(() => {
  for (const { file, line } of tree) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), `${line}\n`);
  }
  for (const file of ['oxlint.config.ts', 'package.json']) copyFileSync(file, join(root, file));
  const { stdout } = spawnSync(resolve('node_modules/.bin/oxlint'), ['--format=json'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  findings = Report.parse(JSON.parse(stdout)).diagnostics;
});
afterAll(() => rmSync(root, { recursive: true }));

for (const { file, line, refusal } of tree) {
  test(`the lint ${refusal ? 'refuses' : 'accepts'} ${line} in ${file}`, () => {
    const refusals = findings
      .filter(({ filename }) => filename === file)
      .map(({ code, message, help }) => `${code} ${message} ${help ?? ''}`)
      .join('\n');
    expect(refusals).toMatch(refusal ?? /^$/);
  });
}
