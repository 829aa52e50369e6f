/**
 * Gives every caller a turn of the event loop of its own, in the order of asking. A turn takes in one new connection and
 * whatever has come over the others: where fifty lists are made in one turn, a report waits until the next, and behind a new
 * connection as many turns as there are others.
 */
export function ownTurns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => (last = last.then(() => new Promise((begin) => setImmediate(begin))));
}
