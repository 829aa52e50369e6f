/** Relations between tasks in both directions, each sorted by task. */
export interface Relations {
  readonly predFrom: Int32Array;
  readonly predTask: Int32Array;
  readonly predFromEnd: Uint8Array;
  readonly predToEnd: Uint8Array;
  readonly predMin: Int32Array;
  readonly predMax: Int32Array;
  readonly predShare: Float64Array;
  readonly predZone: Int32Array;
  readonly predStored: Float64Array;
  readonly predSameUnit: Uint8Array;
  readonly predRich: Uint8Array;
  readonly hasRichRelations: boolean;
  readonly succFrom: Int32Array;
  readonly succRelation: Int32Array;
  readonly succTask: Int32Array;
}

/** Slices for rows that are already sorted by their owner. */
export function slices(count: number, owners: readonly number[]): Int32Array {
  const from = new Int32Array(count + 1);
  for (const owner of owners) from[owner + 1] += 1;
  for (let k = 0; k < count; k += 1) from[k + 1] += from[k];
  return from;
}

export function successorsOf(
  count: number,
  owners: readonly number[],
  predTask: Int32Array,
): Pick<Relations, 'succFrom' | 'succRelation' | 'succTask'> {
  const succFrom = slices(count, Array.from(predTask));
  const next = succFrom.slice();
  const succRelation = new Int32Array(owners.length);
  const succTask = new Int32Array(owners.length);
  for (const [relation, owner] of owners.entries()) {
    const k = next[predTask[relation]]++;
    succRelation[k] = relation;
    succTask[k] = owner;
  }
  return { succFrom, succRelation, succTask };
}

/** Kahn's order over the edges given as slices; what is missing in it stands on or behind a cycle. */
export function topologicalOrder(count: number, succFrom: Int32Array, succTask: Int32Array): Int32Array {
  const waiting = new Int32Array(count);
  for (const task of succTask) waiting[task] += 1;
  const queue = new Int32Array(count);
  let filled = 0;
  for (let task = 0; task < count; task += 1) if (waiting[task] === 0) queue[filled++] = task;
  for (let head = 0; head < filled; head += 1) {
    const task = queue[head];
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      if (--waiting[succTask[k]] === 0) queue[filled++] = succTask[k];
    }
  }
  return queue.slice(0, filled);
}

/**
 * Tasks that must be placed together: those joined by a hold time or by limited storage, which is a hold time that
 * depends on what else waits, and whatever lies on a path between two of them (the strong components of the graph in which hold times run both ways; Tarjan 1972, without recursion).
 * Groups come in topological order, members in the order of `topological`.
 */
export function holdGroups(
  count: number,
  relations: Relations,
  never: number,
  topological: Int32Array,
): { groupOf: Int32Array; groupFrom: Int32Array; groupTask: Int32Array } {
  const { predFrom, predTask, predMax, predZone, succFrom, succTask } = relations;
  const found = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const component = new Int32Array(count).fill(-1);
  const cursor = new Int32Array(count);
  const path: number[] = [];
  const open: number[] = [];
  let clock = 0;
  let components = 0;
  const degree = (task: number): number =>
    succFrom[task + 1] - succFrom[task] + predFrom[task + 1] - predFrom[task];
  /** The k-th neighbour: successors, then predecessors that a hold time ties to the task. */
  const neighbour = (task: number, k: number): number => {
    const successors = succFrom[task + 1] - succFrom[task];
    if (k < successors) return succTask[succFrom[task] + k];
    const relation = predFrom[task] + k - successors;
    return predMax[relation] < never || predZone[relation] >= 0 ? predTask[relation] : -1;
  };
  for (let root = 0; root < count; root += 1) {
    if (found[root] !== -1) continue;
    path.push(root);
    while (path.length > 0) {
      const task = path[path.length - 1];
      if (found[task] === -1) {
        found[task] = low[task] = clock++;
        open.push(task);
      }
      let deeper = -1;
      while (cursor[task] < degree(task)) {
        const other = neighbour(task, cursor[task]++);
        if (other === -1) continue;
        if (found[other] === -1) {
          deeper = other;
          break;
        }
        if (component[other] === -1) low[task] = Math.min(low[task], found[other]);
      }
      if (deeper !== -1) {
        path.push(deeper);
        continue;
      }
      path.pop();
      if (path.length > 0) {
        const parent = path[path.length - 1];
        low[parent] = Math.min(low[parent], low[task]);
      }
      if (low[task] === found[task]) {
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          component[member] = components;
          if (member === task) break;
        }
        components += 1;
      }
    }
  }
  // Tarjan finds components in reverse topological order.
  const groupOf = component.map((own) => components - 1 - own);
  const groupFrom = slices(components, Array.from(groupOf));
  const next = groupFrom.slice();
  const groupTask = new Int32Array(count);
  const listed = new Uint8Array(count);
  const put = (task: number): void => {
    groupTask[next[groupOf[task]]++] = task;
    listed[task] = 1;
  };
  for (const task of topological) put(task);
  for (let task = 0; task < count; task += 1) if (listed[task] === 0) put(task);
  return { groupOf, groupFrom, groupTask };
}
