import type { Result } from '#shared/base/result.ts';
import type { Engine } from './engine.ts';
import { readInstance } from './instance-file.ts';

/** What comes back of an instance: its name and the solution's file as its judge reads it. */
export interface InstanceAnswer {
  readonly name: string;
  readonly solution: string;
}

/**
 * An instance of a public format, told by what is in its file: plant (`units`), job shop (`data`) or flexible job shop
 * (`operations`). Every thread reads the file by itself, which is sooner than being sent what another one read; only
 * the modules of its own kind are loaded.
 */
export async function open(path: string): Promise<Engine> {
  const json = readInstance(path);
  if (has(json, 'units')) {
    const [{ plantFromJson }, { plantInstanceEngine }] = await Promise.all([
      import('#solver/instances/plant.ts'),
      import('./plant-instance-engine.ts'),
    ]);
    return plantInstanceEngine(readOf(path, plantFromJson(json)));
  }
  const [{ shopFromFlexible, shopFromJobshop }, { shopInstanceEngine }] = await Promise.all([
    import('#solver/instances/shop.ts'),
    import('./shop-instance-engine.ts'),
  ]);
  if (has(json, 'data')) return shopInstanceEngine(readOf(path, shopFromJobshop(json)));
  if (has(json, 'operations')) return shopInstanceEngine(readOf(path, shopFromFlexible(json)));
  throw new Error(
    `${path}: has none of “units” (plant), “data” (job shop) and “operations” (flexible job shop).\nMaybe it is no instance but a solution or a list of best known values.`,
  );
}

const has = (json: unknown, key: string): boolean => typeof json === 'object' && json !== null && key in json;

/** What was read, or an error with the file's name. */
function readOf<Value>(path: string, read: Result<Value, string>): Value {
  if (read.ok) return read.value;
  throw new Error(`${path}: ${read.reason}`);
}
