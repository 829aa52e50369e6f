import { HOUR } from '#shared/time/instant.ts';
import { addDays, instantFromLocal, type LocalDate } from '#shared/time/zone.ts';
import { ZONE, type RawPlant } from './hall.ts';

const WEEKDAYS = [1, 2, 3, 4, 5];
const EARLY = { name: 'Early', days: WEEKDAYS, from: '06:00', to: '14:00', breaks: [] };
const LATE = { name: 'Late', days: WEEKDAYS, from: '14:00', to: '22:00', breaks: [] };
const NIGHT = { name: 'Night', days: WEEKDAYS, from: '22:00', to: '06:00', breaks: [] };

/** The shifts of people and the opening times of units. The laboratory closes once for work on its air handling. */
export function calendarsFrom(start: LocalDate): RawPlant['calendars'] {
  const closing = instantFromLocal(ZONE, addDays(start, 3), '18:00');
  const calendar = (id: string, name: string, shifts: RawPlant['calendars'][number]['shifts']) => ({
    id,
    name,
    zone: ZONE,
    shifts,
    entries: [],
  });
  return [
    calendar('THREE-SHIFT', 'Monday to Friday, three shifts', [EARLY, LATE, NIGHT]),
    calendar('TWO-SHIFT', 'Monday to Friday, early and late', [EARLY, LATE]),
    {
      ...calendar('LAB', 'QC laboratory, early and late', [EARLY, LATE]),
      entries: [
        {
          type: 'MAINTENANCE',
          interval: { start: closing, end: closing + 4 * HOUR },
          reason: 'Air handling of the laboratory',
        },
      ],
    },
    calendar('EARLY', 'Early shift', [EARLY]),
    calendar('LATE', 'Late shift', [LATE]),
    calendar('NIGHT', 'Night shift', [NIGHT]),
  ];
}
