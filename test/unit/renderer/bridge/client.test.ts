import { expect, test } from 'vitest';
import type { Message, Request } from '#shared/contract/wire.ts';
import type { ChannelEvents } from '#renderer/bridge/channel.ts';
import { StationError, createClient } from '#renderer/bridge/client.ts';

/** A client over a line that the test opens, cuts and speaks through. */
function line() {
  const sent: Request[] = [];
  const pauses: number[] = [];
  let events: ChannelEvents | undefined;
  let tries = 0;
  let keys = 0;
  let resume: (() => void) | undefined;
  const client = createClient({
    open(heard) {
      tries += 1;
      events = heard;
      return { send: (request) => void sent.push(request), close: () => {} };
    },
    newKey: () => `key-${(keys += 1)}`,
    later(work, millis) {
      pauses.push(millis);
      resume = work;
      return () => (resume = undefined);
    },
  });
  return {
    client,
    sent,
    pauses,
    tries: () => tries,
    open: () => events?.opened(),
    cut: () => events?.broke(),
    hear: (message: Message) => events?.heard(message),
    wait: () => resume?.(),
  };
}

test('a command carries a key of its own, a query none', () => {
  const { client, sent, open } = line();
  open();
  void client.call('solve.cancel', {});
  void client.call('solve.cancel', {});
  void client.call('board.read', {});
  expect(sent.map(({ call, key }) => [call, key])).toEqual([
    ['solve.cancel', 'key-1'],
    ['solve.cancel', 'key-2'],
    ['board.read', undefined],
  ]);
});

test('[R1] a command that was not answered is sent again with the same key, an answered one is not', async () => {
  const { client, sent, open, cut, hear, wait } = line();
  open();
  const answered = client.call('solve.take', {});
  const unanswered = client.call('draft.undo', { expected: 4 });
  hear({ id: 1, reply: { ok: true } });
  await answered;
  cut();
  wait();
  open();
  expect(sent.map(({ call, key }) => `${call} ${key}`)).toEqual([
    'solve.take key-1',
    'draft.undo key-2',
    'draft.undo key-2',
  ]);
  hear({ id: 2, reply: { ok: true, revision: 5 } });
  expect(await unanswered).toEqual({ ok: true, revision: 5 });
});

test('a call made while the line is lost goes out when it is back', () => {
  const { client, sent, open, cut, wait } = line();
  open();
  cut();
  void client.call('station.status', {});
  expect(sent).toEqual([]);
  wait();
  open();
  expect(sent.map(({ call }) => call)).toEqual(['station.status']);
});

test('pauses between tries double up to five seconds and start over after success', () => {
  const { open, cut, wait, pauses } = line();
  for (let k = 0; k < 7; k += 1) {
    cut();
    wait();
  }
  open();
  cut();
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 250]);
});

test('the planner may try at once, and only one try runs', () => {
  const { client, cut, wait, tries } = line();
  cut();
  client.retry();
  wait();
  expect(tries()).toBe(2);
});

test('what the station cannot answer rejects in its own words', async () => {
  const { client, open, hear } = line();
  open();
  const call = client.call('orders.list', {});
  hear({ id: 1, error: 'The disk is full.' });
  await expect(call).rejects.toEqual(new StationError('The disk is full.'));
});

test('facts reach every listener until it stops; the connection is told on change only', () => {
  const { client, open, cut, hear } = line();
  const facts: string[] = [];
  const connections: string[] = [];
  client.onConnection((connection) => connections.push(connection));
  const stop = client.facts((fact) => facts.push(fact.kind));
  open();
  hear({ fact: { kind: 'proposal.closed' } });
  stop();
  hear({ fact: { kind: 'board.replaced', revision: 2 } });
  cut();
  cut();
  expect(facts).toEqual(['proposal.closed']);
  expect(connections).toEqual(['open', 'lost']);
});
