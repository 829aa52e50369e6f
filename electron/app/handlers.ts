import type { Handlers } from '#shared/contract/calls.ts';
import { tasksUnder } from '#shared/flow/load-from-schedule.ts';
import { acceptProposal, endSolve, proposalView, rejectProposal, solvePlan } from './solve-plan.ts';
import { addUser, changeUser, resetPassword, userViews } from './accounts.ts';
import { withdrawJob } from './acknowledge-job.ts';
import { acceptDifferences } from './accept-differences.ts';
import { boardView } from './board-view.ts';
import { reconcileFeed, removeFeed, saveFeed, testFeed } from './configure-feed.ts';
import { offerForCase, previewProposal } from './case-repairs.ts';
import { caseViews } from './case-views.ts';
import { decideCase, waitWithCase } from './decide-case.ts';
import { dropMessage, resendMessage } from './decide-message.ts';
import { linkViews, removeLink, saveLink } from './configure-link.ts';
import { checkRecord } from './check-record.ts';
import { columnsIn, keptMappings, previewMapping } from './column-mappings.ts';
import { correctAtDesk } from './correct-at-desk.ts';
import { commandJob } from './command-job.ts';
import { commentTask } from './comment-task.ts';
import { effectOf, giveUpEffect } from './difference-effect.ts';
import { differenceViews } from './difference-views.ts';
import { feedViews } from './feed-views.ts';
import { dispatchQueues } from './dispatch-queues.ts';
import { pinTasks, stepEdit } from './edit-draft.ts';
import { importFiles, saveMapping } from './import-files.ts';
import { loadView } from './load-view.ts';
import { inspectTask } from './inspect-task.ts';
import {
  calibrationRows,
  lotRows,
  orderRows,
  personRows,
  resourceRows,
  statusView,
  versionRow,
} from './list-views.ts';
import { linesView, offerPairing, revokeDevice, saveBadge, serveLines } from './line-access.ts';
import { limitFreshness } from './limit-freshness.ts';
import { listShortages } from './list-shortages.ts';
import { changePassword, lock, logIn, logOut, unlock } from './log-in.ts';
import { keepAfter, moveTasks, unplaceTasks } from './move-tasks.ts';
import { chooseRepair, helpOrder, offerRepairs } from './offer-repairs.ts';
import { noteCopy } from './note-copy.ts';
import { openDemo } from './open-demo.ts';
import { previewVersion } from './preview-version.ts';
import { lastReview, reviewAccess, reviewLedger } from './review.ts';
import { savePolicy } from './save-policy.ts';
import { sayRemaining } from './say-remaining.ts';
import { listSignatures } from './sign.ts';
import { publishPlan } from './publish-plan.ts';
import { compareScenarios } from './compare-scenarios.ts';
import { printHandover } from './print-handover.ts';
import { printWorklist } from './print-worklist.ts';
import { printedLists } from './print-queues.ts';
import { previewDispatch, queueRows, revisionViews, toldLists } from './queue-views.ts';
import { recallTasks } from './recall-tasks.ts';
import { promoteScenario } from './promote-scenario.ts';
import { branchScenario, openScenario, removeScenario, renameScenario } from './scenarios.ts';
import { joinTask, splitTask } from './split-task.ts';
import { handoverView, recordHandover } from './shift-handover.ts';
import type { Station } from './station.ts';
import { worklistNames } from './worklists.ts';
import { worklistView } from './worklist-view.ts';
import { taskReports } from './task-reports.ts';
import { tryDrop } from './try-drop.ts';
import { tryRemedy } from './try-remedy.ts';
import { withdrawAtDesk } from './withdraw-at-desk.ts';

/** The contract, bound to the running station: one line a call. */
export const handlersOf = (station: Station): Handlers => ({
  'session.read': async (_ask, { connection }) => station.sessions.view(connection),
  'session.resume': async ({ token }, { connection }) => {
    station.sessions.resume(connection, token);
    return station.sessions.view(connection);
  },
  'session.login': (ask, caller) => logIn(station, ask, caller),
  'session.unlock': (ask, caller) => unlock(station, ask, caller),
  'session.lock': (_ask, caller) => lock(station, caller),
  'session.logout': (_ask, caller) => logOut(station, caller),
  'session.touch': async () => null,
  'session.password': (ask, caller) => changePassword(station, ask, caller),
  'user.list': async () => userViews(station.workspace),
  'user.add': (ask, caller) => addUser(station, ask, caller),
  'user.change': (ask, caller) => changeUser(station, ask, caller),
  'user.password': (ask, caller) => resetPassword(station, ask, caller),
  'policy.save': (ask, caller) => savePolicy(station, ask, caller),
  'signature.list': ({ entity, ids }) => listSignatures(station, entity, ids),
  'line.read': async () => linesView(station),
  'line.serve': (ask, caller) => serveLines(station, ask, caller),
  'device.offer': (ask, caller) => offerPairing(station, ask, caller),
  'device.revoke': ({ id }, caller) => revokeDevice(station, id, caller),
  'badge.save': (ask, caller) => saveBadge(station, ask, caller),
  'station.status': async () => statusView(station),
  'plant.openDemo': (_ask, caller) => openDemo(station, caller),
  'import.files': (ask, caller) => importFiles(station, ask, caller),
  'settings.freshness': (ask, caller) => limitFreshness(station, ask, caller),
  'mapping.list': () => keptMappings(station),
  'mapping.columns': ({ file }) => columnsIn(station, file),
  'mapping.preview': async (ask) => previewMapping(station, ask),
  'mapping.save': ({ mapping }, caller) => saveMapping(station, mapping, caller),
  'board.read': async () => boardView(station.workspace),
  'board.load': async ({ edges }) => loadView(station.workspace, edges),
  'board.loadTasks': async ({ kind, id, ...during }) =>
    tasksUnder(station.workspace.plan, station.workspace.schedule, { kind, id }, during),
  'task.inspect': async ({ task }) => inspectTask(station, task),
  'copy.note': (ask, caller) => noteCopy(station, ask, caller),
  'task.comment': (ask, caller) => commentTask(station, ask, caller),
  'report.list': ({ task }, caller) => taskReports(station, task, caller),
  'report.withdraw': (ask, caller) => withdrawAtDesk(station, ask, caller),
  'report.correct': (ask, caller) => correctAtDesk(station, ask, caller),
  'orders.list': async () => orderRows(station.workspace),
  'resources.list': async () => resourceRows(station.workspace),
  'calibrations.list': async () => calibrationRows(station.workspace),
  'people.list': async () => personRows(station.workspace),
  'lots.list': async () => lotRows(station.workspace),
  'draft.try': async (ask) => tryDrop(station, ask),
  'draft.lens': async ({ task, units, start, ...how }) => station.timetable.lens(task, units, start, how),
  'draft.move': (ask, caller) => moveTasks(station, ask, caller),
  'draft.keepAfter': (ask, caller) => keepAfter(station, ask, caller),
  'draft.split': (ask, caller) => splitTask(station, ask, caller),
  'draft.remaining': (ask, caller) => sayRemaining(station, ask, caller),
  'draft.join': (ask, caller) => joinTask(station, ask, caller),
  'draft.unplace': (ask, caller) => unplaceTasks(station, ask, caller),
  'draft.pin': (ask, caller) => pinTasks(station, ask, caller),
  'draft.undo': (ask, caller) => stepEdit(station, 'undo', ask, caller),
  'draft.redo': (ask, caller) => stepEdit(station, 'redo', ask, caller),
  'solve.start': (ask, caller) => solvePlan(station, ask, caller),
  'solve.cancel': (_ask, caller) => endSolve(station, 'cancel', caller),
  'solve.take': (_ask, caller) => endSolve(station, 'take', caller),
  'proposal.read': async () => proposalView(station),
  'proposal.accept': (ask, caller) => acceptProposal(station, ask, caller),
  'proposal.reject': (_ask, caller) => rejectProposal(station, caller),
  'plan.shortages': () => listShortages(station),
  'repair.offer': (ask) => offerRepairs(station, ask),
  'repair.choose': (ask, caller) => chooseRepair(station, ask, caller),
  'case.list': async () => caseViews(station.workspace),
  'case.offer': (ask) => offerForCase(station, ask),
  'case.preview': async () => previewProposal(station),
  'case.decide': (ask, caller) => decideCase(station, ask, caller),
  'case.wait': (ask, caller) => waitWithCase(station, ask, caller),
  'handover.read': ({ shift }) => handoverView(station, shift),
  'handover.print': async (ask) => Buffer.from(await printHandover(station, ask)).toString('base64'),
  'handover.record': (ask, caller) => recordHandover(station, ask, caller),
  'order.whatHelps': ({ order }) => helpOrder(station, order),
  'remedy.try': (ask, caller) => tryRemedy(station, ask, caller),
  'scenario.branch': (ask, caller) => branchScenario(station, ask, caller),
  'scenario.open': (ask, caller) => openScenario(station, ask, caller),
  'scenario.rename': (ask, caller) => renameScenario(station, ask, caller),
  'scenario.remove': (ask, caller) => removeScenario(station, ask, caller),
  'scenario.compare': (ask) => compareScenarios(station, ask),
  'scenario.promote': (ask, caller) => promoteScenario(station, ask, caller),
  'version.publish': (ask, caller) => publishPlan(station, ask, caller),
  'version.preview': async () => previewVersion(station.workspace),
  'version.list': async () => (await station.store.read.versions()).map(versionRow),
  'queue.dispatch': (ask, caller) => dispatchQueues(station, ask, caller),
  'queue.preview': async (ask) => previewDispatch(station, ask),
  'queue.recall': (ask, caller) => recallTasks(station, ask, caller),
  'queue.told': async (ask) => toldLists(station.workspace, ask),
  'queue.revisions': ({ unit }) => revisionViews(station, unit),
  'queue.print': (ask) => printedLists(station, ask),
  'queue.list': async () => queueRows(station.workspace),
  'worklist.list': async () => worklistNames(station.workspace),
  'worklist.read': async ({ list }) => worklistView(station, list, null),
  'worklist.print': (ask) => printWorklist(station, ask),
  'feed.list': () => feedViews(station),
  'feed.save': (ask, caller) => saveFeed(station, ask, caller),
  'feed.remove': ({ name }, caller) => removeFeed(station, name, caller),
  'feed.test': (ask) => testFeed(station, ask),
  'feed.reconcile': ({ name }) => reconcileFeed(station, name),
  'link.list': async () => linkViews(station),
  'link.save': (ask, caller) => saveLink(station, ask, caller),
  'job.command': (ask, caller) => commandJob(station, ask, caller),
  'job.withdraw': (ask, caller) => withdrawJob(station, ask, caller),
  'link.remove': ({ name }, caller) => removeLink(station, name, caller),
  'outbox.resend': (ask, caller) => resendMessage(station, ask, caller),
  'outbox.drop': (ask, caller) => dropMessage(station, ask, caller),
  'difference.list': async () => differenceViews(station.workspace, await station.store.read.differences()),
  'difference.effect': (ask) => effectOf(station, ask),
  'difference.giveUp': async (ask) => giveUpEffect(station, ask),
  'difference.accept': (ask, caller) => acceptDifferences(station, ask, caller),
  'ledger.list': (ask) => station.store.read.ledger(ask),
  'ledger.verify': (_ask, { user, origin, by }) => checkRecord(station, 'asked', { user, origin, by }),
  'ledger.review': (ask, caller) => reviewLedger(station, ask, caller),
  'review.last': ({ of }) => lastReview(station, of),
  'access.review': (ask, caller) => reviewAccess(station, ask, caller),
});
