import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, makeDurable } from '#electron/store/connection.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/all.ts';
import type { Migration } from '#electron/store/migrations/migration.ts';
import { openStore } from '#electron/store/store.ts';
import { runNumbered } from './numbered-commands.ts';

/**
 * The process that reliability tests kill.
 * `commands FILE FROM`: runs numbered commands for ever and prints each number once it is acknowledged.
 * `migrate FILE STATEMENTS`: dies by its own hand when so many statements of a migration have run.
 */
const [, , what, file = '', number = ''] = process.argv;

const ANSWER_MS = 6;

const say = (text: string): void => {
  writeSync(1, `${text}\n`);
};

if (what === 'commands') {
  say('loaded');
  const store = await openStore(file);
  for (let next = Number(number); ; next += 1) {
    const { repeated } = await runNumbered(store, next);
    // An answer takes a while to arrive: the time in which a command is committed but not acknowledged.
    await sleep(Math.random() * ANSWER_MS);
    say(`${next} ${repeated ? 'repeated' : 'done'}`);
  }
}

if (what === 'migrate') {
  const connection = connect(file, { readonly: false });
  makeDurable(connection);
  await migrate(
    connection,
    migrations.map((step) => dyingAfter(step, Number(number))),
  );
  say('migrated');
}

function dyingAfter(step: Migration, statements: number): Migration {
  let run = 0;
  return (db) =>
    step(
      db.withPlugin({
        transformQuery: ({ node }) => {
          run += 1;
          if (run > statements) process.kill(process.pid, 'SIGKILL');
          return node;
        },
        transformResult: async ({ result }) => result,
      }),
    );
}
