import { expect, test } from 'vitest';
import { planner, temporaryStation } from '#test/support/temporary-station.ts';
import { OPENS, SMALL_PLANT, ordersCsv, withVerbs } from '#test/support/small-shop.ts';

test('a row says the production line that its unit belongs to, and the area of that line', async () => {
  const shop = withVerbs(await temporaryStation(OPENS, { stands: true }));
  await shop.take({
    ...SMALL_PLANT,
    'equipment.csv': [
      'id,name,level,parent',
      'SITE,Rhein,Site,',
      'SOL,Solids,Area,SITE',
      'L1,Line 1,ProductionLine,SOL',
      'M1,Mixer 1,WorkUnit,L1',
      'M2,Mixer 2,WorkUnit,SOL',
      'P1,Packer,WorkUnit,',
    ].join('\n'),
    'orders.csv': ordersCsv('A'),
  });
  const { rows } = await shop.handlers['board.read']({}, planner());
  expect(rows.map(({ name, area, group }) => [name, area, group])).toEqual([
    ['Mixer 1', 'Solids', 'Line 1'],
    ['Mixer 2', null, 'Solids'],
    ['Packer', null, 'Plant'],
  ]);
  await shop.remove();
});
