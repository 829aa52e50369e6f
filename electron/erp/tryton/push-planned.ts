import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { localDateOf } from '#shared/time/zone.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { textIn } from '#electron/erp/rows.ts';
import { notKept, writeWhatDiffers } from '#electron/erp/stored.ts';
import type { TrytonClient } from './client.ts';
import { rememberDue } from './notes.ts';
import { trytonDate } from './values.ts';
import { centreOf, workOf } from './work.ts';

/**
 * Where a work stands. Tryton plans a production by days and its works not at all: the first work's start and the last
 * one's end are the production's dates, of those between only the work centre is told.
 */
export async function pushPlanned(
  client: TrytonClient,
  name: string,
  { step, unit, start, end }: Extract<Outbound, { kind: 'planned' }>,
): Promise<readonly NotKept[]> {
  const { work, production, works } = await workOf(client, step);
  const state = textIn(work, 'state') ?? '';
  if (['finished', 'done'].includes(state))
    throw new ErpFailure(`Work ${work.id} is ${state} in Tryton.`, false);
  const centre = { work_center: centreOf(name, unit) };
  const moved = await writeWhatDiffers(client, 'production.work', work.id, centre);
  const [first, last] = [works[0] === work, works.at(-1) === work];
  // Started work stays where it started; its production may have been set going before.
  const startsHere = first && state !== 'running';
  const from = localDateOf(client.zone, start);
  const to = localDateOf(client.zone, end);
  // Where the wanted date cannot be kept, the plan's does not take its place: it would be what the production is due by.
  const mayEnd = last && (await rememberDue(client, production, to));
  const dates = {
    ...(startsHere && { planned_start_date: trytonDate(from) }),
    ...(mayEnd && { planned_date: trytonDate(to) }),
  };
  // An end without a start is refused: this one's counts until the first work is told.
  const whole =
    mayEnd && textIn(production, 'planned_start_date') === undefined
      ? { planned_start_date: trytonDate(from), ...dates }
      : dates;
  return [
    ...moved,
    ...(await writeWhatDiffers(client, 'production', production.id, dates, whole)),
    ...(last && !mayEnd ? [notKept('planned_date', to, production['planned_date'])] : []),
  ];
}
