import { randomUUID } from 'node:crypto';
import type { Values } from '#electron/erp/rows.ts';
import { type TrytonClient, connectTryton } from '#electron/erp/tryton/client.ts';
import { trytonConnector } from '#electron/erp/tryton/connector.ts';
import { must } from '#shared/base/must.ts';

/** Where `npm run test:erp` has started a Tryton; undefined where there is none and its tests are skipped. */
export const TRYTON_ADDRESS = process.env['TRYTON_ADDRESS'];

export const trytonAccess = (secret = 'admin-erp-1') => ({
  address: TRYTON_ADDRESS ?? '',
  database: 'prod',
  user: 'admin',
  secret,
});

export const realConnector = (secret?: string) => trytonConnector('tryton', trytonAccess(secret), Date.now);

/** A login in a company: the empty database gets one first. */
export async function realTryton(): Promise<TrytonClient> {
  const tryton = await connectTryton(trytonAccess());
  if ((await tryton.ids('company.company', [])).length > 0) return tryton;
  const party = await tryton.create('party.party', { name: 'Stools & Sons' });
  const currency = await tryton.create('currency.currency', { name: 'Euro', code: 'EUR', symbol: '€' });
  // Tryton takes nothing that is done tomorrow: the company is where today goes on for hours yet.
  const timezone = new Date().getUTCHours() < 12 ? 'Europe/Berlin' : 'America/Los_Angeles';
  const company = await tryton.create('company.company', { party, currency, timezone });
  await tryton.call('res.user', 'write', [1], { companies: [['add', [company]]], company });
  return connectTryton(trytonAccess());
}

/** What a user of these groups of Tryton's can reach, in the company that is there. */
export async function connectorOfGroups(tryton: TrytonClient, ...names: readonly string[]) {
  const [user, secret] = [`planner ${randomUUID()}`, 'xk7-Orbit-92-lamp']; // no letter too often, or it is refused
  const ask = ['res.group', 'search_read', [['name', 'in', names]], 0, null, null, ['name']] as const;
  const groups = ((await tryton.call(...ask)) as { id: number }[]).map(({ id }) => id);
  const companies = await tryton.ids('company.company', []);
  await tryton.create('res.user', {
    name: user,
    login: user,
    password: secret,
    companies: [['add', companies]],
    company: companies[0],
    groups: [['add', groups]],
  });
  return trytonConnector('tryton', { ...trytonAccess(secret), user }, Date.now);
}

/** A plant that turns stools out of wood and paints them: two lathes, one booth, a bill of materials and a routing. */
export interface StoolPlant {
  readonly tryton: TrytonClient;
  readonly hall: number;
  readonly lathes: readonly [number, number];
  readonly booth: number;
  readonly stool: number;
  readonly wood: number;
  /** Turning and painting. */
  readonly operations: readonly [number, number];
  /** A production of so many stools that waits to be carried out, with its two works. */
  readonly order: (quantity: number, more?: Values) => Promise<StoolOrder>;
  /** Puts so much wood into the store. */
  readonly deliver: (quantity: number, more?: Values) => Promise<void>;
}

export interface StoolOrder {
  readonly id: number;
  readonly works: readonly [number, number];
}

/** So much wood goes into a stool. */
export const WOOD_PER_STOOL = 3;

export async function stoolPlant(): Promise<StoolPlant> {
  const tryton = await realTryton();
  const { create } = tryton;
  const one = async (model: string, domain: readonly unknown[]): Promise<number> =>
    must((await tryton.ids(model, domain))[0], model);
  const place = (type: string) => one('stock.location', [['type', '=', type]]);
  const warehouse = await place('warehouse');
  const [storage, found, production] = [
    await place('storage'),
    await place('lost_found'),
    await place('production'),
  ];
  const unit = await one('product.uom', [['symbol', '=', 'u']]);
  const [company] = await tryton.read('company.company', [], ['currency']);
  const currency = company?.['currency'];
  const [turning, painting] = [
    await create('production.work.center.category', { name: 'Turning' }),
    await create('production.work.center.category', { name: 'Painting' }),
  ];
  const hall = await create('production.work.center', { name: 'Hall', warehouse });
  const centre = (name: string, category: number) =>
    create('production.work.center', { name, category, parent: hall, warehouse });
  const lathes = [await centre('Lathe 1', turning), await centre('Lathe 2', turning)] as const;
  const booth = await centre('Booth', painting);
  const product = async (name: string, producible: boolean): Promise<number> => {
    const price = { list_price: decimal(10), type: 'goods', default_uom: unit };
    const products = [['create', [{}]]];
    const template = await create('product.template', { name, producible, products, ...price });
    return one('product.product', [['template', '=', template]]);
  };
  const [stool, wood] = [await product('Stool', true), await product('Wood', false)];
  const bom = await create('production.bom', {
    name: 'Stool',
    inputs: [['create', [{ product: wood, quantity: WOOD_PER_STOOL, uom: unit }]]],
    outputs: [['create', [{ product: stool, quantity: 1, uom: unit }]]],
  });
  const operations = [
    await create('production.routing.operation', { name: 'Turn', work_center_category: turning }),
    await create('production.routing.operation', { name: 'Paint', work_center_category: painting }),
  ] as const;
  const routing = await create('production.routing', {
    name: 'Stool',
    boms: [['add', [bom]]],
    steps: [['create', operations.map((operation, index) => ({ operation, sequence: 10 * index }))]],
  });
  await tryton.write('product.product', stool, { boms: [['create', [{ bom, routing }]]] });
  const move = (of: number, quantity: number, from: number, to: number): Values => ({
    product: of,
    quantity,
    uom: unit,
    from_location: from,
    to_location: to,
    unit_price: decimal(0),
    currency,
  });
  const order: StoolPlant['order'] = async (quantity, more = {}) => {
    const id = await create('production', {
      product: stool,
      quantity,
      uom: unit,
      bom,
      routing,
      work_center: hall,
      warehouse,
      location: production,
      inputs: [['create', [move(wood, WOOD_PER_STOOL * quantity, storage, production)]]],
      outputs: [['create', [move(stool, quantity, production, storage)]]],
      ...more,
    });
    await tryton.press('production', 'wait', id);
    const [first, second] = await tryton.ids('production.work', [['production', '=', id]]);
    return { id, works: [must(first, 'Turning'), must(second, 'Painting')] };
  };
  const deliver: StoolPlant['deliver'] = async (quantity, more = {}) => {
    const moved = await create('stock.move', { ...move(wood, quantity, found, storage), ...more });
    await tryton.press('stock.move', 'do', moved);
  };
  return { tryton, hall, lathes, booth, stool, wood, operations, order, deliver };
}

const decimal = (amount: number): object => ({ __class__: 'Decimal', decimal: String(amount) });
