import { isoFromInstant } from '#shared/time/instant.ts';
import type { RawPlant } from './hall.ts';
import { property, quantity, text, value, type Node } from '#electron/erp/b2mml/write.ts';

type Row<Kind extends keyof RawPlant> = RawPlant[Kind][number];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const duration = (seconds: number): string => `PT${seconds}S`;
const days = (seconds: number): string => `P${seconds / 86_400}D`;

/** The tree of equipment below `parent` as Equipment or EquipmentChild elements. */
export function equipmentNodes(all: RawPlant['equipment'], parent?: string): Node[] {
  const children = Map.groupBy(all, (piece) => piece.parent);
  const node = (piece: Row<'equipment'>, name: string): Node => [
    name,
    [
      ['ID', piece.id],
      ['Description', piece.name],
      ['EquipmentLevel', piece.level],
      property('EquipmentProperty', 'Calendar', piece.calendar),
      property('EquipmentProperty', 'SetupMatrix', piece.setupMatrix),
      property('EquipmentProperty', 'SetupState', piece.setupState),
      ...(children.get(piece.id) ?? []).map((child) => node(child, 'EquipmentChild')),
      ...piece.classes.map((id): Node => ['EquipmentClassID', id]),
      ...piece.tests.map((id): Node => ['TestSpecificationID', id]),
    ],
  ];
  return (children.get(parent) ?? []).map((piece) => node(piece, 'Equipment'));
}

export const personNode = (person: Row<'people'>): Node => [
  'Person',
  [
    ['ID', person.id],
    ['PersonName', person.name],
    property('PersonProperty', 'Calendar', person.calendar),
    ...person.classes.map((id): Node => ['PersonnelClassID', id]),
  ],
];

export function testSpecNode({ id, name, subject, validFor, renewal }: Row<'testSpecs'>): Node {
  const given = (what: string, content: Node): Node => ['TestSpecificationProperty', [['ID', what], content]];
  return [
    'TestSpecification',
    [
      ['ID', id],
      ['Description', name],
      text('RecurrenceTimeInterval', validFor === undefined ? undefined : days(validFor)),
      property('TestSpecificationProperty', 'Subject', subject),
      ...(renewal
        ? [
            property('TestSpecificationProperty', 'RenewalOperationsType', capital(renewal.domain)),
            property('TestSpecificationProperty', 'RenewalEquipmentClass', renewal.class),
            given('RenewalDuration', value(duration(renewal.duration), 'duration')),
            property('TestSpecificationProperty', 'RenewalQualification', renewal.qualification),
            given('RenewalLeadTime', value(duration(renewal.leadTime), 'duration')),
          ]
        : []),
      ['EvaluatedProperty', [['ID', subject === 'person' ? 'Qualification' : 'Calibration']]],
    ],
  ];
}

export const testResultNode = ({
  id,
  spec,
  subject,
  evaluated,
  expires,
  passed,
}: Row<'testResults'>): Node => [
  'TestResult',
  [
    ['ID', id],
    ['EvaluationDate', isoFromInstant(evaluated)],
    text('Expiration', expires === undefined ? undefined : isoFromInstant(expires)),
    ['TestableObjectID', subject],
    ['OperationsTestRequirementID', spec],
    ['EvaluatedCriterionResult', passed ? 'pass' : 'fail'],
  ],
];

export const materialNode = ({ id, name, uom, family }: Row<'materials'>): Node => [
  'MaterialDefinition',
  [
    ['ID', id],
    ['Description', name],
    property('MaterialDefinitionProperty', 'UnitOfMeasure', uom),
    property('MaterialDefinitionProperty', 'Family', family),
  ],
];

export function lotNode(lot: Row<'lots'>, uom: string): Node {
  const date = (id: string, at: number | undefined): Node | undefined =>
    at === undefined
      ? undefined
      : ['MaterialLotProperty', [['ID', id], value(isoFromInstant(at), 'dateTime')]];
  return [
    'MaterialLot',
    [
      ['ID', lot.id],
      ['MaterialDefinitionID', lot.material],
      ['Disposition', lot.disposition],
      date('AvailableFrom', lot.availableFrom),
      date('ExpirationDate', lot.expires),
      lot.location === undefined
        ? undefined
        : [
            'StorageLocation',
            [
              ['Location', lot.location],
              ['LocationType', 'Description'],
            ],
          ],
      quantity(lot.quantity, uom),
    ],
  ];
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Dated entries first, then the repeating ones: the order of the schema. */
export const calendarNodes = (calendars: RawPlant['calendars']): Node[] => [
  ...calendars
    .filter(({ entries }) => entries.length > 0)
    .map(({ id, name, entries }): Node => [
      'WorkCalendar',
      [
        ['ID', id],
        ['Description', name],
        ...entries.map(({ type, interval, reason }, k): Node => [
          'WorkCalendarEntry',
          [
            ['ID', `${id}-${k + 1}`],
            text('Description', reason),
            ['StartDateTime', isoFromInstant(interval.start)],
            ['FinishDateTime', isoFromInstant(interval.end)],
            ['EntryType', type],
          ],
        ]),
      ],
    ]),
  ...calendars.map(({ id, name, zone, shifts }): Node => [
    'WorkCalendarDefinition',
    [
      ['ID', id],
      ['Description', name],
      ...shifts.map(({ name, days: on, from, to }): Node => [
        'WorkCalendarDefinitionEntry',
        [
          ['ID', name],
          ['Description', name],
          [
            'RecurrenceTime',
            `FREQ=WEEKLY;BYDAY=${on.map((day) => DAYS[day - 1]).join(',')};BYHOUR=${Number(from.slice(0, 2))};BYMINUTE=${Number(from.slice(3))}`,
          ],
          ['DurationRule', `PT${(minutes(to) - minutes(from) + 24 * 60) % (24 * 60) || 24 * 60}M`],
          ['EntryType', 'SHIFT'],
        ],
      ]),
      property('WorkCalendarDefinitionProperty', 'TimeZone', zone),
    ],
  ]),
];

/** Quantities in a definition are for this much of the product. */
const REFERENCE = 100_000;

export function definitionNode(
  { id, name, version, steps }: Row<'routings'>,
  {
    product,
    uomOf,
  }: { product: { id: string; uom: string } | undefined; uomOf: (material: string) => string },
): Node {
  return [
    'OperationsDefinition',
    [
      ['ID', id],
      ['Description', name],
      ['Version', version],
      ['OperationsType', capital(steps[0]?.domain === 'maintenance' ? 'maintenance' : 'production')],
      ...steps.map((step, k) =>
        segmentNode(step, {
          followers: steps.flatMap((other) =>
            other.after
              .filter((link) => link.step === step.id)
              .map((link) => ({ ...link, follower: other.id })),
          ),
          product: k === steps.length - 1 ? product : undefined,
          uomOf,
        }),
      ),
    ],
  ];
}

type Step = Row<'routings'>['steps'][number];

function segmentNode(
  step: Step,
  {
    followers,
    product,
    uomOf,
  }: {
    followers: readonly (Step['after'][number] & { follower: string })[];
    product: { id: string; uom: string } | undefined;
    uomOf: (material: string) => string;
  },
): Node {
  const parameter = (id: string, content: Node): Node => ['ParameterSpecification', [['ID', id], content]];
  return [
    'OperationsSegment',
    [
      ['ID', step.id],
      ['Description', step.name],
      ['OperationsType', capital(step.domain)],
      step.family !== undefined && parameter('SetupFamily', value(step.family, 'string')),
      parameter('CrossBreak', value(step.crossBreak, 'string')),
      ...step.people.map(({ qualification, count, during, handover }, k): Node => [
        'PersonnelSpecification',
        [
          ['ID', `person-${k + 1}`],
          ['PersonnelUse', during],
          quantity(count, 'each'),
          ['PersonnelSpecificationProperty', [['ID', 'Handover'], value(String(handover), 'boolean')]],
          ['TestSpecificationID', qualification],
        ],
      ]),
      ...step.modes.map((mode, k): Node => [
        'EquipmentSpecification',
        [
          ['ID', `unit-${k + 1}`],
          text('EquipmentClassID', mode.class),
          text('EquipmentID', mode.equipment),
          ['EquipmentUse', 'Unit'],
          ['EquipmentSpecificationProperty', [['ID', 'RunFixed'], value(duration(mode.fixed), 'duration')]],
          mode.perUnit > 0 && [
            'EquipmentSpecificationProperty',
            [['ID', 'RunPerUnit'], value(mode.perUnit, 'decimal', 'SEC')],
          ],
          mode.setup !== undefined && [
            'EquipmentSpecificationProperty',
            [['ID', 'Setup'], value(duration(mode.setup), 'duration')],
          ],
        ],
      ]),
      ...step.instruments.map((instrument, k): Node => [
        'EquipmentSpecification',
        [
          ['ID', `instrument-${k + 1}`],
          ['EquipmentClassID', instrument.class],
          ['EquipmentUse', 'Instrument'],
        ],
      ]),
      ...step.materials.map(({ material, perUnit }, k): Node => [
        'MaterialSpecification',
        [
          ['ID', `material-${k + 1}`],
          ['MaterialDefinitionID', material],
          ['MaterialUse', 'Consumed'],
          quantity(Number((perUnit * REFERENCE).toPrecision(12)), uomOf(material)),
        ],
      ]),
      product && [
        'MaterialSpecification',
        [
          ['ID', 'product'],
          ['MaterialDefinitionID', product.id],
          ['MaterialUse', 'Produced'],
          quantity(REFERENCE, product.uom),
        ],
      ],
      ...followers.flatMap((link) => dependencyNodes(step.id, link)),
    ],
  ];
}

/** The relation of a step to one that follows it, in the words of ISA-95. */
function dependencyNodes(
  step: string,
  { follower, from, minLag, maxLag }: Step['after'][number] & { follower: string },
): Node[] {
  const edge = capital(from);
  const node = (word: string, factor?: number): Node => [
    'SegmentDependency',
    [
      ['ID', `${step}-${follower}-${word}`],
      ['Dependency', word],
      factor !== undefined && [
        'DependencyFactor',
        [
          ['ValueString', duration(factor)],
          ['DataType', 'duration'],
        ],
      ],
      ['SegmentID', follower],
    ],
  ];
  return [
    minLag === 0 ? node(`After${edge}`) : node(`NoEarlierAfter${edge}`, minLag),
    ...(maxLag === undefined ? [] : [node(`NoLaterAfter${edge}`, maxLag)]),
  ];
}

export function requestNode(order: Row<'orders'>, firstSegment: string): Node {
  return [
    'OperationsRequest',
    [
      ['ID', order.id],
      ['StartTime', isoFromInstant(order.release)],
      ['EndTime', isoFromInstant(order.due)],
      ['OperationsType', capital(order.domain)],
      ['Priority', String(order.weight)],
      ['RequestState', order.state],
      ['OperationsDefinitionID', order.routing],
      [
        'SegmentRequirement',
        [
          ['ID', `${order.id}-1`],
          text('LatestEndTime', order.deadline === undefined ? undefined : isoFromInstant(order.deadline)),
          ['ProcessSegmentID', firstSegment],
          ['OperationsDefinitionID', order.routing],
          ['OperationsSegmentID', firstSegment],
          order.equipment !== undefined && [
            'EquipmentRequirement',
            [
              ['ID', 'unit'],
              ['EquipmentID', order.equipment],
            ],
          ],
          order.product !== undefined && [
            'MaterialRequirement',
            [
              ['ID', 'product'],
              ['MaterialDefinitionID', order.product],
              ['MaterialUse', 'Produced'],
              quantity(order.quantity, order.uom),
            ],
          ],
        ],
      ],
    ],
  ];
}
