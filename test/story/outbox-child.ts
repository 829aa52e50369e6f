import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSender } from '#electron/app/send-outbox.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { openStation } from '#electron/station/running.ts';

/** The station that outbox tests kill: `DATA ADDRESS` sends what waits there until nothing waits. */
const [, , data = '', address = ''] = process.argv;

const access = { address, database: 'plant', user: 'admin', secret: 'admin' };
const running = await openStation({ data });
const sender = openSender(running.station, 'odoo', odooConnector('odoo', access, Date.now), {
  first: 2,
  most: 50,
  breaksAfter: 5,
  breaksFor: 20,
  mostTries: 30,
});
writeSync(1, 'sending\n');
for (let wait = await sender.step(); wait !== null; wait = await sender.step()) await sleep(wait);
await running.close();
writeSync(1, 'done\n');
