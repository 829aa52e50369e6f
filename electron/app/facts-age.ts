import type { OrderId } from '#shared/domain/order.ts';
import { type Answer, against } from '#shared/flow/gate.ts';
import { heardFrom, isOlder } from '#shared/flow/freshness.ts';
import { formatSpan } from '#shared/time/format.ts';
import type { Instant } from '#shared/time/instant.ts';
import { feedAges } from './feed-state.ts';
import { judgeStart } from './judge-report.ts';
import type { Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/**
 * How old is what the ERP says of the order, its lots, people and calibrations. What nobody has heard for too long is
 * unknown, and unknown is not yes (CAL-06): nothing is dispatched or started on it.
 */
export function factsAge(station: Station, order: OrderId, at: Instant = station.now): Answer {
  const { lastImport, limits } = station.workspace;
  const { source, heard, limit } = heardFrom(order, { lastImport, limits, feeds: feedAges(station) });
  const age = heard === null ? null : Math.max(0, at - heard);
  const who = source ?? 'the ERP';
  if (!isOlder(age, limit)) return `What ${who} says was heard ${formatSpan(age ?? 0)} ago`;
  const last = age === null ? 'never' : `${formatSpan(age)} ago`;
  const remedy =
    source === null
      ? 'Import anew; how old they may be stands in the settings.'
      : 'Reconcile it under Connections; how old they may be stands there.';
  const text = `What ${who} says was last heard ${last}, and nothing is dispatched or started on facts older than ${formatSpan(limit)}. ${remedy}`;
  return against('STATUS_STALE', source ?? 'ERP', text);
}

/** The gates of a start with how old the facts are that they rest on. */
export function judgeStartByAge(
  station: Station,
  workspace: Workspace,
  report: Parameters<typeof judgeStart>[1],
  at: Instant,
): ReturnType<typeof judgeStart> {
  const { refusals, passed } = judgeStart(workspace, report, at);
  const task = report.task && workspace.tasks.get(report.task);
  if (!task) return { refusals, passed };
  const age = factsAge(station, task.order, at);
  return typeof age === 'string'
    ? { refusals, passed: [age, ...passed] }
    : { refusals: [age, ...refusals], passed };
}
