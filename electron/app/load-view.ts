import type { BoardLoad } from '#shared/contract/views.ts';
import { loadFromSchedule } from '#shared/flow/load-from-schedule.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Workspace } from './workspace.ts';

/** Load against capacity under the board, in the columns that the window asks for. */
export const loadView = ({ plan, schedule }: Workspace, edges: readonly Instant[]): BoardLoad => ({
  edges,
  series: loadFromSchedule(plan, schedule, edges),
});
