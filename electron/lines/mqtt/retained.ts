import type { JobList } from '#shared/domain/job-order.ts';
import { jobListTopic, jobOrderTopic } from './topics.ts';

/** What is retained for the lines, by topic: each line's job list, and each of its job orders. */
export function retainedFromJobLists(root: string, lists: readonly JobList[]): Map<string, object> {
  const retained = new Map<string, object>();
  for (const { jobOrders, ...list } of lists) {
    retained.set(jobListTopic(root, list.equipmentId), {
      ...list,
      jobOrderIds: jobOrders.map(({ jobOrderId }) => jobOrderId),
    });
    for (const job of jobOrders) retained.set(jobOrderTopic(root, list.equipmentId, job.jobOrderId), job);
  }
  return retained;
}
