import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { importFiles } from '#electron/app/import-files.ts';
import { done, planner, temporaryStation } from '#test/support/temporary-station.ts';

/** Five messages of a French MES vendor, beside the checkout if anywhere. */
const EXAMPLES = join(process.cwd(), '..', 'shared', 'b2mml', 'V0401', 'courbon-examples.zip');
const absent = !existsSync(EXAMPLES);
const why = absent ? ' (skipped: ../shared/b2mml/V0401 is not beside the checkout)' : '';

const KINDS = ['MAT', 'LOT', 'INV', 'PRO', 'PES'];
const messages = () =>
  Object.entries(unzipSync(readFileSync(EXAMPLES)))
    .filter(([name]) => name.endsWith('.xml'))
    .map(([name, bytes]) => ({ name, text: strFromU8(bytes) }))
    .sort((a, b) => KINDS.indexOf(a.name.slice(0, 3)) - KINDS.indexOf(b.name.slice(0, 3)));

test.skipIf(absent)(
  `a real vendor's V0401 messages go in one after another, each assumption told${why}`,
  async () => {
    const shop = await temporaryStation('2012-12-10T06:00:00Z');
    const take = (name: string, text: string) =>
      importFiles(shop.station, { files: [{ name, text }], dryRun: false }, planner());
    // What this vendor leaves to others: the routing of the order's product, and the boxes it is weighed in.
    done(await take('equipment.csv', 'id,name\nBOX1,Weighing box\n'));
    done(await take('materials.csv', 'id,uom\nSO1215,kg\n'));
    done(await take('steps.csv', 'routing,step,equipment,run\nSO1215,weigh,BOX1,30\n'));

    const warnings: Record<string, string[]> = {};
    for (const { name, text } of messages()) {
      const report = done(await take(name, text));
      expect(report.refusals).toEqual([]);
      warnings[name.slice(0, 3)] = report.warnings.map(({ field }) => field);
    }
    expect(warnings).toEqual({
      MAT: [],
      LOT: ['MaterialLot', 'MaterialDefinitionID'],
      INV: ['MaterialSubLot', 'MaterialDefinitionID'],
      PRO: ['OperationsDefinitionID', 'EndTime'],
      PES: ['releaseID', 'MaterialActual', 'SegmentResponse'],
    });
    const { materials, lots, orders } = shop.station.workspace.plant;
    expect(materials).toContainEqual({ id: 'CRBN0001', name: 'Product Courbon0001', uom: 'kg' });
    expect(lots).toEqual([
      {
        id: 'CRBN0001_LOT01',
        material: 'CRBN0001',
        quantity: 24.91,
        disposition: 'Restricted',
        expires: Date.parse('2013-12-08T00:00:00Z') / 1000,
      },
    ]);
    expect(orders).toMatchObject([
      { id: '258456', product: 'SO1215', quantity: 1, uom: 'kg', routing: 'SO1215' },
    ]);
    await shop.remove();
  },
);
