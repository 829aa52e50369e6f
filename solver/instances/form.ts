import { type Result, ok, refused } from '#shared/base/result.ts';

/* What a public file has to look like. Zod would say the same, but takes a third of the time to the first schedule to load. */

/** The first thing wrong: where, what stands there, why. */
interface Wrong {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly reason: string;
}

declare const type: unique symbol;

/** Looks for what is wrong with a value that should be a `Type`; null where nothing is. */
export interface Form<Type> {
  (value: unknown): Wrong | null;
  readonly [type]?: Type;
}
export type TypeOf<Of> = Of extends Form<infer Type> ? Type : never;

const among = (key: string | number, { path, ...wrong }: Wrong): Wrong => ({
  ...wrong,
  path: [key, ...path],
});

const where =
  <Type>(isRight: (value: unknown) => boolean, reason: string): Form<Type> =>
  (value) =>
    isRight(value) ? null : { path: [], value, reason };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = where<string>((value) => typeof value === 'string', 'expected a text');
export const real = where<number>((value) => Number.isFinite(value), 'expected a number');
export const whole = where<number>((value) => Number.isSafeInteger(value), 'expected a whole number');
export const index = where<number>(
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  'expected a whole number of at least 0',
);

export const exactly = <Type extends string>(only: Type): Form<Type> =>
  where((value) => value === only, `expected “${only}”`);

export const orNull =
  <Type>(form: Form<Type>): Form<Type | null> =>
  (value) =>
    value === null ? null : form(value);

export const list =
  <Type>(form: Form<Type>, least = 0): Form<Type[]> =>
  (value) => {
    if (!Array.isArray(value)) return { path: [], value, reason: 'expected a list' };
    if (value.length < least) return { path: [], value, reason: `expected at least ${least} of them` };
    for (let k = 0; k < value.length; k += 1) {
      const wrong = form(value[k]);
      if (wrong) return among(k, wrong);
    }
    return null;
  };

export const pair = <Type>(form: Form<Type>): Form<[Type, Type]> => {
  const items = list(form);
  return (value) => {
    const isPair = Array.isArray(value) && value.length === 2;
    return isPair ? items(value) : { path: [], value, reason: 'expected a pair' };
  };
};

export const byName =
  <Type>(form: Form<Type>): Form<Record<string, Type>> =>
  (value) => {
    if (!isObject(value)) return { path: [], value, reason: 'expected an object' };
    for (const [key, item] of Object.entries(value)) {
      const wrong = form(item);
      if (wrong) return among(key, wrong);
    }
    return null;
  };

export const record = <Forms extends Readonly<Record<string, Form<unknown>>>>(
  forms: Forms,
): Form<{ [Key in keyof Forms]: TypeOf<Forms[Key]> }> => {
  const fields = Object.entries(forms);
  return (value) => {
    if (!isObject(value)) return { path: [], value, reason: 'expected an object' };
    for (const [key, form] of fields) {
      const wrong = form(value[key]);
      if (wrong) return among(key, wrong);
    }
    return null;
  };
};

/** The JSON as what it should be; otherwise the first thing wrong in words: place, value, reason. */
export function readAs<Type>(form: Form<Type>, json: unknown): Result<Type, string> {
  const wrong = form(json);
  if (!wrong) return ok(json as Type);
  const { path, value, reason } = wrong;
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  const found = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
  return refused(`${place.replace(/^\./, '') || 'the file'}: ${found}; ${reason}.`);
}
