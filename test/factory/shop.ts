import { must } from '#shared/base/must.ts';
import { SetupMatrix } from '#shared/domain/changeover.ts';
import { Equipment } from '#shared/domain/equipment.ts';
import { TaskProgress } from '#shared/domain/execution.ts';
import { Lot } from '#shared/domain/material.ts';
import { Person } from '#shared/domain/person.ts';
import { Pin, type Plan } from '#shared/domain/plan.ts';
import { DEFAULT_WEIGHTS } from '#shared/domain/weights.ts';
import { emptyPlant } from '#shared/domain/plant.ts';
import { Task } from '#shared/domain/task.ts';
import { TestResult, TestSpec } from '#shared/domain/test-result.ts';
import { WorkCalendar } from '#shared/time/calendar.ts';
import { DAY, MINUTE } from '#shared/time/instant.ts';
import { MONDAY, at } from './clock.ts';
import { known, spanOf, when, wordsOf } from './words.ts';

/**
 * A shop floor in text, one thing per line; `#` begins a comment. Durations are minutes, times `HH:MM` of Monday
 * 2026-11-23 in Berlin or `Tue08:00` of another day of that week. It is Monday 07:00; the horizon is two weeks from 00:00.
 *
 *   M1      A1:60 due=10:00 weight=9      task A1 of order A (its capitals), 60 minutes on M1; all words are optional:
 *   M1,M2:45  B1:30 release=08:00 deadline=12:00   two units, on M2 it takes 45
 *           setup=20 family=F1 pause quality        own setup, setup family, may pause over closed time, domain
 *           after=A1 after=A1+30..120 after=^A1+10   after the end of A1; 30 to 120 min later; 10 min after its start
 *           people=press people=2*pack@setup people=press+handover     needs: number, during setup|run|all, relief
 *           after=A1!+10 after=A1%25 after=A1@Z*5   its end 10 min after A1's; overlap by quarters; 5 wait in zone Z
 *           people=press/50 tools=die*2 load=3      half of somebody's attention, two dies, a load on a shared unit
 *           tool=balance lot=L1*5 renews=BAL1:cal*30    an instrument, 5 of lot L1, a renewal valid for 30 days
 *           running running=06:30 setup-running paused=06:30 done=06:00-06:45     what the line reported, on its first unit
 *           pin=08:00 pin=M2 pin=>A1                the planner's pin: in time, on a unit, behind A1
 *   unit M1 open=day matrix=W state=F1 class=press tests=cal down=09:00-10:00     units without words need no line
 *   unit OVEN holds=4 batching                  a batch machine for loads up to 4
 *   tool BAL1 class=balance tests=cal           an instrument
 *   tool DIE class=die holds=3                  three dies
 *   zone Z holds=10                             a storage zone
 *   person anna open=day press pack=Tue14:00    qualified for press, and for pack until Tue 14:00
 *   proof BAL1 cal=Tue12:00 cal=failed           the test results of equipment
 *   calendar day 06:00-14:00 break=10:00-10:15 days=1-5
 *   matrix W same=5 other=30 F1>F2=10 F2>F1=60!     minutes; `!` with cleaning
 *   lot L1 sugar*100 from=09:00 expires=Tue12:00 hold
 *   now 07:30
 */
export function shop(text: string): Plan {
  const plan: Plan = {
    now: at('07:00'),
    horizon: { start: MONDAY, end: MONDAY + 14 * DAY },
    plant: emptyPlant(),
    tasks: [],
    refused: [],
    pins: [],
    progress: [],
    frozen: [],
    weights: DEFAULT_WEIGHTS,
  };
  for (const line of text.split('\n')) {
    const [head, name, ...words] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!head) continue;
    if (!name) throw new Error(`“${line}” is not complete.`);
    const told = PLANT_LINES[head];
    if (told) told(plan, name, words);
    else addTask(plan, head, name, words);
  }
  return plan;
}

/** `Tue14:00`, `failed` or nothing, as a result of the test. */
function addResult(plan: Plan, subject: string, spec: string, until: string | undefined): void {
  const results = plan.plant.testResults;
  addSpec(plan, spec, plan.plant.people.some((one) => one.id === subject) ? 'person' : 'equipment');
  results.push(
    TestResult.parse(
      known({
        id: `${subject} ${spec} ${results.length}`,
        spec,
        subject,
        evaluated: MONDAY - 30 * DAY,
        passed: until !== 'failed',
        expires: until === 'failed' ? undefined : when(until),
      }),
    ),
  );
}

function addSpec(plan: Plan, id: string, subject: 'person' | 'equipment'): void {
  const specs = plan.plant.testSpecs;
  if (!specs.some((spec) => spec.id === id)) specs.push(TestSpec.parse({ id, name: id, subject }));
}

function addEquipment(
  plan: Plan,
  id: string,
  level: 'WorkUnit' | 'EquipmentModule' | 'StorageZone',
  words: readonly string[],
): void {
  const { of, all } = wordsOf(words);
  if (plan.plant.equipment.some((one) => one.id === id)) {
    throw new Error(`${id} is told twice. Maybe a task on it stands above its line.`);
  }
  plan.plant.equipment.push(
    Equipment.parse(
      known({
        id,
        name: id,
        level,
        classes: all('class'),
        calendar: of('open'),
        setupMatrix: of('matrix'),
        setupState: of('state'),
        tests: all('tests'),
        capacity: of('holds') === undefined ? undefined : Number(of('holds')),
        batching: words.includes('batching') || undefined,
      }),
    ),
  );
  for (const test of all('tests')) addSpec(plan, test, 'equipment');
  for (const down of all('down')) {
    plan.plant.downtimes.push({
      ...spanOf(down),
      id: `${id} ${down}` as Plan['plant']['downtimes'][number]['id'],
      equipment: Equipment.shape.id.parse(id),
      reason: 'maintenance',
      planned: true,
    });
  }
}

const PLANT_LINES: Record<
  string,
  ((plan: Plan, name: string, words: readonly string[]) => void) | undefined
> = {
  now: (plan, time) => {
    plan.now = at(time);
  },
  unit: (plan, id, words) => addEquipment(plan, id, 'WorkUnit', words),
  tool: (plan, id, words) => addEquipment(plan, id, 'EquipmentModule', words),
  zone: (plan, id, words) => addEquipment(plan, id, 'StorageZone', words),
  person: (plan, id, words) => {
    plan.plant.people.push(
      Person.parse(known({ id, name: id, classes: [], calendar: wordsOf(words).of('open') })),
    );
    for (const word of words.filter((one) => !one.startsWith('open='))) {
      const [spec, until] = word.split('=');
      addResult(plan, id, must(spec, word), until);
    }
  },
  proof: (plan, id, words) => {
    for (const word of words) {
      const [spec, until] = word.split('=');
      addResult(plan, id, must(spec, word), until);
    }
  },
  calendar: (plan, id, [span, ...words]) => {
    const turn = (text: string): { from: string | undefined; to: string | undefined } => {
      const [from, to] = text.split('-');
      return { from, to };
    };
    const { of, all } = wordsOf(words);
    const [first, last] = (of('days') ?? '1-7').split('-').map(Number);
    const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => day >= (first ?? 1) && day <= (last ?? first ?? 7));
    const shift = {
      name: id,
      days,
      ...turn(must(span, 'The opening hours')),
      breaks: all('break').map(turn),
    };
    plan.plant.calendars.push(
      WorkCalendar.parse({ id, name: id, zone: 'Europe/Berlin', shifts: [shift], entries: [] }),
    );
  },
  matrix: (plan, id, words) => {
    const { of } = wordsOf(words);
    const entries = words.flatMap((word) => {
      const [, from, to, minutes, cleaning] = /^(.+)>(.+)=(\d+)(!?)$/.exec(word) ?? [];
      return from ? [{ from, to, seconds: Number(minutes) * MINUTE, cleaning: cleaning === '!' }] : [];
    });
    const same = Number(of('same') ?? 0) * MINUTE;
    plan.plant.setupMatrices.push(
      SetupMatrix.parse({ id, name: id, same, standard: Number(of('other') ?? 0) * MINUTE, entries }),
    );
  },
  lot: (plan, id, [what, ...words]) => {
    const { of } = wordsOf(words);
    const [material, quantity] = must(what, 'The material').split('*');
    plan.plant.lots.push(
      Lot.parse(
        known({
          id,
          material,
          quantity: Number(quantity),
          disposition: words.includes('hold') ? 'Restricted' : 'UnRestricted',
          availableFrom: when(of('from')),
          expires: when(of('expires')),
        }),
      ),
    );
  },
};

function addTask(plan: Plan, where: string, what: string, words: readonly string[]): void {
  const [id, minutes] = what.split(':');
  if (!id || !minutes) throw new Error(`“${where} ${what}” is no task such as “M1 A1:60”.`);
  const { of, all } = wordsOf(words);
  const setup = of('setup');
  const modes = where.split(',').map((one) => {
    const [unit, own] = one.split(':');
    return known({
      unit,
      run: Number(own ?? minutes) * MINUTE,
      setup: setup === undefined ? undefined : Number(setup) * MINUTE,
      load: of('load') === undefined ? undefined : Number(of('load')),
    });
  });
  const domains = ['quality', 'maintenance', 'inventory'];
  const task = Task.parse(
    known({
      id,
      order: /^[A-Z]+/.exec(id)?.[0] ?? id,
      name: id,
      domain: words.find((word) => domains.includes(word)) ?? 'production',
      quantity: 1,
      uom: 'pc',
      modes,
      family: of('family'),
      crossBreak: words.includes('pause') ? 'pause' : 'none',
      people: all('people').map((text) => {
        const [, count, qualification, during, handover, percent] =
          /^(?:(\d+)\*)?([^@+/]+)(?:@(\w+))?(\+handover)?(?:\/(\d+))?$/.exec(text) ?? [];
        return known({
          qualification,
          count: Number(count ?? 1),
          during: during ?? 'all',
          handover: handover !== undefined,
          attention: percent === undefined ? undefined : Number(percent) / 100,
        });
      }),
      tools: all('tools').map((text) => {
        const [name, count] = text.split('*');
        return { class: name, count: Number(count ?? 1) };
      }),
      instruments: all('tool').map((name) => ({ class: name })),
      materials: all('lot').map((text) => {
        const [lot, quantity] = text.split('*');
        const material = must(
          plan.plant.lots.find((one) => one.id === lot),
          `Lot ${lot}, told before the task,`,
        ).material;
        return { material, quantity: Number(quantity), lots: [{ lot, quantity: Number(quantity) }] };
      }),
      after: all('after').map((text) => {
        const [, start, before, end, percent, zone, quantity, min, max] =
          /^(\^?)([^+!%@]+)(!?)(?:%(\d+))?(?:@(\w+)\*(\d+))?(?:\+(\d+))?(?:\.\.(\d+))?$/.exec(text) ?? [];
        return known({
          task: before,
          from: start ? 'start' : 'end',
          to: end ? 'end' : undefined,
          transfer: percent === undefined ? undefined : Number(percent) / 100,
          storage: zone === undefined ? undefined : { zone, quantity: Number(quantity) },
          minLag: Number(min ?? 0) * MINUTE,
          maxLag: max === undefined ? undefined : Number(max) * MINUTE,
        });
      }),
      release: when(of('release')) ?? MONDAY,
      due: when(of('due')) ?? at('Sun22:00'),
      deadline: when(of('deadline')),
      weight: Number(of('weight') ?? 1),
      renews: renewalIn(of('renews')),
    }),
  );
  plan.tasks.push(task);
  for (const { unit } of task.modes) {
    if (!plan.plant.equipment.some((one) => one.id === unit)) addEquipment(plan, unit, 'WorkUnit', []);
  }
  for (const pin of all('pin')) {
    const place = pin.startsWith('>') ? { after: pin.slice(1) } : { unit: pin };
    plan.pins.push(Pin.parse({ task: id, ...(pin.includes(':') ? { start: at(pin) } : place) }));
  }
  addProgress(plan, task, words);
}

const renewalIn = (text: string | undefined): object | undefined => {
  const [, equipment, test, days] = /^(.+):(.+)\*(\d+)$/.exec(text ?? '') ?? [];
  return equipment ? { equipment, test, validFor: Number(days) * DAY } : undefined;
};

const REPORTED = ['running', 'setup-running', 'paused', 'done'];

/** `running`, `setup-running`, `paused` and `done`, since now or since the time given. */
function addProgress(plan: Plan, task: Task, words: readonly string[]): void {
  for (const word of words) {
    const [kind = '', time] = word.split('=');
    if (!REPORTED.includes(kind)) continue;
    const since = when(time?.split('-')[0]) ?? plan.now;
    const common = {
      task: task.id,
      unit: task.modes[0]?.unit,
      actualStart: since,
      worked: 0,
      good: 0,
      scrap: 0,
      rework: 0,
    };
    const ran = { ...common, actualRunStart: since };
    const add = (progress: object): void => void plan.progress.push(TaskProgress.parse(progress));
    if (kind === 'running') add({ ...ran, state: { kind, since } });
    if (kind === 'setup-running') add({ ...common, state: { kind: 'setup', since } });
    if (kind === 'paused') add({ ...ran, state: { kind: 'suspended', since, reason: 'Other' } });
    if (kind === 'done' && time) {
      const { end } = spanOf(time);
      add({ ...ran, actualEnd: end, worked: end - since, state: { kind: 'completed', at: end } });
    }
  }
}
