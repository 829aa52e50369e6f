import { ExecutionEvent } from '#shared/domain/execution.ts';
import { at } from '#test/factory/clock.ts';

/**
 * Events of one unit M1 in text, one per line, in the order in which they were recorded:
 * `06:25 started A1 good=10 id=report-7`. Words: reason=, good=, scrap=, rework=, id=, unit=.
 */
export function reports(text: string): ExecutionEvent[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, k) => {
      const [time = '', kind, ...words] = line.trim().split(/\s+/);
      const fields = Object.fromEntries(
        words.filter((word) => word.includes('=')).map((word) => word.split('=')),
      );
      const task = words.find((word) => !word.includes('='));
      return ExecutionEvent.parse({
        id: fields['id'] ?? `report-${k}`,
        kind,
        unit: fields['unit'] ?? 'M1',
        ...(task ? { task } : {}),
        at: at(time),
        ...(fields['reason'] ? { reason: fields['reason'] } : {}),
        ...(fields['good'] ? { good: Number(fields['good']) } : {}),
        ...(fields['scrap'] ? { scrap: Number(fields['scrap']) } : {}),
        ...(fields['rework'] ? { rework: Number(fields['rework']) } : {}),
        seq: k + 1,
        recorded: at(time),
        origin: 'log',
        state: 'NO_ORDER',
        deviations: [],
      });
    });
}
