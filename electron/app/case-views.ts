import type { CaseView } from '#shared/contract/views.ts';
import type { Case } from '#shared/domain/case.ts';
import { type EquipmentId, isShared } from '#shared/domain/equipment.ts';
import { impactOfCause } from '#shared/flow/impact-of-cause.ts';
import { indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import { causesIn } from './case-causes.ts';
import { tasksOf } from './board-view.ts';
import { nameOf } from './edit-draft.ts';
import { Refused } from './station.ts';
import { settlementInWords } from './told-words.ts';
import type { Workspace } from './workspace.ts';

/** Those to be decided first, by deadline; then the decided and the closed ones, what was decided last first. */
const ORDER: Readonly<Record<Case['state'], number>> = { open: 0, decided: 1, closed: 2 };

export const caseViews = onceFor((workspace: Workspace): readonly CaseView[] =>
  workspace.cases
    .map((one) => viewOf(workspace, one))
    .sort(
      (a, b) =>
        ORDER[a.state] - ORDER[b.state] ||
        (b.outcome?.at ?? 0) - (a.outcome?.at ?? 0) ||
        (a.state === 'open' ? a.deadline - b.deadline : b.id - a.id),
    ),
);

/** What a case that is not closed hits is worked out anew: plan and record go on. */
function viewOf(workspace: Workspace, one: Case): CaseView {
  const cause = one.state === 'closed' ? undefined : causesIn(workspace).get(one.key);
  const tasks = cause?.tasks ?? one.tasks;
  const places = workspace.version?.schedule.assignments ?? [];
  const { orders, atRisk, cost } =
    one.state === 'open' && one.kind !== 'notKept'
      ? impactOfCause(workspace.tasks, stillToDo(workspace), tasks, cause?.free ?? null, (unit) => {
          const equipment = workspace.equipment.get(unit);
          return equipment !== undefined && isShared(equipment);
        })
      : { orders: [], atRisk: [], cost: 0 };
  const planned = indexBy(places, (place) => place.task);
  const hits = tasks.flatMap((id) => {
    const task = workspace.tasks.get(id);
    const place = planned.get(id);
    if (!task) return [];
    const { order, orderName, name } = task;
    return {
      task: id,
      order,
      orderName,
      name,
      unit: place ? nameOf(workspace, place.unit) : null,
      start: place?.start ?? null,
    };
  });
  return {
    ...one,
    tasks: [...tasks],
    text: cause?.text ?? one.text,
    deadline: one.state === 'open' ? (cause?.deadline ?? one.deadline) : one.deadline,
    unit: unitOf(workspace, one),
    ...(one.unkept && {
      unkept: { ...one.unkept, settlement: settlementInWords(workspace, one.unkept.settlement) },
    }),
    hits,
    orders: orders.length,
    atRisk: atRisk.map((one) => ({ ...one, orderName: tasksOf(workspace, one.order)[0]?.orderName })),
    cost,
    free: cause?.free ?? null,
  };
}

const unitOf = ({ equipment }: Workspace, { object, asked }: Case): EquipmentId | null =>
  asked?.unit ?? equipment.get(object as EquipmentId)?.id ?? null;

/** Published places of what is not completed. */
const stillToDo = ({ version, progress }: Workspace) =>
  version?.schedule.assignments.filter(({ task }) => progress.get(task)?.state.kind !== 'completed') ?? [];

/** The case that a decision is about; one that is closed or decided already is refused. */
export function openCaseIn(workspace: Workspace, id: number): Case {
  const one = workspace.cases.find((entry) => entry.id === id);
  if (one?.state === 'open') return one;
  const text = one?.outcome
    ? `The case is ${one.state} already: ${one.outcome.text}`
    : `There is no open case ${id}. Maybe its cause is gone.`;
  throw new Refused('CASE_DECIDED', `case ${id}`, text);
}
