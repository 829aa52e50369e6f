import { span, SIZES, type Kind } from './remedy.ts';

/** The order's work may begin earlier. */
export const releaseEarlier: Kind = ({ plan, order, name, tasks }) => {
  const release = Math.max(...tasks.map((task) => task.release));
  const most = release - plan.now;
  if (most <= 0) return [];
  return [...SIZES.filter((size) => size < most), most].map((size) => ({
    text: `Release ${name} ${span(size)} earlier`,
    plan: {
      ...plan,
      tasks: plan.tasks.map((task) =>
        task.order === order ? { ...task, release: Math.min(task.release, release - size) } : task,
      ),
    },
  }));
};
