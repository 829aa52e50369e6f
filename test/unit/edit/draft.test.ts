import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Pin } from '#shared/domain/plan.ts';
import type { TaskId } from '#shared/domain/task.ts';
import {
  type Draft,
  Edit,
  type Place,
  apply,
  draftFromSchedule,
  editBetween,
  invert,
  scheduleFromDraft,
} from '#shared/edit/draft.ts';

const taskId = fc.constantFrom('A1', 'A2', 'B1', 'B2', 'C1', 'D1').map((id) => id as TaskId);
const unitId = fc.constantFrom('M1', 'M2').map((id) => id as EquipmentId);

const placeOf = (task: TaskId): fc.Arbitrary<Place> =>
  fc
    .record({ unit: unitId, start: fc.nat(1000), placed: fc.boolean(), pinned: fc.boolean() })
    .map(({ unit, start, placed, pinned }) => ({
      assignment: placed
        ? { task, unit, start, runStart: start, end: start + 60, setup: 0, people: [], instruments: [] }
        : null,
      unplaced: placed ? null : { task, code: 'UNIT_CLOSED', object: unit, text: 'closed' },
      pin: pinned ? { task, start } : null,
    }));

const draft: fc.Arbitrary<Draft> = fc
  .uniqueArray(taskId)
  .chain((tasks) => fc.tuple(...tasks.map((task) => placeOf(task).map((place) => [task, place] as const))))
  .map((entries) => new Map(entries));

const sorted = (of: Draft): [TaskId, Place][] => [...of].sort(([a], [b]) => (a < b ? -1 : 1));

test('undo after do is as if nothing had happened, redo as if it had', () => {
  fc.assert(
    fc.property(draft, draft, (before, after) => {
      const edit = editBetween('move', before, after);
      const done = apply(before, edit);
      expect(sorted(done)).toEqual(sorted(after));
      expect(sorted(apply(done, invert(edit)))).toEqual(sorted(before));
      expect(sorted(apply(apply(done, invert(edit)), edit))).toEqual(sorted(after));
      expect(invert(invert(edit))).toEqual(edit);
    }),
  );
});

test('an edit leaves the draft it was made from as it is, and lists only what differs', () => {
  fc.assert(
    fc.property(draft, draft, (before, after) => {
      const untouched = sorted(before);
      const edit = editBetween('move', before, after);
      apply(before, edit);
      expect(sorted(before)).toEqual(untouched);
      for (const change of edit.changes) expect(change.before).not.toEqual(change.after);
      expect(editBetween('again', after, after).changes).toEqual([]);
    }),
  );
});

test('an edit survives being stored', () => {
  fc.assert(
    fc.property(draft, draft, (before, after) => {
      const edit = editBetween('move', before, after);
      expect(Edit.parse(JSON.parse(JSON.stringify(edit)))).toEqual(edit);
    }),
  );
});

test('a draft and its schedule tell the same; pins stay with the draft', () => {
  fc.assert(
    fc.property(draft, (original) => {
      const pins = new Map<TaskId, Pin>(
        [...original].flatMap(([task, { pin }]) => (pin ? [[task, pin] as const] : [])),
      );
      expect(sorted(draftFromSchedule(scheduleFromDraft(original), pins))).toEqual(sorted(original));
    }),
  );
});
