/* What a line page speaks to the station with, as one bundle: every page of a load has a copy, as every screen has. */
export { identify, pair, readLine, reportId, watchLine } from '#renderer/kiosk/line-client.ts';
export { report, useOutbox } from '#renderer/kiosk/outbox.ts';
