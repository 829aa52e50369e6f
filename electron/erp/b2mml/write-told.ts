import { assertNever } from '#shared/base/must.ts';
import type { Outbound, Stretch } from '#shared/domain/outbound.ts';
import { type Instant, isoFromInstant } from '#shared/time/instant.ts';
import { SENDER } from './answer.ts';
import { V6, V7 } from './dialects.ts';
import { DOWNTIME } from './events.ts';
import { type Node, text, transactionText, value } from './write.ts';
import { consumedNodes } from './write-consumed.ts';

type Told<Kind extends Outbound['kind']> = Extract<Outbound, { kind: Kind }>;

/** The version of B2MML that a receiver reads. */
export type TellVersion = '6' | '7';

/** One message about what is planned or has happened. V6 has no events: a downtime is an alert in it. */
export function toldMessage(
  message: Outbound,
  head: { readonly version: TellVersion; readonly bodId: string; readonly now: Instant },
): string {
  const isV6 = head.version === '6';
  const [noun, data, verb = 'Sync'] =
    isV6 && message.kind === 'downtime'
      ? (['WorkAlert', alertNode(message)] as const)
      : nounOf(message, head.now);
  return transactionText({
    verb,
    noun,
    namespace: (isV6 ? V6 : V7).namespace,
    release: isV6 ? '6.0' : '7.0.1',
    sender: SENDER,
    bodId: head.bodId,
    created: isoFromInstant(head.now),
    data: [isV6 ? inV6(data) : data],
  });
}

function nounOf(message: Outbound, now: Instant): readonly [noun: string, data: Node, verb?: string] {
  switch (message.kind) {
    case 'planned':
      return ['OperationsSchedule', scheduleNode(message, now)];
    case 'progress':
      return ['OperationsPerformance', performanceNode(message, now)];
    case 'downtime':
      return ['OperationsEvent', eventNode(message, now), 'Notify'];
    default:
      return assertNever(message);
  }
}

/** Where one operation is planned, as a request of its order with one segment. */
function scheduleNode({ order, step, unit, start, end, version }: Told<'planned'>, now: Instant): Node {
  const segment: Node = [
    'SegmentRequirement',
    [
      ['ID', `${order}/${step}`],
      ['EarliestStartTime', isoFromInstant(start)],
      ['LatestEndTime', isoFromInstant(end)],
      ['ProcessSegmentID', step],
      ['Duration', `PT${end - start}S`],
      ['OperationsDefinitionID', order],
      ['OperationsSegmentID', step],
      [
        'EquipmentRequirement',
        [
          ['ID', unit],
          ['EquipmentID', unit],
        ],
      ],
    ],
  ];
  return [
    'OperationsSchedule',
    [
      ['ID', `version ${version}`],
      ['PublishedDate', isoFromInstant(now)],
      ['OperationsType', 'Mixed'],
      ['OperationsRequest', [['ID', order], segment]],
    ],
  ];
}

/** How far one operation is, as a whole: the latest message about it says it all. */
function performanceNode(told: Told<'progress'>, now: Instant): Node {
  const { order, step, unit, state, stretches, good, scrap, rework, completed, consumed = [] } = told;
  const [first] = stretches;
  const isOver = state === 'completed';
  const segment: Node = [
    'SegmentResponse',
    [
      ['ID', `${order}/${step}`],
      text('ActualStartTime', first && isoFromInstant(first.start)),
      text('ActualEndTime', isOver && completed !== undefined ? isoFromInstant(completed) : undefined),
      ['ProcessSegmentID', step],
      ['OperationsRequestID', order],
      ['SegmentRequirementID', `${order}/${step}`],
      ['OperationsSegmentID', step],
      ['SegmentState', SEGMENT_STATES[state]],
      ...Object.entries({ Good: good, Scrap: scrap, Rework: rework }).map(([id, amount]): Node => [
        'SegmentData',
        [['ID', id], value(amount, 'decimal')],
      ]),
      ['SegmentData', [['ID', 'Worked'], value(`PT${workedIn(stretches, now)}S`, 'duration')]],
      ...[...new Set(stretches.flatMap(({ person }) => person ?? []))].map((person): Node => [
        'PersonnelActual',
        [
          ['ID', person],
          ['PersonID', person],
        ],
      ]),
      [
        'EquipmentActual',
        [
          ['ID', unit],
          ['EquipmentID', unit],
        ],
      ],
      ...consumedNodes(consumed),
    ],
  ];
  return [
    'OperationsPerformance',
    [
      ['ID', `performance ${order}/${step}`],
      ['PublishedDate', isoFromInstant(now)],
      ['OperationsType', 'Mixed'],
      [
        'OperationsResponse',
        [['ID', order], ['OperationsRequestID', order], ['ResponseState', 'Running'], segment],
      ],
    ],
  ];
}

const SEGMENT_STATES = {
  waiting: 'Waiting',
  running: 'Running',
  suspended: 'Suspended',
  completed: 'Completed',
} as const;

/** Seconds worked so far, with the stretch that goes on. */
const workedIn = (stretches: readonly Stretch[], now: Instant): number =>
  stretches.reduce((sum, { start, end = now }) => sum + Math.max(0, end - start), 0);

/** A downtime as an event of its unit: it begins, and with its end it is over. */
const eventNode = ({ id, unit, start, end, reason }: Told<'downtime'>, now: Instant): Node => [
  'OperationsEvent',
  [
    ['ID', id],
    ['Description', reason],
    [
      'HierarchyScope',
      [
        ['EquipmentID', unit],
        ['EquipmentLevel', 'WorkUnit'],
      ],
    ],
    ['EffectiveTimeStamp', isoFromInstant(end ?? start)],
    ['RecordTimeStamp', isoFromInstant(now)],
    ['OperationsEventType', 'Event'],
    ['OperationsType', 'Maintenance'],
    ['Category', categoryOf(end)],
  ],
];

const alertNode = ({ id, unit, start, end, reason }: Told<'downtime'>): Node => [
  'WorkAlert',
  [
    ['ID', id],
    ['MessageText', reason],
    [
      'HierarchyScope',
      [
        ['EquipmentID', unit],
        ['EquipmentElementLevel', 'WorkUnit'],
      ],
    ],
    ['TimeStamp', isoFromInstant(end ?? start)],
    ['Category', categoryOf(end)],
  ],
];

const categoryOf = (end: Instant | undefined): string =>
  end === undefined ? DOWNTIME.started : DOWNTIME.ended;

/** What V6 knows of our elements, in the order that it wants them. */
const V6_CHILDREN: Readonly<Record<string, readonly string[]>> = {
  OperationsSchedule: ['ID', 'OperationsType', 'PublishedDate', 'OperationsRequest'],
  OperationsRequest: ['ID', 'SegmentRequirement'],
  SegmentRequirement: [
    'ID',
    'ProcessSegmentID',
    'EarliestStartTime',
    'LatestEndTime',
    'Duration',
    'EquipmentRequirement',
  ],
  EquipmentRequirement: ['EquipmentID'],
  OperationsPerformance: ['ID', 'OperationsType', 'PublishedDate', 'OperationsResponse'],
  OperationsResponse: ['ID', 'OperationsRequestID', 'ResponseState', 'SegmentResponse'],
  SegmentResponse: [
    'ID',
    'ProcessSegmentID',
    'ActualStartTime',
    'ActualEndTime',
    'SegmentState',
    'SegmentData',
    'PersonnelActual',
    'EquipmentActual',
    'MaterialActual',
  ],
  MaterialActual: ['MaterialDefinitionID', 'MaterialLotID', 'MaterialUse', 'Quantity'],
  PersonnelActual: ['PersonID'],
  EquipmentActual: ['EquipmentID'],
};

function inV6(node: Node): Node {
  const [name, content] = node;
  const known = V6_CHILDREN[name];
  if (typeof content === 'string' || !known) return node;
  const nodes = content.flatMap((child) => (child && known.includes(child[0]) ? [child] : []));
  const children = nodes.toSorted((a, b) => known.indexOf(a[0]) - known.indexOf(b[0])).map(inV6);
  return [name, children];
}
