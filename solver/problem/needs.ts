import { downUntil, isTool } from '#shared/domain/equipment.ts';
import type { PeopleNeed, ToolNeed } from '#shared/domain/needs.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Task } from '#shared/domain/task.ts';
import { bytes, doubles, ints, numbered } from './columns.ts';
import { slices } from './graph.ts';
import { clamp } from './open-time.ts';
import { DURING, NONE, type Pool, type Problem } from './problem.ts';

/** People needs by task, the scarcest qualification first, so that nobody takes a specialist for a common job. */
export function needsOf(
  tasks: readonly Task[],
  people: Pick<Problem, 'qualifications' | 'qualified'>,
): Pick<
  Problem,
  | 'needFrom'
  | 'needIndex'
  | 'needQualification'
  | 'needCount'
  | 'needDuring'
  | 'needHandover'
  | 'needAttention'
  | 'hasSharedPeople'
> {
  const index = numbered(people.qualifications);
  const able = ({ q }: { q: number }): number => people.qualified[q].people.length;
  const rows: { t: number; position: number; need: PeopleNeed; q: number }[] = [];
  for (const [t, task] of tasks.entries()) {
    const own = task.people.map((need, position) => ({
      t,
      position,
      need,
      q: index.get(need.qualification) ?? 0,
    }));
    if (own.length > 1) own.sort((a, b) => able(a) - able(b));
    rows.push(...own);
  }
  return {
    needFrom: slices(
      tasks.length,
      rows.map((row) => row.t),
    ),
    needIndex: ints(rows, (row) => row.position),
    needQualification: ints(rows, (row) => row.q),
    needCount: ints(rows, (row) => row.need.count),
    needDuring: bytes(rows, (row) => DURING[row.need.during]),
    needHandover: bytes(rows, (row) => (row.need.handover ? 1 : 0)),
    needAttention: doubles(rows, (row) => row.need.attention ?? 1),
    hasSharedPeople: rows.some((row) => (row.need.attention ?? 1) < 1),
  };
}

/** Tool needs by task; the tools of a class are one pool, smaller while some of them are down. */
export function poolsOf({
  tasks,
  plant,
  horizon,
  now,
}: Plan): Pick<Problem, 'poolFrom' | 'poolOf' | 'poolCount' | 'pools'> {
  const rows: { t: number; need: ToolNeed }[] = [];
  for (const [t, task] of tasks.entries()) for (const need of task.tools) rows.push({ t, need });
  const index = numbered(rows.map((row) => row.need.class));
  return {
    poolFrom: slices(
      tasks.length,
      rows.map((row) => row.t),
    ),
    poolOf: ints(rows, (row) => index.get(row.need.class) ?? 0),
    poolCount: ints(rows, (row) => row.need.count),
    pools: [...index.keys()].map((name): Pool => {
      const tools = plant.equipment.filter((one) => isTool(one) && one.classes.some((own) => own === name));
      const counts = new Map(tools.map((one) => [one.id, one.capacity ?? 0]));
      return {
        name,
        capacity: tools.reduce((sum, one) => sum + (one.capacity ?? 0), 0),
        downs: plant.downtimes.flatMap((down) => {
          const count = counts.get(down.equipment);
          const [start, end] = [down.start - horizon.start, downUntil(down, now) - horizon.start];
          return count === undefined ? [] : [{ start: clamp(start), end: clamp(end), count }];
        }),
      };
    }),
  };
}

/** Instrument needs by task: the class of each. */
export function instrumentsOf(
  tasks: readonly Task[],
  classNames: readonly string[],
): Pick<Problem, 'toolFrom' | 'toolClass'> {
  const index = numbered(classNames);
  const owners: number[] = [];
  const classes: number[] = [];
  for (const [t, task] of tasks.entries()) {
    for (const need of task.instruments) {
      owners.push(t);
      classes.push(index.get(need.class) ?? NONE);
    }
  }
  return { toolFrom: slices(tasks.length, owners), toolClass: Int32Array.from(classes) };
}
