import type { Instant } from './instant.ts';
import type { Zone } from './zone.ts';

const formatters = new Map<Zone, Intl.DateTimeFormat>();

/** A wall-clock time in words a planner reads: `Tue 24 Nov 16:00`. */
export function formatLocal(zone: Zone, at: Instant): string {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, formatter);
  }
  const parts = new Map(formatter.formatToParts(at * 1000).map((part) => [part.type, part.value]));
  return `${parts.get('weekday')} ${parts.get('day')} ${parts.get('month')} ${parts.get('hour')}:${parts.get('minute')}`;
}

/** A length of time in words: `45 s`, `20 min`, `2 h`, `2 h 05 min`, `3 d 4 h`. */
export function formatSpan(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours === 0) return `${rest} min`;
  return rest > 0 ? `${hours} h ${String(rest).padStart(2, '0')} min` : `${hours} h`;
}
