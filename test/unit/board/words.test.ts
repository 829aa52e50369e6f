import { describe, expect, test } from 'vitest';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { OrderId } from '#shared/domain/order.ts';
import { RefusalCode } from '#shared/domain/refusal.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { instantFromLocal } from '#shared/time/zone.ts';
import { formatsOf } from '#renderer/ui/format.ts';
import { elided, elidedName, glyphsOf } from '#renderer/board/glyphs.ts';
import { refusalText } from '#renderer/board/refusal-text.ts';
import { verdictLine } from '#renderer/board/verdict-text.ts';

const start = instantFromLocal('Europe/Berlin', '2026-11-24', '06:40');
const aim = { order: OrderId.parse('WO-1051'), start };
const line = (verdict: Parameters<typeof verdictLine>[0]) =>
  verdictLine(verdict, aim, formatsOf('Europe/Berlin'), () => 'Press 2');

describe('[U1] the line at the pointer', () => {
  test('says when and what it costs', () => {
    const cost = { setup: 40 * MINUTE, setupChange: 25 * MINUTE, moves: 3, late: 2 * HOUR, lateOrders: 1 };
    expect(line({ ok: true, start, end: start + HOUR, ...cost })).toBe(
      'Tue 24 06:40 · setup +25 min · 3 tasks move · WO-1051 late +2 h · late orders +1',
    );
  });

  test('leaves out what costs nothing, and says when an order gets better', () => {
    const free = {
      ok: true,
      start,
      end: start + HOUR,
      setup: 0,
      setupChange: 0,
      moves: 0,
      lateOrders: 0,
    } as const;
    expect(line({ ...free, late: 0 })).toBe('Tue 24 06:40');
    expect(line({ ...free, setupChange: -600, late: 0 })).toBe('Tue 24 06:40 · setup −10 min');
    expect(line({ ...free, moves: 1, late: -90 * MINUTE })).toBe(
      'Tue 24 06:40 · 1 task moves · WO-1051 late −1.5 h',
    );
  });

  test('[U2] a refusal has its reason and the nearest slot with its key', () => {
    const refusal = {
      code: 'UNIT_CLOSED',
      object: 'Press 2',
      text: 'Press 2 is closed from 22:00.',
    } as const;
    const unit = EquipmentId.parse('P2');
    expect(line({ ok: false, refusal, nearest: { unit, start: start + 80 * MINUTE } })).toBe(
      'Tue 24 06:40 · Press 2 is closed from 22:00. · nearest Tue 24 08:00 on Press 2 (T)',
    );
    expect(line({ ok: false, refusal, nearest: null })).toBe('Tue 24 06:40 · Press 2 is closed from 22:00.');
  });

  test('an answer still awaited is no silence', () => {
    expect(line(null)).toBe('Tue 24 06:40 · Checking …');
  });
});

test('[U2] every refusal code has words of its own for the head of a row, at most three', () => {
  const words = RefusalCode.options.map((code) => refusalText[code]);
  for (const text of words) expect(text.split(' ').length).toBeLessThanOrEqual(3);
  expect(new Set(words).size).toBe(words.length);
});

describe('labels', () => {
  const glyphs = glyphsOf('12px x', (text) => text.length * 7);

  test('are measured letter by letter and cut where an ellipsis still fits', () => {
    expect(glyphs.widthOf('WO-1051')).toBe(49);
    expect(glyphs.lettersIn('WO-1051 · Press', 105)).toBe(15);
    expect(glyphs.lettersIn('WO-1051 · Press', 104)).toBe(13);
  });

  test('keep the tail of an order number where the whole does not fit: that is where orders differ', () => {
    const label = 'WO-1051 · Press';
    expect(elided(label, 15, 7)).toBe(label);
    expect(elided(label, 13, 7)).toBe('WO-1051 · Pre…');
    expect(elided(label, 8, 7)).toBe('WO-1051');
    expect(elided(label, 4, 7)).toBe('1051');
    expect(elided('PO-100034 · Press', 3, 9)).toBe('…034');
    expect(elided(label, 2, 7)).toBe('');
    expect(elided('CAL-BAL-02-2026-11-27 · Calibrate', 10, 21)).toBe('CAL-BAL-02…');
    expect(elidedName('Tablet press 12', 15)).toBe('Tablet press 12');
    expect(elidedName('Tablet press 12', 9)).toBe('Tablet… 12');
    expect(elidedName('Tablet press 12', 5)).toBe('Tab');
    expect(elidedName('Fluid-bed granulator and dryer', 9)).toBe('Fluid-bed…');
  });
});
