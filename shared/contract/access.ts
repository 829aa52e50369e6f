import type { EventKind } from '#shared/domain/execution.ts';
import { ROLES, type Role } from '#shared/domain/role.ts';
import type { CallName } from './calls.ts';

const everybody = ROLES;
const planning = ['planner', 'supervisor'] as const;
const auditing = ['planner', 'supervisor', 'quality', 'administrator'] as const;
const speaking = ['planner', 'supervisor', 'operator', 'quality', 'maintenance', 'warehouse'] as const;
const connecting = ['planner', 'administrator'] as const;
const planner = ['planner'] as const;
const quality = ['quality'] as const;
/** Who keeps the accounts, and who looks whether they are kept well: never the same person. */
const overseeing = ['quality', 'administrator'] as const;
const administrator = ['administrator'] as const;
/** Also whoever is not logged in or locked out: what it takes to log in. */
const anybody = 'anybody';

/**
 * THE TABLE: who may make which call where there are accounts (AC-02, AC-03). The station decides by it, the window only
 * shows it. A call that stands here for nobody is refused; one that does not stand here does not compile.
 */
export const ACCESS: Readonly<Record<CallName, readonly Role[] | typeof anybody>> = {
  'session.read': anybody,
  'session.resume': anybody,
  'session.login': anybody,
  'session.unlock': anybody,
  'session.lock': anybody,
  'session.logout': anybody,
  'session.touch': anybody,
  'session.password': anybody,

  'station.status': everybody,
  'board.read': everybody,
  'board.load': everybody,
  'board.loadTasks': everybody,
  'task.inspect': everybody,
  'orders.list': everybody,
  'resources.list': everybody,
  'calibrations.list': everybody,
  'people.list': everybody,
  'lots.list': everybody,
  'proposal.read': everybody,
  'plan.shortages': everybody,
  'version.list': everybody,
  'version.preview': everybody,
  'queue.list': everybody,
  'queue.print': everybody,
  'queue.preview': everybody,
  'queue.revisions': everybody,
  'queue.told': everybody,
  'worklist.list': everybody,
  'worklist.read': everybody,
  'worklist.print': everybody,
  'difference.list': everybody,
  'scenario.compare': everybody,
  'signature.list': everybody,
  'case.list': everybody,
  'handover.read': everybody,
  'handover.print': everybody,
  'copy.note': everybody,
  'task.comment': speaking,
  'report.list': everybody,
  'report.withdraw': [...planning, ...quality],
  'report.correct': planning,

  'draft.try': planning,
  'draft.lens': planning,
  'draft.move': planning,
  'draft.keepAfter': planning,
  'draft.split': planning,
  'draft.remaining': planning,
  'draft.join': planning,
  'draft.unplace': planning,
  'draft.pin': planning,
  'draft.undo': planning,
  'draft.redo': planning,
  'solve.start': planning,
  'solve.cancel': planning,
  'solve.take': planning,
  'proposal.accept': planning,
  'proposal.reject': planning,
  'repair.offer': planning,
  'repair.choose': planning,
  'order.whatHelps': planning,
  'remedy.try': planning,
  'scenario.branch': planning,
  'scenario.open': planning,
  'scenario.rename': planning,
  'scenario.remove': planning,
  'scenario.promote': planning,
  'version.publish': planning,
  'queue.dispatch': planning,
  'queue.recall': planning,
  'difference.effect': planning,
  'difference.giveUp': planning,
  'difference.accept': planning,
  'job.command': planning,
  'job.withdraw': planning,
  'case.offer': planning,
  'case.preview': planning,
  'case.decide': planning,
  'case.wait': planning,
  'handover.record': planning,

  'plant.openDemo': planner,
  'import.files': planner,
  'mapping.list': planner,
  'mapping.columns': planner,
  'mapping.preview': planner,
  'mapping.save': planner,
  'feed.list': connecting,
  'feed.reconcile': connecting,
  'outbox.resend': connecting,
  'outbox.drop': connecting,

  'ledger.list': auditing,
  'ledger.verify': auditing,
  'ledger.review': quality,
  'review.last': auditing,
  'access.review': quality,

  'link.list': connecting,
  'link.save': administrator,
  'link.remove': administrator,
  'feed.save': administrator,
  'feed.remove': administrator,
  'feed.test': administrator,
  'settings.freshness': administrator,
  'policy.save': administrator,
  'user.list': overseeing,
  'user.add': administrator,
  'user.change': administrator,
  'user.password': administrator,
  'line.read': administrator,
  'line.serve': administrator,
  'device.offer': administrator,
  'device.revoke': administrator,
  'badge.save': administrator,
};

/** Which of somebody's roles allows the call; null where none does. */
export function roleFor(roles: readonly Role[], call: CallName): Role | null {
  const who = Object.hasOwn(ACCESS, call) ? ACCESS[call] : [];
  return (who === anybody ? roles : roles.filter((role) => who.includes(role)))[0] ?? null;
}

/** Why somebody may not, in words; null where they may. */
export function whyNot(roles: readonly Role[], call: CallName): string | null {
  const who = ACCESS[call];
  return who === anybody || roleFor(roles, call) !== null ? null : onlyFor(who, roles);
}

export const onlyFor = (who: readonly Role[], roles: readonly Role[]): string =>
  `Only ${new Intl.ListFormat('en', { type: 'disjunction' }).format(who)} may do this; you are ${new Intl.ListFormat('en').format(roles)}.`;

/** Whose it is to take back at the desk what a line reported: what was found is the quality unit's, all else the planning's. */
export const putRightBy = (kind: EventKind): readonly Role[] =>
  kind === 'sampleTaken' || kind === 'tested' || kind === 'calibrated' ? quality : planning;

/** What may be asked before anybody has logged in. */
export const isOpen = (call: CallName): boolean => ACCESS[call] === anybody;
