import type { Migration } from './migration.ts';
import { first } from './0001-first.ts';
import { scenarios } from './0002-scenarios.ts';
import { comments } from './0003-comments.ts';
import { feeds } from './0004-feeds.ts';
import { accounts } from './0005-accounts.ts';
import { cases } from './0006-cases.ts';
import { machines } from './0007-machines.ts';
import { outbox } from './0008-outbox.ts';
import { dispatch } from './0009-dispatch.ts';
import { results } from './0010-results.ts';
import { withdrawals } from './0011-withdrawals.ts';

/** In order, never reordered: a file remembers how many of them it has behind it. */
export const migrations: readonly Migration[] = [
  first,
  scenarios,
  comments,
  feeds,
  accounts,
  cases,
  machines,
  outbox,
  dispatch,
  results,
  withdrawals,
];
