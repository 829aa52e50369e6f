import { describe, expect, test } from 'vitest';
import type { Equipment } from '#shared/domain/equipment.ts';
import type { TestResult } from '#shared/domain/test-result.ts';
import { DAY, HOUR } from '#shared/time/instant.ts';
import { MONDAY, at } from '#test/factory/clock.ts';
import { calibration, instrument, planOf, result, unit } from './small-plant.ts';

const bench = unit('BENCH', 'bench');
const renewals = (results: TestResult[], equipment: Equipment[] = [instrument('BAL1', 'cal'), bench]) =>
  planOf({ equipment, testSpecs: [calibration()], testResults: results });

describe('renewals of calibrations', () => {
  test('a test that expires inside the horizon is renewed in its lead time, on a unit of the class, by a qualified person', () => {
    const { tasks, refused } = renewals([result('BAL1', at('Fri12:00'))]);
    expect(refused).toEqual([]);
    expect(tasks).toMatchObject([
      {
        id: 'CAL-BAL1-cal-2026-11-27/renewal',
        order: 'CAL-BAL1-cal-2026-11-27',
        domain: 'quality',
        release: at('Tue12:00'),
        due: at('Fri12:00'),
        deadline: at('Fri12:00'),
        modes: [{ unit: 'BENCH', run: 2 * HOUR }],
        people: [{ qualification: 'metrology', count: 1 }],
        renews: { equipment: 'BAL1', test: 'cal', validFor: 30 * DAY },
      },
    ]);
  });

  test('what has expired, failed or was never tested is due now, without a deadline', () => {
    for (const results of [[result('BAL1', at('06:00'))], [result('BAL1', at('Fri12:00'), false)], []]) {
      const [task] = renewals(results).tasks;
      expect(task?.due).toBe(at('07:00'));
      expect(task?.deadline).toBeUndefined();
    }
  });

  test('time that goes by makes no renewal too early that was planned for a minute ago', () => {
    const pasts = [
      [result('BAL1', at('Tue12:00'))],
      [result('BAL1', at('06:00'))],
      [result('BAL1', at('Fri12:00'), false)],
      [],
    ];
    for (const testResults of pasts) {
      const [early, later] = [at('07:00'), at('07:01')].map(
        (now) =>
          planOf(
            { equipment: [instrument('BAL1', 'cal'), bench], testSpecs: [calibration()], testResults },
            { now },
          ).tasks[0],
      );
      expect(early?.release).toBeLessThanOrEqual(at('07:00'));
      expect(later?.release).toBe(early?.release);
    }
  });

  test('what cannot be renewed in time any more is late, not impossible', () => {
    const [task] = renewals([result('BAL1', at('08:00'))]).tasks;
    expect(task?.due).toBe(at('08:00'));
    expect(task?.deadline).toBeUndefined();
  });

  test('a test that lasts beyond the horizon, or for ever, is left alone', () => {
    expect(renewals([result('BAL1', MONDAY + 14 * DAY + 1)]).tasks).toEqual([]);
    expect(renewals([result('BAL1', MONDAY + 14 * DAY)]).tasks).toHaveLength(1);
    expect(renewals([result('BAL1', undefined)]).tasks).toEqual([]);
  });

  test('the next renewal of the same test is another task', () => {
    const ids = [at('Fri12:00'), at('Sat12:00')].map(
      (expires) => renewals([result('BAL1', expires)]).tasks[0]?.id,
    );
    expect(new Set(ids).size).toBe(2);
  });

  test('a work unit of the class is tested where it stands', () => {
    const press = { ...unit('P1', 'press', 'bench'), tests: [calibration().id] };
    const { tasks } = renewals([result('P1', at('Fri12:00'))], [press, bench]);
    expect(tasks[0]?.modes.map((mode) => mode.unit)).toEqual(['P1']);
  });

  test('without a unit of the class the renewal is refused with both names', () => {
    const { tasks, refused } = renewals([result('BAL1', at('Fri12:00'))], [instrument('BAL1', 'cal')]);
    expect(tasks).toEqual([]);
    expect(refused[0]?.refusal).toMatchObject({ code: 'WRONG_UNIT', object: 'BAL1' });
    expect(refused[0]?.refusal.text).toContain('bench');
  });
});
