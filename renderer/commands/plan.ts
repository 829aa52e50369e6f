import type { Ask } from '#shared/contract/calls.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { openOverlay } from '#renderer/state/place.ts';
import { useSession } from '#renderer/state/session.ts';
import type { Signing } from '#renderer/ui/sign-fields.tsx';
import { counted } from '#renderer/ui/format.ts';
import type { Command, Situation } from './registry.ts';
import { commandText, groupText } from './text.ts';

/** Why a plan command can do nothing: no plant, or nobody to ask. */
const ready = ({ board, session }: Situation): boolean =>
  session.connection === 'open' && board.board !== null && session.status?.empty === false;

const isSolving = ({ board, session }: Situation): boolean =>
  board.solving !== null || session.status?.solving === true;

async function undo(): Promise<void> {
  const outcome = await act('draft.undo', { expected: expected() });
  if (outcome?.ok) notify('info', commandText.undone(outcome.detail.label));
}

async function redo(): Promise<void> {
  const outcome = await act('draft.redo', { expected: expected() });
  if (outcome?.ok) notify('info', commandText.redone(outcome.detail.label));
}

/** Starts the solver for so many seconds; true when the station took it up. */
export async function startSolve(
  seconds: number,
  seed: number,
  counting: Pick<Ask<'solve.start'>, 'weights' | 'mostMoved'>,
): Promise<boolean> {
  const outcome = await act('solve.start', { seconds, seed, ...counting });
  if (!outcome?.ok) return false;
  const { solving } = useBoard.getState();
  useBoard.setState({
    solving: { seconds, progress: solving?.progress ?? null },
  });
  return true;
}

export async function acceptProposal(tasks?: readonly TaskId[]): Promise<void> {
  const { proposal } = useBoard.getState();
  const outcome = await act('proposal.accept', {
    ...(proposal && { proposal: proposal.id }),
    ...(tasks ? { tasks: [...tasks] } : {}),
    expected: expected(),
  });
  if (outcome?.ok) notify('info', commandText.accepted(counted(outcome.detail.changed, 'task')));
}

/** Publishes the draft as of this revision; true when there is a new version. */
export async function publish(note: string, revision: number, sign?: Signing): Promise<boolean> {
  const outcome = await act('version.publish', { note, expected: revision, ...(sign && { sign }) });
  if (!outcome?.ok) return false;
  notify('info', commandText.published(outcome.detail.number), commandText.publishedText);
  return true;
}

/** Tells the lines what differs; true when they were told. */
export async function dispatch(ask: Ask<'queue.dispatch'>): Promise<boolean> {
  const outcome = await act('queue.dispatch', ask);
  if (!outcome?.ok) return false;
  const { queues, items } = outcome.detail;
  notify('info', commandText.dispatched(counted(queues, 'queue'), counted(items, 'task')));
  return true;
}

/** Takes tasks back from their lines; true when they were. */
export async function recall(ask: Ask<'queue.recall'>): Promise<boolean> {
  const outcome = await act('queue.recall', ask);
  if (!outcome?.ok) return false;
  notify('info', commandText.recalled(counted(outcome.detail.recalled, 'task')));
  return true;
}

async function pinSelected(pinned: boolean): Promise<void> {
  const tasks = [...useBoard.getState().selection];
  await act('draft.pin', { tasks, pinned, expected: expected() });
}

const selectedPins = ({ board }: Situation): { pinned: number; free: number } => {
  let pinned = 0;
  for (const task of board.selection) if (board.bars.get(task)?.pin) pinned += 1;
  return { pinned, free: board.selection.size - pinned };
};

/** What a planner does with the plan as a whole. */
export const planCommands: readonly Command[] = [
  {
    id: 'undo',
    needs: 'draft.undo',
    group: groupText.plan,
    title: ({ board }) => {
      const what = board.board?.state.undo;
      return what ? commandText.undoWhat(what) : commandText.undo;
    },
    keys: ['$mod+z'],
    enabled: (now) => ready(now) && now.board.board?.state.undo !== null,
    run: undo,
  },
  {
    id: 'redo',
    needs: 'draft.redo',
    group: groupText.plan,
    title: ({ board }) => {
      const what = board.board?.state.redo;
      return what ? commandText.redoWhat(what) : commandText.redo;
    },
    keys: ['$mod+Shift+z', '$mod+y'],
    enabled: (now) => ready(now) && now.board.board?.state.redo !== null,
    run: redo,
  },
  {
    id: 'solve',
    needs: 'solve.start',
    group: groupText.plan,
    title: commandText.solve,
    keys: ['$mod+Enter'],
    enabled: (now) => ready(now) && !isSolving(now),
    run: () => openOverlay('solve'),
  },
  {
    id: 'solve.take',
    needs: 'solve.take',
    group: groupText.plan,
    title: commandText.takeSolve,
    enabled: (now) => ready(now) && isSolving(now),
    run: async () => void (await act('solve.take', {})),
  },
  {
    id: 'solve.cancel',
    needs: 'solve.cancel',
    group: groupText.plan,
    title: commandText.cancelSolve,
    enabled: (now) => ready(now) && isSolving(now),
    run: async () => void (await act('solve.cancel', {})),
  },
  {
    id: 'proposal.accept',
    needs: 'proposal.accept',
    group: groupText.plan,
    title: commandText.acceptProposal,
    enabled: (now) => ready(now) && now.board.proposal !== null,
    run: () => acceptProposal(),
  },
  {
    id: 'proposal.reject',
    needs: 'proposal.reject',
    group: groupText.plan,
    title: commandText.rejectProposal,
    enabled: (now) => ready(now) && now.board.proposal !== null,
    run: async () => void (await act('proposal.reject', {})),
  },
  {
    id: 'publish',
    needs: 'version.publish',
    group: groupText.plan,
    title: commandText.publish,
    keys: ['$mod+Shift+p'],
    enabled: (now) => ready(now) && now.board.board?.state.scenario === DRAFT,
    run: () => openOverlay('publish'),
  },
  {
    id: 'dispatch',
    needs: 'queue.dispatch',
    group: groupText.plan,
    title: commandText.dispatch,
    keys: ['$mod+Shift+d'],
    enabled: (now) => ready(now) && useSession.getState().published !== null,
    run: () => openOverlay('dispatch'),
  },
  {
    id: 'recall',
    needs: 'queue.recall',
    group: groupText.plan,
    title: commandText.recall,
    keys: ['Shift+r'],
    enabled: (now) => ready(now) && now.board.selection.size > 0 && useSession.getState().published !== null,
    run: () => openOverlay('recall'),
  },
  {
    id: 'pin',
    needs: 'draft.pin',
    group: groupText.plan,
    title: commandText.pin,
    keys: ['p'],
    enabled: (now) => ready(now) && selectedPins(now).free > 0,
    run: () => pinSelected(true),
  },
  {
    id: 'unpin',
    needs: 'draft.pin',
    group: groupText.plan,
    title: commandText.unpin,
    keys: ['Shift+p'],
    enabled: (now) => ready(now) && selectedPins(now).pinned > 0,
    run: () => pinSelected(false),
  },
];
