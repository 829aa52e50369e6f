import { groupBy } from '#shared/base/group.ts';
import { HOUR } from '#shared/time/instant.ts';
import {
  booleanIn,
  durationIn,
  instantIn,
  keep,
  listIn,
  numberIn,
  refuse,
  secondsIn,
  textIn,
  type Row,
  type Scope,
} from './fields.ts';

type Built<Value> = readonly { readonly row: Row; readonly value: Value }[];

/**
 * Records that several rows make up go in whole or not at all: a routing without one of its steps, or a calendar without
 * one of its holidays, would be another one.
 */
function whole<Value>(
  scope: Scope,
  rows: readonly Row[],
  field: string,
  build: (row: Row) => Value,
  finish: (id: string, first: Row, built: Built<Value>) => void,
): void {
  for (const [id, group] of groupBy(rows, (row) => textIn(row, field))) {
    const [first] = group;
    if (id === undefined || !first) continue; // refused by its missing id already
    const before = scope.refusals.length;
    const built = group.map((row) => ({ row, value: build(row) }));
    const bad = scope.refusals[before];
    if (!bad) finish(id, first, built);
    else
      refuse(
        scope,
        first.line,
        first.cells.get(field)?.column ?? field,
        id,
        `Is not taken because of line ${bad.line}: it needs all of its rows.`,
      );
  }
}

/** Routings out of one row per step, or several rows per step for its alternatives. */
export function decodeSteps(scope: Scope, rows: readonly Row[]): void {
  const build = (row: Row) => ({
    step: textIn(row, 'step'),
    position: numberIn(scope, row, 'position'),
    modes: modesFrom(scope, row),
    after: listIn(row, 'after'),
    lags: {
      to: textIn(row, 'lagTo'),
      minLag: secondsIn(scope, row, 'minLag') ?? 0,
      maxLag: secondsIn(scope, row, 'maxLag'),
      transfer: numberIn(scope, row, 'transfer'),
      storage: amountsIn(scope, row, 'storage').map(([zone, quantity]) => ({ zone, quantity }))[0],
    },
    rest: {
      name: textIn(row, 'name') ?? textIn(row, 'step'),
      domain: textIn(row, 'domain')?.toLowerCase() ?? 'production',
      family: textIn(row, 'family'),
      crossBreak: textIn(row, 'crossBreak') ?? 'pause',
      people: peopleFrom(scope, row),
      instruments: listIn(row, 'instruments').map((name) => ({ class: name })),
      tools: toolsFrom(scope, row),
      training: trainingFrom(scope, row),
      materials: materialsFrom(scope, row),
    },
  });
  whole(scope, rows, 'routing', build, (id, first, built) => {
    const steps = [...groupBy(built, ({ value }) => value.step).values()];
    const inOrder = positionsOf(steps.map((group) => group[0]?.value));
    keep(scope, 'routings', first, {
      id,
      name: textIn(first, 'routingName') ?? id,
      version: textIn(first, 'version') ?? '1',
      steps: steps.map((group, index) => {
        const { step, rest, after, lags } = group[0]?.value ?? build(first);
        return {
          id: step,
          ...rest,
          modes: group.flatMap(({ value }) => value.modes),
          after: (after.length > 0 ? after : (inOrder[index] ?? [])).map((before) => ({
            step: before,
            from: 'end',
            ...lags,
          })),
        };
      }),
    });
  });
}

/** The steps that each one follows by its position: all with the next smaller one. Equal positions stand side by side. */
function positionsOf(
  steps: readonly ({ step: string | undefined; position: number | undefined } | undefined)[],
): (string | undefined)[][] {
  const positions = [...new Set(steps.flatMap((entry) => entry?.position ?? []))].sort((a, b) => a - b);
  const at = groupBy(steps, (entry) => entry?.position);
  return steps.map((entry) => {
    const before =
      entry?.position === undefined ? undefined : positions[positions.indexOf(entry.position) - 1];
    return before === undefined ? [] : (at.get(before) ?? []).map((other) => other?.step);
  });
}

/** The named unit first, then whatever else is in the class. */
function modesFrom(scope: Scope, row: Row): object[] {
  const times = {
    fixed: secondsIn(scope, row, 'run') ?? 0,
    perUnit: durationIn(scope, row, 'perUnit') ?? 0,
    setup: secondsIn(scope, row, 'setup'),
    load: numberIn(scope, row, 'load'),
    loadPerUnit: numberIn(scope, row, 'loadPerUnit'),
    penalty: numberIn(scope, row, 'penalty'),
  };
  const equipment = textIn(row, 'equipment');
  const name = textIn(row, 'class');
  const modes = [
    ...(equipment === undefined ? [] : [{ equipment, ...times }]),
    ...(name === undefined ? [] : [{ class: name, ...times }]),
  ];
  return modes.length > 0 ? modes : [times];
}

function peopleFrom(scope: Scope, row: Row): object[] {
  const during = textIn(row, 'during') ?? 'all';
  const count = numberIn(scope, row, 'people') ?? 1;
  const handover = booleanIn(scope, row, 'handover') ?? false;
  const attention = numberIn(scope, row, 'attention');
  return listIn(row, 'qualification').map((qualification) => ({
    qualification,
    count,
    during,
    handover,
    attention,
  }));
}

function toolsFrom(scope: Scope, row: Row): object[] | undefined {
  const tools = amountsIn(scope, row, 'tools').map(([name, count]) => ({ class: name, count }));
  return tools.length > 0 ? tools : undefined;
}

/** `name=amount` between bars; 1 where no amount is said. */
function amountsIn(scope: Scope, row: Row, field: string): [string, number][] {
  return listIn(row, field).map((item) => {
    const [name = '', text = '1'] = item.split('=').map((part) => part.trim());
    const amount = Number(scope.decimal === ',' ? text.replace(',', '.') : text);
    if (!Number.isFinite(amount) || amount <= 0) {
      refuse(scope, row.line, row.cells.get(field)?.column ?? field, item, 'Is not of the form name=amount.');
    }
    return [name, amount];
  });
}

/** Trained in what since when: in anything at all that is on record where no time is said. */
function trainingFrom(scope: Scope, row: Row): object | undefined {
  const test = textIn(row, 'training');
  return test === undefined ? undefined : { test, since: instantIn(scope, row, 'trainedSince') ?? 0 };
}

/** `material=quantity for one piece`, between bars. */
function materialsFrom(scope: Scope, row: Row): object[] {
  return listIn(row, 'materials').map((item) => {
    const [material, amount = ''] = item.split('=').map((part) => part.trim());
    const perUnit = Number(scope.decimal === ',' ? amount.replace(',', '.') : amount);
    if (amount === '' || !Number.isFinite(perUnit) || perUnit < 0) {
      refuse(
        scope,
        row.line,
        row.cells.get('materials')?.column ?? 'materials',
        item,
        'Is not of the form material=quantity.',
      );
    }
    return { material, perUnit };
  });
}

/** Matrices out of one row per pair. A pair that is not listed takes the longest time listed, the same family the shortest. */
export function decodeChangeovers(scope: Scope, rows: readonly Row[]): void {
  const build = (row: Row) => ({
    from: textIn(row, 'from'),
    to: textIn(row, 'to'),
    seconds: secondsIn(scope, row, 'minutes') ?? 0,
    cleaning: booleanIn(scope, row, 'cleaning') ?? false,
    cleanFor: secondsIn(scope, row, 'cleanFor'),
  });
  whole(scope, rows, 'matrix', build, (id, first, built) => {
    const entries = built.map(({ value }) => value);
    const seconds = entries.map((entry) => entry.seconds);
    const shortest = seconds.reduce((a, b) => Math.min(a, b));
    const longest = seconds.reduce((a, b) => Math.max(a, b));
    keep(scope, 'setupMatrices', first, { id, name: id, same: shortest, standard: longest, entries });
  });
}

/** Calendars out of one row per repeating shift (`from`, `to`, on `days`) or per dated entry (`type`, `start`, `end`). */
export function decodeCalendars(scope: Scope, rows: readonly Row[]): void {
  const build = (row: Row) => {
    const from = textIn(row, 'from');
    const start = instantIn(scope, row, 'start');
    return {
      shift:
        from === undefined
          ? undefined
          : {
              name: textIn(row, 'shift') ?? '',
              days: daysIn(scope, row),
              from,
              to: textIn(row, 'to'),
              breaks: breaksIn(row),
              overtime: booleanIn(scope, row, 'overtime'),
            },
      entry:
        start === undefined
          ? undefined
          : {
              type: textIn(row, 'type') ?? 'CLOSED',
              interval: { start, end: instantIn(scope, row, 'end', 'end') ?? start + 24 * HOUR },
              reason: textIn(row, 'reason'),
            },
    };
  };
  whole(scope, rows, 'id', build, (id, first, built) => {
    keep(scope, 'calendars', first, {
      id,
      name: textIn(first, 'name') ?? id,
      zone: textIn(first, 'zone'),
      shifts: built.flatMap(({ value }) => value.shift ?? []),
      entries: built.flatMap(({ value }) => value.entry ?? []),
    });
  });
}

/** ISO weekdays: `1-5`, `6|7`; every day without them. */
function daysIn(scope: Scope, row: Row): number[] {
  const items = listIn(row, 'days');
  if (items.length === 0) return [1, 2, 3, 4, 5, 6, 7];
  return items.flatMap((item) => {
    const [, first, last] = /^([1-7])(?:-([1-7]))?$/.exec(item) ?? [];
    if (first === undefined || Number(last ?? first) < Number(first)) {
      refuse(
        scope,
        row.line,
        row.cells.get('days')?.column ?? 'days',
        item,
        'Is no weekday: 1 (Monday) to 7 (Sunday), or 1-5.',
      );
      return [];
    }
    return Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, k) => Number(first) + k);
  });
}

/** `09:00-09:15|12:00-12:30`. */
const breaksIn = (row: Row): { from: string | undefined; to: string | undefined }[] =>
  listIn(row, 'breaks').map((item) => {
    const [from, to] = item.split('-').map((part) => part.trim());
    return { from, to };
  });
