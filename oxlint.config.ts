import type { DummyRuleMap, OxlintConfig } from 'oxlint';

/**
 * THE MODULE TABLE: every module and what it may import of ours. Imports only point upwards in it.
 * A name with nothing below it in the path (`solver`, `electron/station`) covers all of that folder's modules.
 * Whoever adds a folder adds a line; a folder without a line may import nothing of ours.
 */
const moduleTable: Record<string, readonly string[]> = {
  'shared/base': [],
  'shared/time': ['shared/base'],
  'shared/domain': ['shared/base', 'shared/time'],
  'shared/flow': ['shared/base', 'shared/time', 'shared/domain'],
  'shared/edit': ['shared/base', 'shared/time', 'shared/domain'],
  'shared/contract': ['shared/base', 'shared/time', 'shared/domain', 'shared/edit'],

  'solver/run': ['shared/base'], // what any search is given: seed, limit, the best that its threads share
  'solver/problem': ['shared/base', 'shared/time', 'shared/domain'],
  'solver/evaluate': ['shared/base', 'solver/problem'],
  'solver/construct': ['shared/base', 'solver/run', 'solver/problem', 'solver/evaluate'],
  'solver/search': [
    'shared/base',
    'solver/run',
    'solver/problem',
    'solver/evaluate',
    'solver/construct',
    'solver/bound',
  ],
  'solver/jobshop': ['shared/base', 'solver/run'], // the public job-shop sets: machines, durations, makespan
  'solver/instances': ['shared', 'solver/problem', 'solver/jobshop'], // files of the public formats, in and out
  'solver/bound': ['shared/base', 'solver/problem'],
  'solver/lp': ['shared/base', 'shared/time', 'shared/domain', 'solver/problem', 'solver/bound'], // linear models
  'solver/check': ['shared/base', 'shared/time', 'shared/domain'], // never the problem: it must catch conversion bugs
  'solver/explain': ['shared/base', 'shared/time', 'shared/domain', 'solver/problem', 'solver/evaluate'],
  'solver/repair': [
    'shared/base',
    'shared/time',
    'shared/domain',
    'solver/run',
    'solver/problem',
    'solver/evaluate',
    'solver/construct',
    'solver/search',
    'solver/explain',
  ],
  // what would make a late order on time: each change is tried by a repair and judged by the checker
  'solver/remedies': [
    'shared/base',
    'shared/time',
    'shared/domain',
    'solver/problem',
    'solver/evaluate',
    'solver/repair',
    'solver/check',
  ],
  'solver/*.ts': ['shared', 'solver'], // the door: solve(problem, options, observer)

  'electron/store': ['shared'],
  'electron/demo': ['shared', 'electron/erp'], // writes what an ERP would send, in the words of B2MML
  'electron/erp': ['shared'],
  'electron/lines': ['shared'], // what a connection to lines is given; the page's own
  'electron/lines/mqtt': ['shared', 'electron/lines'],
  'electron/lines/opcua': ['shared', 'electron/lines'],
  'electron/solving': ['shared', 'solver'],
  'electron/app': [
    'shared',
    'solver/check', // judges every schedule before it is stored
    'solver/repair', // the live verdict on a drag
    'solver/explain',
    'electron/store',
    'electron/erp',
    'electron/lines',
    'electron/solving',
    'electron/demo',
  ],
  'electron/rpc': ['shared', 'electron/app'],
  'electron/shell': ['shared/base', 'shared/contract'],
  'electron/station': ['shared', 'solver', 'electron'], // the composition root and the command line

  'renderer/ui': ['shared'],
  'renderer/bridge': ['shared', 'renderer/ui'],
  'renderer/state': ['shared', 'renderer/ui', 'renderer/bridge'],
  'renderer/commands': ['shared', 'renderer/ui', 'renderer/bridge', 'renderer/state'],
  ...Object.fromEntries(
    [
      'board',
      'orders',
      'resources',
      'crew',
      'dispatch',
      'imports',
      'connections',
      'cases',
      'performance',
      'audit',
      'settings',
      'account',
      'kiosk',
    ].map((view) => [
      `renderer/${view}`, // views never import each other
      ['shared', 'renderer/ui', 'renderer/bridge', 'renderer/state', 'renderer/commands'],
    ]),
  ),
  'renderer/app': ['shared', 'renderer'], // the composition root of the window

  test: ['shared', 'solver', 'electron', 'renderer', 'test'],
};

/** Packages (as the regular expression of an import) that only the named folders or files may touch. */
const packageOwners: readonly { name: string; packages: string; owners: readonly string[] }[] = [
  { name: 'Node', packages: '^node:', owners: ['electron', 'test'] },
  { name: 'React', packages: '^react(-dom|-aria.*)?(/|$)', owners: ['renderer', 'test'] },
  { name: 'SQL', packages: '^(better-sqlite3|kysely)(/|$)', owners: ['electron/store', 'test'] },
  { name: 'MQTT', packages: '^mqtt(/|$)', owners: ['electron/lines/mqtt', 'test'] },
  { name: 'OPC UA', packages: '^node-opcua', owners: ['electron/lines/opcua', 'test'] },
  { name: 'Electron', packages: '^electron(/|$)', owners: ['electron/shell', 'test'] },
  { name: 'Drag and drop', packages: '^@dnd-kit/', owners: ['renderer/board/drag.tsx', 'test'] },
];

const isFile = (path: string) => /\.tsx?$/.test(path);
const globOf = (path: string) => (isFile(path) ? path : `${path}/**`);
const isWithin = (path: string, owner: string) => path === owner || path.startsWith(`${owner}/`);

/** The import restrictions that hold in one folder or file; `may` lists what it may import of ours. */
function restrictions(path: string, may: readonly string[]): DummyRuleMap {
  const allowed = isFile(path) ? may : [...may, path];
  return {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: String.raw`^\.\.|/\.\./`,
            message: `Across modules import by name: '#shared/base/must.ts'.`,
          },
          {
            group: [String.raw`\#*/**`, ...allowed.map((module) => String.raw`!\#${module}/**`)],
            message: `Module table (oxlint.config.ts): ${path} may import ${may.join(', ') || 'nothing'} of ours.`,
          },
          ...packageOwners
            .filter(({ owners }) => !owners.some((owner) => isWithin(path, owner)))
            .map(({ name, packages, owners }) => ({
              regex: packages,
              message: `Module table (oxlint.config.ts): ${name} belongs to ${owners.join(', ')}.`,
            })),
        ],
      },
    ],
  };
}

/** A file that owns a package its own folder may not touch. */
const owningFiles = packageOwners.flatMap(({ owners }) => owners.filter(isFile));
const moduleOf = (file: string) => file.slice(0, file.lastIndexOf('/'));

export default {
  plugins: ['eslint', 'typescript', 'import', 'react', 'unicorn', 'oxc', 'promise', 'jsx-a11y'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['out/**', 'dist/**'],
  rules: {
    eqeqeq: 'error',
    'no-new': 'off',
    'no-shadow': 'off',
    'no-var': 'error',
    'prefer-const': 'error',
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'import/no-self-import': 'error',
    'jsx-a11y/control-has-associated-label': 'off', // sees no text inside components; axe judges the real page
    'jsx-a11y/no-noninteractive-element-to-interactive-role': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'promise/always-return': 'off',
    'react/react-in-jsx-scope': 'off',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/consistent-return': 'off',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unnecessary-condition': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/only-throw-error': 'error',
    'typescript/unbound-method': 'off',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'unicorn/no-array-reverse': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-abusive-eslint-disable': 'error',
    'unicorn/prefer-node-protocol': 'error',
    'unicorn/require-post-message-target-origin': 'off', // ports and processes have no origin
  },
  overrides: [
    { files: ['{shared,solver,electron,renderer}/**'], rules: restrictions('a folder without a line', []) },
    ...Object.entries(moduleTable).map(([path, may]) => ({
      files: [globOf(path)],
      rules: restrictions(path, may),
    })),
    ...owningFiles.map((file) => ({
      files: [file],
      rules: restrictions(file, [...(moduleTable[moduleOf(file)] ?? []), moduleOf(file)]),
    })),
    { files: ['test/**'], plugins: ['vitest'] },
    {
      // No clock and no randomness but what is passed in: same plan + seed + limit = same schedule.
      files: ['solver/**'],
      rules: {
        'no-restricted-globals': [
          'error',
          { name: 'Date', message: 'The solver has no clock: pass the time in.' },
        ],
        'no-restricted-properties': [
          'error',
          { object: 'Math', property: 'random', message: 'The solver has no dice: pass `random` in.' },
        ],
      },
    },
    {
      files: ['shared/**'],
      rules: {
        'no-restricted-properties': [
          'error',
          { object: 'Math', property: 'random', message: 'shared/ has no dice: pass `random` in.' },
          { object: 'Date', property: 'now', message: 'shared/ has no clock: pass the time in.' },
        ],
      },
    },
  ],
} satisfies OxlintConfig;
