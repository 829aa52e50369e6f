import type { RecordKind } from '#shared/domain/plant.ts';
import type { SourcedChange } from '#electron/erp/decoded.ts';
import { type Row, linkIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, warn } from '#electron/erp/scope.ts';
import { idOf } from './scope.ts';

export const CENTRE_FIELDS = ['rec_name', 'parent', 'category', 'company', 'warehouse'];
export const COMPANY_FIELDS = ['rec_name', 'timezone'];

const DAILY = { name: 'Open', days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00', breaks: [] };

/**
 * Work centres are the work units, companies the sites. Tryton knows no working times: each company gets a calendar that
 * is open around the clock. Only what Tryton knows is told of them, so that working times that come by file stay.
 */
export function decodeUnits(
  scope: Scope,
  centres: readonly Row[],
  companies: readonly Row[],
): SourcedChange[] {
  const changes: SourcedChange[] = [];
  const tell = (
    kind: RecordKind,
    model: string,
    line: number,
    id: string,
    fields: object,
    defaults: object,
  ) => void changes.push({ kind, id, fields: { id, ...fields }, defaults, file: model, line });
  for (const company of companies) {
    const [id, name] = [idOf(scope, 'C', company.id), textIn(company, 'rec_name') ?? ''];
    const place = { model: 'company.company', id: company.id };
    warn(
      scope,
      place,
      'calendar',
      `Tryton knows no working times: the work centres of ${name} are open around the clock until a file brings the calendar ${id}.`,
    );
    const zone = textIn(company, 'timezone') ?? 'UTC';
    tell('calendars', place.model, company.id, id, { name }, { zone, shifts: [DAILY], entries: [] });
    tell('equipment', place.model, company.id, id, { name }, { level: 'Site', classes: [], tests: [] });
  }
  for (const centre of centres) {
    const company = linkIn(centre, 'company');
    const site = company === undefined ? {} : { parent: idOf(scope, 'C', company) };
    tell(
      'equipment',
      'production.work.center',
      centre.id,
      idOf(scope, 'WC', centre.id),
      { name: textIn(centre, 'rec_name') ?? '', ...site },
      {
        level: 'WorkCell',
        classes: [],
        tests: [],
        ...(company !== undefined && { calendar: idOf(scope, 'C', company) }),
      },
    );
  }
  return changes;
}

/**
 * Where a work may be carried out: the centre where it stands, and as Tryton picks one, those of its operation's category
 * below the centre of the production.
 */
export function centresFor(
  here: number | undefined,
  category: number | undefined,
  hall: number | undefined,
  centres: ReadonlyMap<number, Row>,
): readonly number[] {
  const isBelow = (id: number | undefined): boolean =>
    id !== undefined && (id === hall || isBelow(linkIn(centres.get(id) ?? { id }, 'parent')));
  const isAlike = (centre: Row): boolean =>
    category !== undefined &&
    linkIn(centre, 'category') === category &&
    (hall === undefined || isBelow(centre.id));
  return [...centres.values()].filter((centre) => centre.id === here || isAlike(centre)).map(({ id }) => id);
}
