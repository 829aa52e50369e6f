import { groupBy } from '#shared/base/group.ts';
import type { Cause } from '#shared/domain/case.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import { failedTests, failedText, holdsBatch, isHeldBack } from '#shared/flow/hold-gate.ts';
import { tasksById } from '#shared/flow/lookups.ts';
import { type Situation, causeOf } from './situation.ts';

/** Batches of which a test failed while more of them is to be made or moved. A lot that failed is a cause of its own. */
export function causesFromFailedTests({ plan, planned, progress, when }: Situation): Cause[] {
  const byOrder = groupBy(planned, ({ task }) => task.order);
  return failedTests(tasksById(plan.tasks), progress)
    .filter(holdsBatch)
    .map((failed) => {
      const { id, order } = failed.task;
      const hit = (byOrder.get(order) ?? []).filter(({ task, begun }) => !begun && isHeldBack(task));
      const text = `${orderNameOf(failed.task)} is on hold: ${failedText(failed)} on ${when(failed.found.at)}`;
      return causeOf({ key: `test ${id}`, kind: 'qualityHold', object: order, text, free: null }, hit);
    });
}
