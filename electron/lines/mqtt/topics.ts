import { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';

/** What a line sends; the station answers each on `answers`. */
export const FROM_LINE = ['acknowledgements', 'job-responses', 'state'] as const;
export type FromLine = (typeof FROM_LINE)[number];

/** Everything of a line lies under one level, which is its unit; README.md lists the topics. */
export const lineTopic = (root: string, unit: string): string => `${root}/${encodeURIComponent(unit)}`;

/** Whether the station is there; one level, where units have more. */
export const stationTopic = (root: string): string => `${root}/station`;

export const jobListTopic = (root: string, unit: EquipmentId): string => `${lineTopic(root, unit)}/job-list`;

/** Ids of jobs contain slashes. */
export const jobOrderTopic = (root: string, unit: EquipmentId, job: TaskId): string =>
  `${lineTopic(root, unit)}/job-orders/${encodeURIComponent(job)}`;

export const answersTopic = (root: string, unit: string): string => `${lineTopic(root, unit)}/answers`;

/** All that the station listens to: what lines send, and what is retained of what it has told itself. */
export const listenedTo = (root: string): { fromLines: string[]; own: string[] } => ({
  fromLines: FROM_LINE.map((what) => `${root}/+/${what}`),
  own: [`${root}/+/job-list`, `${root}/+/job-orders/+`],
});

export type Place =
  | { readonly kind: 'fromLine'; readonly unit: EquipmentId; readonly what: FromLine }
  | { readonly kind: 'own' };

/** What a topic under the root is for; null for one that means nothing here. */
export function placeOf(root: string, topic: string): Place | null {
  if (!topic.startsWith(`${root}/`)) return null;
  const [level = '', what, ...more] = topic.slice(root.length + 1).split('/');
  if (what === 'job-list' || what === 'job-orders') return { kind: 'own' };
  const from = FROM_LINE.find((one) => one === what);
  const unit = EquipmentId.safeParse(decoded(level));
  return from && unit.success && more.length === 0 ? { kind: 'fromLine', unit: unit.data, what: from } : null;
}

function decoded(level: string): string {
  try {
    return decodeURIComponent(level);
  } catch {
    return '';
  }
}
