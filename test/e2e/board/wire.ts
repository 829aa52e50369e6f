import { LOCAL_SESSION } from '#test/support/local-session.ts';
import type {
  Board,
  BoardBar,
  Inspection,
  RepairOffer,
  Status,
  TaskReports,
} from '#shared/contract/views.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Message, Request } from '#shared/contract/wire.ts';
import type { Comment } from '#shared/domain/comment.ts';
import { HOUR } from '#shared/time/instant.ts';
import { busyBoard, busyProposal, inspectionOf } from './busy-board.ts';

/** A call that the page made, as it went over the wire. */
export interface Heard {
  readonly call: string;
  readonly ask: Readonly<Record<string, unknown>>;
}

/** What a test may look at and change from outside. */
export interface Harness {
  readonly heard: Heard[];
  readonly board: () => Board;
  readonly tell: (fact: Fact) => void;
  /** These bars stand elsewhere now, and the window is told. */
  readonly replace: (bars: readonly BoardBar[]) => void;
  readonly propose: () => void;
  /** Calls of this name get no answer from now on. */
  readonly ignore: (call: string) => void;
}

declare global {
  interface Window {
    harness: Harness;
  }
}

const params = new URLSearchParams(location.search);
let board = busyBoard({ bars: Number(params.get('bars') ?? 1000), rows: Number(params.get('rows') ?? 40) });
let proposal: ReturnType<typeof busyProposal> | null = null;
const heard: Heard[] = [];
const ignored = new Set<string>();
let listener: (message: string) => void = () => {};

/**
 * The far end of the wire, for tests of the board alone: it keeps one board in the page and answers by simple rules.
 * A task may run on every unit of its area; before `now` everything is refused, with `now` + 1 h as the nearest slot.
 */
function answer({ call, ask }: Request): unknown {
  const { task, unit, start } = (ask ?? {}) as { task: string; unit: never; start: number };
  const bar = board.bars.find((one) => one.task === task);
  const row = board.rows.find((one) => one.unit === unit);
  const home = board.rows.find((one) => one.unit === bar?.unit);
  if (call === 'draft.unplace' || call === 'draft.keepAfter')
    return { ok: true, revision: board.state.revision, detail: { moved: 1 } };
  if (call === 'draft.lens') {
    const units = (ask as { units: string[] }).units;
    return units.map((one, k) =>
      k % 3 === 2
        ? { unit: one, refusal: 'NO_PERSON_FREE' }
        : {
            unit: one,
            refusal: null,
            cost: { setupChange: 900 * k, moves: k, late: k === 1 ? HOUR : 0, lateOrders: 0 },
          },
    );
  }
  if (call === 'draft.try' || call === 'draft.move') {
    const refusal =
      row?.group !== home?.group
        ? { code: 'WRONG_UNIT', object: String(unit), text: `${row?.name} cannot run this step.` }
        : start < board.now
          ? { code: 'BEFORE_RELEASE', object: task, text: 'That time is over.' }
          : null;
    const nearest = { unit: bar?.unit, start: Math.ceil((board.now + HOUR) / 300) * 300 };
    if (refusal) return { ok: false, refusal, nearest };
    const length = bar ? bar.end - bar.start : HOUR;
    if (call === 'draft.try')
      return {
        ok: true,
        start,
        end: start + length,
        setup: 1500,
        setupChange: 1500,
        moves: 3,
        late: 2 * HOUR,
        lateOrders: 1,
      };
    if (bar)
      change([{ ...bar, unit, start, runStart: start + (bar.runStart - bar.start), end: start + length }]);
    return { ok: true, revision: board.state.revision, detail: { moved: 1 } };
  }
  if (call === 'draft.pin') {
    const { tasks, pinned } = ask as { tasks: readonly string[]; pinned: boolean };
    const meant = board.bars.filter((one) => tasks.includes(one.task));
    change(meant.map((one) => ({ ...one, pin: pinned ? { task: one.task, start: one.start } : null })));
    return { ok: true, revision: board.state.revision, detail: null };
  }
  if (call === 'task.comment') {
    const { text } = ask as { text: string };
    comments.push({
      seq: comments.length + 1,
      task: bar?.task as never,
      author: 'planner',
      at: board.now,
      text,
    });
    if (bar) change([{ ...bar, comments: bar.comments + 1 }]);
    return { ok: true, revision: board.state.revision, detail: null };
  }
  if (call === 'board.read') return board;
  if (call === 'proposal.read') return proposal;
  if (call === 'task.inspect') return inspected(task) satisfies Inspection | null;
  if (call === 'report.list') return { uom: '', reports: [], lots: [] } satisfies TaskReports;
  if (call === 'people.list' || call === 'lots.list' || call === 'version.list') return [];
  if (call === 'repair.offer') {
    const refusal = { code: 'UNIT_BUSY', object: 'plan', text: 'more than 0 tasks would have to move' };
    return { ok: false, refusal } satisfies RepairOffer;
  }
  if (call === 'session.read') return LOCAL_SESSION;
  if (call === 'station.status') {
    return {
      app: 'harness',
      plant: 'Plant A',
      empty: false,
      now: board.now,
      zone: board.zone,
      dataDir: '',
      version: null,
      revision: board.state.revision,
      lastImport: board.now - 130,
      limits: { imported: 86_400, reported: 14_400 },
      feeds: [],
      record: null,
      lines: 0,
      lineAddress: null,
      solving: false,
      proposal: false,
      trouble: null,
      backup: null,
    } satisfies Status;
  }
  if (call === 'proposal.accept' || call === 'proposal.reject') {
    proposal = null;
    queueMicrotask(() => tell({ kind: 'proposal.closed' }));
    return { ok: true, revision: board.state.revision, detail: { changed: 3 } };
  }
  return { ok: true, revision: board.state.revision, detail: {} };
}

const comments: Comment[] = [];

function inspected(task: string): Inspection | null {
  const inspection = inspectionOf(board, task);
  return inspection && { ...inspection, comments: comments.filter((one) => one.task === task) };
}

/** Where each task's bar stands: to be quick with it is the station's affair, and is no part of what the window takes. */
const places = new Map(board.bars.map(({ task }, at) => [task, at]));

function change(changed: readonly BoardBar[]): void {
  const bars = [...board.bars];
  for (const bar of changed) bars[places.get(bar.task) ?? bars.length] = bar;
  board = {
    ...board,
    bars,
    state: { ...board.state, revision: board.state.revision + 1 },
  };
  tell({
    kind: 'board.changed',
    bars: [...changed],
    removed: [],
    unplaced: board.unplaced,
    rows: [],
    state: board.state,
  });
}

const send = (message: Message): void => listener(JSON.stringify(message));
const tell = (fact: Fact): void => send({ fact });

Object.assign(window, {
  shiftwright: {
    post(message: string) {
      const request = JSON.parse(message) as Request;
      heard.push({ call: request.call, ask: request.ask as Heard['ask'] });
      if (!ignored.has(request.call)) setTimeout(() => send({ id: request.id, reply: answer(request) }), 5);
    },
    onMessage(hear: (message: string) => void) {
      listener = hear;
    },
    onStation: (hear: (state: string) => void) => queueMicrotask(() => hear('up')),
    onCommand: () => {},
  },
});
window.harness = {
  heard,
  board: () => board,
  tell,
  replace: change,
  propose() {
    proposal = busyProposal(board);
    tell({ kind: 'solve.ended', outcome: 'proposal', text: '' });
  },
  ignore: (call) => void ignored.add(call),
};
