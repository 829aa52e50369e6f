import { describe, expect, test } from 'vitest';
import { judged } from './judged.ts';

describe('[rule 4] people who stay', () => {
  const two = 'person anna press\nperson ben press\nM A1:60 people=2*press';

  test('as many as needed, over the whole of the need', () => {
    expect(judged(two, 'M | 07:00 A1 anna ben')).toEqual([]);
    expect(judged(two, 'M | 07:00 A1 anna')).toEqual(['A1 NO_PERSON_FREE press']);
    expect(judged(two, 'M | 07:00 A1 anna ben@07:00-07:59')).toEqual(['A1 NO_PERSON_FREE press']);
    expect(judged(two, 'M | 07:00 A1 anna anna')).toEqual(['A1 NO_PERSON_FREE A1']);
  });

  test('a need during the setup ends with it, one during the run begins with it', () => {
    const told = 'person anna fit press\nM A1:60 setup=30 people=fit@setup people=press@run';
    expect(judged(told, 'M | 07:00+30 A1 anna anna')).toEqual([]);
    expect(judged(told, 'M | 07:00+30 A1 anna@07:00-07:29 anna')).toEqual(['A1 NO_PERSON_FREE fit']);
  });

  test('an empty setup needs nobody', () => {
    expect(judged('person anna fit\nM A1:60 people=fit@setup', 'M | 07:00 A1')).toEqual([]);
  });

  test('a stint lies in the open time of the person and within the task', () => {
    const told = 'calendar early 06:00-14:00\nperson anna open=early press\nM A1:60 people=press';
    expect(judged(told, 'M | 13:00 A1 anna')).toEqual([]);
    expect(judged(told, 'M | 13:01 A1 anna')).toEqual(['A1 NO_PERSON_FREE anna']);
    expect(judged(told, 'M | 12:00 A1 anna@12:00-13:01')).toContain('A1 NO_PERSON_FREE anna');
  });

  test('a stint takes time', () => {
    const told = 'person anna press\nperson ben press\nM A1:60 people=press+handover';
    expect(judged(told, 'M | 07:00 A1 anna ben@07:30-07:30')).toEqual(['A1 NO_PERSON_FREE ben']);
  });

  test('nobody is in two stints at once', () => {
    const told = 'person anna press\nM A1:60 people=press\nN B1:60 people=press';
    expect(judged(told, 'M | 07:00 A1 anna\nN | 08:00 B1 anna')).toEqual([]);
    expect(judged(told, 'M | 07:00 A1 anna\nN | 07:59 B1 anna')).toEqual(['B1 NO_PERSON_FREE A1']);
  });

  test('a stint without a need, and one of somebody unknown', () => {
    expect(
      judged('person anna press\nM A1:60', 'M | 07:00 A1', (_, { assignments: [place] }) => {
        if (place) place.people = [{ person: 'anna' as never, need: 0, start: place.start, end: place.end }];
      }),
    ).toEqual(['A1 NO_PERSON_FREE anna']);
    expect(judged('M A1:60 people=press', 'M | 07:00 A1 zoe')).toEqual(['A1 QUAL_MISSING zoe']);
  });
});

describe('[rule 4] qualification', () => {
  const told = (proof: string): string => `person anna ${proof}\nM A1:60 people=press`;

  test('it expires after the end, not with it', () => {
    expect(judged(told('press=08:00:01'), 'M | 07:00 A1 anna')).toEqual([]);
    expect(judged(told('press=08:00'), 'M | 07:00 A1 anna')).toEqual(['A1 QUAL_EXPIRED anna']);
  });

  test('the latest result decides, and there must be one', () => {
    expect(judged(told('press'), 'M | 07:00 A1 anna')).toEqual([]);
    expect(judged(told('press press=failed'), 'M | 07:00 A1 anna')).toEqual(['A1 QUAL_MISSING anna']);
    expect(judged(told('pack'), 'M | 07:00 A1 anna')).toEqual(['A1 QUAL_MISSING anna']);
  });
});

describe('[rule 4] tasks that pause', () => {
  const night = `
    calendar day 06:00-14:00
    unit M open=day
    person anna open=day press
    M A1:120 pause people=press
    N B1:60 people=press`;

  test('presence is needed in the open parts only', () => {
    expect(judged(night, 'M | 13:00 A1 anna\nunplaced | B1 UNIT_CLOSED')).toEqual([]);
  });

  test('but the person is in no other stint meanwhile', () => {
    expect(judged(`${night}\nperson ben press`, 'M | 13:00 A1 ben\nN | 20:00 B1 ben')).toEqual([
      'B1 NO_PERSON_FREE A1',
    ]);
  });

  test('from the first to the last open instant is long enough', () => {
    const told = `calendar day 06:00-14:00\nunit M open=day\nperson anna fit\nM A1:60 pause setup=60 people=fit@setup`;
    expect(judged(told, 'M | 13:00+60 A1 anna@13:00-14:00')).toEqual([]);
    expect(judged(told, 'M | 13:00+60 A1 anna@13:00-13:59')).toEqual(['A1 NO_PERSON_FREE fit']);
  });
});

describe('[rule 4] handover', () => {
  const relay = `
    calendar early 06:00-14:00
    calendar late 14:00-22:00
    person anna open=early press
    person ben open=late press
    person carl press
    M A1:120 people=press+handover`;

  test('colleagues relieve each other without gap', () => {
    expect(judged(relay, 'M | 13:00 A1 anna@13:00-14:00 ben@14:00-15:00')).toEqual([]);
    expect(judged(relay, 'M | 13:00 A1 anna@13:00-13:50 ben@14:00-15:00')).toEqual([
      'A1 NO_PERSON_FREE press',
    ]);
    expect(judged(relay, 'M | 13:00 A1 anna@13:00-14:00')).toEqual(['A1 NO_PERSON_FREE press']);
  });

  test('exactly as many as needed are there', () => {
    expect(judged(relay, 'M | 13:00 A1 anna@13:00-14:00 ben@14:00-15:00 carl@14:30-15:00')).toEqual([
      'A1 NO_PERSON_FREE press',
    ]);
  });

  test('each is there and qualified for the part', () => {
    expect(judged(relay, 'M | 13:00 A1 anna@13:00-14:10 ben@14:10-15:00')).toEqual([
      'A1 NO_PERSON_FREE anna',
    ]);
    const expiring = 'person anna press=07:30\nperson ben press\nM A1:60 people=press+handover';
    expect(judged(expiring, 'M | 07:00 A1 anna@07:00-07:29 ben@07:29-08:00')).toEqual([]);
    expect(judged(expiring, 'M | 07:00 A1 anna@07:00-07:30 ben@07:30-08:00')).toEqual([
      'A1 QUAL_EXPIRED anna',
    ]);
  });

  test('over closed time of the unit nobody is needed', () => {
    const told = `
      calendar day 06:00-14:00
      unit M open=day
      person anna open=day press
      M A1:120 pause people=press+handover`;
    expect(judged(told, 'M | 13:00 A1 anna@13:00-14:00 anna@Tue06:00-Tue07:00')).toEqual([]);
    expect(judged(told, 'M | 13:00 A1 anna@13:00-14:00 anna@Tue06:01-Tue07:00')).toEqual([
      'A1 NO_PERSON_FREE press',
    ]);
  });
});
