import { testSpecNode } from '#electron/demo/b2mml.ts';
import { transactionText } from '#electron/erp/b2mml/write.ts';
import { DAY, HOUR } from '#shared/time/instant.ts';
import { type SmallShop, OPENS, instant, withVerbs } from './small-shop.ts';
import { done, temporaryStation } from './temporary-station.ts';

/** How long a calibration of the balance lasts. */
export const CALIBRATED_FOR = 90 * DAY;

/** The balance is calibrated by a technician on the metrology bench. */
const weighingTest = (): string =>
  transactionText({
    verb: 'Sync',
    noun: 'OperationsTestInformation',
    sender: 'ERP',
    bodId: 'weighing',
    created: OPENS,
    data: [
      [
        'OperationsTestInformation',
        [
          ['ID', 'tests'],
          testSpecNode({
            id: 'weighing',
            name: 'Calibration',
            subject: 'equipment',
            validFor: CALIBRATED_FOR,
            renewal: {
              domain: 'maintenance',
              class: 'Metrology',
              duration: HOUR,
              qualification: 'metrology',
              leadTime: 5 * DAY,
            },
          }),
        ],
      ],
    ],
  });

/**
 * A shop with work in all four domains: sugar is staged by the warehouse, weighed on a balance that must be calibrated, tested
 * in the lab and pressed. The balance is calibrated until noon; two lots of sugar lie in the warehouse.
 */
export async function fourDomains(...orders: readonly string[]): Promise<SmallShop> {
  const shop = withVerbs(await temporaryStation(OPENS, { stands: true }));
  done(
    await shop.take({
      'tests.csv':
        'id,subject\ndriving,person\nweighs,person\ntesting,person\npressing,person\nmetrology,person\n',
      'weighing.xml': weighingTest(),
      'equipment.csv': [
        'id,name,level,parent,classes,tests',
        'LAB,Laboratory,Area,,,',
        'F1,Forklift 1,WorkUnit,,,',
        'B1,Booth 1,WorkUnit,,,',
        'L1,Bench 1,WorkUnit,LAB,,',
        'P1,Press 1,WorkUnit,,,',
        'W1,Metrology bench,WorkUnit,,Metrology,',
        'BAL,Balance 1,EquipmentModule,,Balance,weighing',
      ].join('\n'),
      'calibrations.csv':
        'equipment,test,evaluated,expires\nBAL,weighing,2026-08-25T10:00:00Z,2026-11-23T12:00:00Z\n',
      'people.csv': 'id,name\ndora,Dora\nben,Ben\nlea,Lea\npaul,Paul\nmax,Max\n',
      'qualifications.csv': [
        'person,qualification,evaluated',
        ...['dora,driving', 'ben,weighs', 'lea,testing', 'paul,pressing', 'max,metrology'].map(
          (row) => `${row},2026-01-01T00:00:00Z`,
        ),
      ].join('\n'),
      'materials.csv': 'id,uom,name\nSUGAR,kg,Sugar\nSALT,kg,Salt\n',
      'lots.csv': [
        'id,material,quantity,disposition,uom,location',
        'S1,SUGAR,150,UnRestricted,kg,A12-3',
        'S2,SUGAR,500,UnRestricted,kg,B04-1',
        'N1,SALT,500,UnRestricted,kg,B04-2',
      ].join('\n'),
      'steps.csv': [
        'routing,step,name,domain,position,equipment,run,qualification,instruments,materials,minLag',
        'R,stage,Stage sugar,inventory,10,F1,20,driving,,SUGAR=1,',
        'R,weigh,Weigh,production,20,B1,30,weighs,Balance,,',
        'R,test,Assay,quality,30,L1,30,testing,,,',
        'R,press,Press,production,40,P1,60,pressing,,,',
      ].join('\n'),
      'orders.csv': [
        'id,quantity,routing,due,uom',
        ...orders.map((id) => `${id},100,R,2026-11-24T06:00:00Z,kg`),
      ].join('\n'),
    }),
  );
  return shop;
}

/** The renewal of the balance before noon. */
export const RENEWAL = 'CAL-BAL-weighing-2026-11-23/renewal';

/** Orders A and B one after the other from seven, the calibration at ten; dispatched, and now it is seven. */
export async function fourDomainsAtSeven(): Promise<SmallShop> {
  const shop = await fourDomains('A', 'B');
  await shop.put('A/stage', 'F1', '07:00');
  await shop.put('A/weigh', 'B1', '07:30');
  await shop.put('A/test', 'L1', '08:00');
  await shop.put('A/press', 'P1', '08:30');
  await shop.put('B/stage', 'F1', '07:20');
  await shop.put('B/weigh', 'B1', '08:00');
  await shop.put('B/test', 'L1', '08:30');
  await shop.put('B/press', 'P1', '09:30');
  await shop.put(RENEWAL, 'W1', '10:00');
  await shop.publish();
  await shop.dispatch();
  shop.setClock(instant('07:00') * 1000);
  return shop;
}
