import { type Connection, connect } from './connection.ts';

/** Work on the database as it is now, however much is written meanwhile. */
export async function onSnapshot<Value>(
  file: string,
  work: (connection: Connection) => Promise<Value>,
): Promise<Value> {
  const connection = connect(file, { readonly: true });
  try {
    // The first read after BEGIN fixes what this connection sees until it is closed.
    connection.sqlite.exec('BEGIN');
    connection.sqlite.prepare('SELECT 1 FROM sqlite_schema').get();
    return await work(connection);
  } finally {
    connection.sqlite.close();
  }
}
