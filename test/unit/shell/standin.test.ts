import { expect, test } from 'vitest';
import { wire } from '#test/standin/wire.ts';
import * as electron from '#test/standin/electron.ts';

const { encode, decode } = wire();

test('the stand-in throws, with the name, on what it does not know', () => {
  const ask = (object: object, name: string) => () => Reflect.get(object, name) as unknown;
  expect(ask(electron.app, 'relaunch')).toThrow('does not know app.relaunch');
  expect(ask(electron.session, 'fromPartition')).toThrow('does not know session.fromPartition');
  expect(ask(electron.protocol, 'registerFileProtocol')).toThrow(
    'does not know protocol.registerFileProtocol',
  );
  expect(ask(electron.BrowserWindow, 'fromId')).toThrow('does not know BrowserWindow.fromId');
  expect(ask(new electron.BrowserWindow({}), 'setMenu')).toThrow('does not know BrowserWindow.setMenu');
});

test('the wire behaves as structured clone', () => {
  const value = {
    date: new Date(Date.UTC(2026, 10, 21)),
    map: new Map([['a', new Set([1, -0, Number.NaN])]]),
    bytes: Uint8Array.of(1, 255),
    big: 2n ** 64n,
    missing: undefined,
    list: [null, 'text', { deep: true }],
  };
  expect(decode(encode(value))).toEqual(value);
  expect(() => encode(() => undefined)).toThrow('could not be cloned');
  expect(() => encode({ symbol: Symbol('x') })).toThrow('could not be cloned');
});
