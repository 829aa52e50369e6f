import { describe, expect, test } from 'vitest';
import { judged } from './judged.ts';

describe('[rule 6] relations to the end', () => {
  test('the end lies between the lags after the end of the predecessor', () => {
    const told = 'N A1:60\nM A2:30 after=A1!+10..30';
    expect(judged(told, 'N | 07:00 A1\nM | 07:40 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 08:00 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 07:39:59 A2')).toEqual(['A2 PREDECESSOR_NOT_FINISHED A1']);
    expect(judged(told, 'N | 07:00 A1\nM | 08:00:01 A2')).toEqual(['A2 HOLD_TIME_EXCEEDED A1']);
  });

  test('or after the start of its run', () => {
    const told = 'N A1:60 setup=20\nM A2:30 after=^A1!+40';
    expect(judged(told, 'N | 07:00+20 A1\nM | 07:30 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00+20 A1\nM | 07:29 A2')).toEqual(['A2 PREDECESSOR_NOT_FINISHED A1']);
  });
});

describe('[rule 6] transfer batches', () => {
  test('the run begins when the first batch is done, not before', () => {
    const told = 'N A1:60\nM A2:60 after=A1%25';
    expect(judged(told, 'N | 07:00 A1\nM | 07:15 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 07:14:59 A2')).toContain('A2 PREDECESSOR_NOT_FINISHED A1');
  });

  test('a quicker successor still works on the last batch after the end', () => {
    const told = 'N A1:120\nM A2:40 after=A1%25';
    expect(judged(told, 'N | 07:00 A1\nM | 08:30 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 08:29:59 A2')).toEqual(['A2 PREDECESSOR_NOT_FINISHED A1']);
  });

  test('all of it in one batch is no overlap', () => {
    const told = 'N A1:60\nM A2:60 after=A1%100';
    expect(judged(told, 'N | 07:00 A1\nM | 08:00 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 07:59 A2')).not.toEqual([]);
  });

  test('the lag is the way that every batch takes', () => {
    const told = 'N A1:120\nM A2:40 after=A1%25+10';
    expect(judged(told, 'N | 07:00 A1\nM | 08:40 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 08:39 A2')).toEqual(['A2 PREDECESSOR_NOT_FINISHED A1']);
  });

  test('only open time makes batches', () => {
    const told = 'calendar day 06:00-08:00\nunit N open=day\nN A1:120 pause\nM A2:180 after=A1%75';
    expect(judged(told, 'N | 07:00 A1\nM | Tue06:30 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | Tue06:29 A2')).toEqual(['A2 PREDECESSOR_NOT_FINISHED A1']);
  });
});

describe('[rule 6] storage', () => {
  const told = `
    zone Z holds=10
    M A1:60
    N B1:60
    M A2:60 after=A1@Z*6
    N B2:60 after=B1@Z*5`;

  test('what waits together fits', () => {
    expect(judged(told, 'M | 07:00 A1 | 09:00 A2\nN | 08:00 B1 | 10:00 B2')).toEqual([]);
    expect(judged(told, 'M | 07:00 A1 | 09:01 A2\nN | 08:00 B1 | 10:00 B2')).toEqual(['B2 STORAGE_FULL Z']);
  });

  test('what does not wait takes no room', () => {
    expect(judged(told, 'M | 07:00 A1 | 09:01 A2\nN | 08:00 B1 | 09:00 B2')).toEqual([]);
  });

  test('a zone without a limit holds everything', () => {
    const endless = told.replace(' holds=10', '');
    expect(judged(endless, 'M | 07:00 A1 | 12:00 A2\nN | 08:00 B1 | 12:00 B2')).toEqual([]);
  });
});
