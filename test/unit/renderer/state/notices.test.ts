import { beforeEach, expect, test, vi } from 'vitest';
import { dismiss, notify, useNotices } from '#renderer/state/notices.ts';

const titles = () => useNotices.getState().notices.map(({ title }) => title);
beforeEach(() => {
  vi.useFakeTimers();
  useNotices.setState({ notices: [] });
  return () => vi.useRealTimers();
});

test('good news goes by itself, a refusal stays until it is dismissed', () => {
  notify('error', 'WO-1043 · Press', 'The press is down.');
  notify('info', 'Published as version 2');
  vi.advanceTimersByTime(60_000);
  expect(titles()).toEqual(['WO-1043 · Press']);
  dismiss(useNotices.getState().notices[0]?.id ?? -1);
  expect(titles()).toEqual([]);
});

test('news replaces older news, and the same refusal is not shown twice', () => {
  notify('info', 'Undone: Move');
  notify('info', 'Done again: Move');
  notify('error', 'Press 3', 'It is down.');
  notify('error', 'Press 3', 'It is down.');
  notify('error', 'Press 3', 'It is closed.');
  expect(titles()).toEqual(['Done again: Move', 'Press 3', 'Press 3']);
});
