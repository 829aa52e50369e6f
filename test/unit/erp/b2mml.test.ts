import { expect, test } from 'vitest';
import { bare, decode, dependency, lot, lotProperty, recordsOf, routing, transaction } from './b2mml-kit.ts';

const person = (id: string, calendar = 'EARLY') =>
  `<Person><ID>${id}</ID><PersonName>Anna</PersonName><PersonProperty><ID>Calendar</ID><Value><ValueString>${calendar}</ValueString></Value></PersonProperty></Person>`;

const request = (fields: string, segment = '') =>
  bare(
    'OperationsSchedule',
    `<ID>S</ID><OperationsRequest><ID>O1</ID>${fields}<OperationsDefinitionID>R</OperationsDefinitionID><SegmentRequirement><ID>s</ID>${segment}</SegmentRequirement></OperationsRequest>`,
  );
const TIMES = '<StartTime>2026-11-23T06:00:00Z</StartTime><EndTime>2026-11-27T12:00:00+01:00</EndTime>';

test('[I95-09] the BODID identifies a message; a message without one is identified by its text', () => {
  expect(decode(transaction('Sync', 'Person', person('P1'))).message).toBe('bod-1');
  const plain = decode(bare('PersonnelInformation', person('P1')));
  expect(plain.message).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(decode(bare('PersonnelInformation', person('P1'))).message).toBe(plain.message);
  expect(decode(bare('PersonnelInformation', person('P2'))).message).not.toBe(plain.message);
});

test('Process, Sync and Show bring records; Sync without an action means Add', () => {
  for (const verb of ['Process', 'Sync', 'Show']) {
    expect(recordsOf(decode(transaction(verb, 'Person', person('P1'))), 'people')).toEqual([
      { id: 'P1', name: 'Anna', classes: [], calendar: 'EARLY' },
    ]);
  }
});

test('Cancel and the action Delete take records back', () => {
  const gone = [{ kind: 'people', id: 'P1' }];
  expect(decode(transaction('Cancel', 'Person', person('P1')))).toMatchObject({ records: [], removed: gone });
  const action =
    '<ActionCriteria><ActionExpression actionCode="Delete">/Person</ActionExpression></ActionCriteria>';
  expect(decode(transaction('Sync', 'Person', person('P1'), action))).toMatchObject({
    records: [],
    removed: gone,
  });
});

test('a single wrong element is refused with line, field and value; the rest of the file goes in', () => {
  const decoded = decode(
    bare(
      'MaterialInformation',
      [lot({ id: 'L1' }), lot({ id: 'L2', disposition: 'Blocked' }), lot({ id: 'L3' })].join('\n'),
    ),
  );
  expect(decoded.records.map(({ record, line }) => [record.id, line])).toEqual([
    ['L1', 2],
    ['L3', 4],
  ]);
  expect(decoded.refusals).toEqual([
    {
      file: 'in.xml',
      line: 3,
      field: 'disposition',
      value: '"Blocked"',
      reason: expect.stringContaining('L2'),
    },
  ]);
});

test('a person who stands twice in a file is refused the second time', () => {
  const decoded = decode(bare('PersonnelInformation', `${person('P1')}\n${person('P1', 'LATE')}`));
  expect(decoded.records).toHaveLength(1);
  expect(decoded.refusals).toEqual([
    {
      file: 'in.xml',
      line: 3,
      field: 'ID',
      value: 'P1',
      reason: expect.stringContaining('the first is in line 2'),
    },
  ]);
});

test('an element without an ID is refused, and one we do not read is told', () => {
  const decoded = decode(
    bare('MaterialInformation', '<MaterialLot/><MaterialSubLot><ID>S1</ID></MaterialSubLot>'),
  );
  expect(decoded.refusals).toMatchObject([{ field: 'ID', reason: 'MaterialLot has no ID.' }]);
  expect(decoded.warnings).toMatchObject([{ field: 'MaterialSubLot', value: 'S1' }]);
});

test('masses come in kilograms and volumes in litres, whatever the unit of the file; an unknown unit is refused', () => {
  const quantity = (given: string, unit: string) =>
    recordsOf(decode(bare('MaterialInformation', lot({ quantity: given, unit }))), 'lots');
  expect(quantity('2500', 'GRM')).toMatchObject([{ quantity: 2.5 }]);
  expect(quantity('2500', 'g')).toMatchObject([{ quantity: 2.5 }]);
  expect(quantity('1.5', 'TNE')).toMatchObject([{ quantity: 1500 }]);
  expect(quantity('7', 'C62')).toMatchObject([{ quantity: 7 }]);
  for (const unit of ['bushel', 'constructor']) {
    expect(decode(bare('MaterialInformation', lot({ unit })))).toMatchObject({
      records: [],
      refusals: [{ field: 'UnitOfMeasure', value: unit, reason: expect.stringContaining('unknown') }],
    });
  }
  expect(decode(bare('MaterialInformation', lot({ quantity: '1,5' }))).refusals).toMatchObject([
    { field: 'Quantity', value: '1,5' },
  ]);
});

test('[CAL-07] an expiry without a time means the end of that day at the site', () => {
  const properties = lotProperty('ExpirationDate', '2026-03-02') + lotProperty('AvailableFrom', '2026-03-02');
  const [read] = recordsOf(decode(bare('MaterialInformation', lot({ properties }))), 'lots');
  expect(read).toMatchObject({
    expires: Date.parse('2026-03-02T23:00:00Z') / 1000,
    availableFrom: Date.parse('2026-03-01T23:00:00Z') / 1000,
  });
});

test('times with an offset are exact, without one local; a message that mixes both gets one warning', () => {
  const [exact] = recordsOf(decode(request(TIMES)), 'orders');
  expect(exact).toMatchObject({
    release: Date.parse('2026-11-23T06:00:00Z') / 1000,
    due: Date.parse('2026-11-27T11:00:00Z') / 1000,
  });
  expect(decode(request(TIMES)).warnings).toEqual([]);
  const local = decode(request(TIMES.replace('06:00:00Z', '06:00:00')));
  expect(recordsOf(local, 'orders')).toMatchObject([{ release: Date.parse('2026-11-23T05:00:00Z') / 1000 }]);
  expect(local.warnings).toMatchObject([
    { line: 2, field: 'time', reason: expect.stringContaining('Europe/Berlin') },
  ]);
});

test('a date that does not exist is refused', () => {
  for (const time of ['2026-02-30T06:00:00Z', '23.11.2026', '2026-11-23T25:00:00Z', 'tomorrow']) {
    expect(decode(request(TIMES.replace('2026-11-23T06:00:00Z', time)))).toMatchObject({
      records: [],
      refusals: [{ field: 'StartTime', value: time }],
    });
  }
});

test('an order brings its weight, its hard end, its product and the one machine it is for', () => {
  const segment =
    '<LatestEndTime>2026-11-28T00:00:00Z</LatestEndTime>' +
    '<EquipmentRequirement><ID>e</ID><EquipmentID>PRS-01</EquipmentID></EquipmentRequirement>' +
    '<MaterialRequirement><ID>m</ID><MaterialDefinitionID>FG</MaterialDefinitionID><MaterialUse>Produced</MaterialUse><Quantity><QuantityString>5</QuantityString><UnitOfMeasure>tablet</UnitOfMeasure></Quantity></MaterialRequirement>';
  const fields = `${TIMES}<OperationsType>Maintenance</OperationsType><Priority>3</Priority><RequestState>Held</RequestState>`;
  expect(recordsOf(decode(request(fields, segment)), 'orders')).toEqual([
    {
      id: 'O1',
      domain: 'maintenance',
      product: 'FG',
      quantity: 5,
      uom: 'tablet',
      routing: 'R',
      weight: 3,
      release: Date.parse('2026-11-23T06:00:00Z') / 1000,
      due: Date.parse('2026-11-27T11:00:00Z') / 1000,
      deadline: Date.parse('2026-11-28T00:00:00Z') / 1000,
      equipment: 'PRS-01',
      state: 'Held',
    },
  ]);
});

test('an order without a routing, without times or with a negative weight is refused', () => {
  const order = (fields: string) => decode(request(fields)).refusals.map(({ field }) => field);
  expect(order('')).toEqual(['release', 'due']);
  expect(order(`${TIMES}<Priority>-1</Priority>`)).toEqual(['weight']);
  expect(order(`${TIMES}<RequestState>Lost</RequestState>`)).toEqual(['state']);
  const bareOrder = bare('OperationsSchedule', `<OperationsRequest><ID>O</ID>${TIMES}</OperationsRequest>`);
  expect(decode(bareOrder).refusals).toMatchObject([
    { field: 'routing', reason: expect.stringContaining('is missing') },
  ]);
});

test('[I95-03] every dependency comes down to its bounds of the lag', () => {
  const after = (...dependencies: string[]) => {
    const decoded = decode(routing(dependencies.join('')));
    const [read] = recordsOf(decoded, 'routings') as { steps: { after: unknown }[] }[];
    return { after: read?.steps[1]?.after, warnings: decoded.warnings.length };
  };
  const one = (relation: object) => ({ after: [{ step: 'A', ...relation }], warnings: 0 });
  expect(after(dependency('AfterEnd'))).toEqual(one({ from: 'end', minLag: 0 }));
  expect(after(dependency('AfterStart'))).toEqual(one({ from: 'start', minLag: 0 }));
  expect(after(dependency('AtStart'))).toEqual(one({ from: 'start', minLag: 0, maxLag: 0 }));
  expect(after(dependency('NoEarlierAfterStart', 'PT1H'))).toEqual(one({ from: 'start', minLag: 3600 }));
  expect(after(dependency('NoEarlierAfterEnd', '30', 'MIN'))).toEqual(one({ from: 'end', minLag: 1800 }));
  expect(after(dependency('PossibleParallel'))).toEqual({ after: [], warnings: 0 });
  expect(after(dependency('NoEarlierAfterEnd', 'PT30M'), dependency('NoLaterAfterEnd', 'PT4H'))).toEqual(
    one({ from: 'end', minLag: 1800, maxLag: 14_400 }),
  );
  expect(after(dependency('AfterEnd'), dependency('NoLaterAfterStart', 'PT6H'))).toEqual({
    after: [
      { step: 'A', from: 'start', minLag: 0, maxLag: 21_600 },
      { step: 'A', from: 'end', minLag: 0 },
    ],
    warnings: 0,
  });
  // A latest time alone does not say which comes first: the order is taken for granted, and told.
  expect(after(dependency('NoLaterAfterEnd', 'PT4H'))).toEqual({
    after: [{ step: 'A', from: 'end', minLag: 0, maxLag: 14_400 }],
    warnings: 1,
  });
});

test('[I95-03] a dependency that cannot be planned, is unknown, lacks its factor or names nobody is refused', () => {
  const reasons = (text: string) => {
    const decoded = decode(routing(text));
    expect(decoded.records).toEqual([]);
    return decoded.refusals.map(({ reason }) => reason).join();
  };
  expect(reasons(dependency('NotFollow'))).toContain('cannot be planned');
  expect(reasons(dependency('NotInParallel'))).toContain('cannot be planned');
  expect(reasons(dependency('Whenever'))).toContain('no dependency of ISA-95');
  expect(reasons(dependency('NoLaterAfterEnd'))).toContain('needs a factor');
  expect(reasons(dependency('NoEarlierAfterEnd', '4', 'fortnight'))).toContain('fortnight');
  expect(reasons(dependency('NoEarlierAfterEnd', '4'))).toContain('no unit');
  expect(reasons(dependency('NoEarlierAfterEnd', 'P1M'))).toContain('no fixed length');
  expect(reasons(dependency('AfterEnd').replace('>B<', '>C<'))).toContain('no such segment');
  expect(reasons(dependency('NoEarlierAfterEnd', 'PT5H') + dependency('NoLaterAfterEnd', 'PT4H'))).toContain(
    'before the earliest',
  );
});

test('a step: alternatives with their own speeds, people, instruments, materials of a batch', () => {
  const property = (list: string, id: string, text: string, unit = '') =>
    `<${list}><ID>${id}</ID><Value><ValueString>${text}</ValueString><UnitOfMeasure>${unit}</UnitOfMeasure></Value></${list}>`;
  const spec = (use: string, content: string) =>
    `<EquipmentSpecification><ID>e</ID>${content}<EquipmentUse>${use}</EquipmentUse></EquipmentSpecification>`;
  const material = (id: string, use: string, quantity: string, unit: string) =>
    `<MaterialSpecification><ID>m</ID><MaterialDefinitionID>${id}</MaterialDefinitionID><MaterialUse>${use}</MaterialUse><Quantity><QuantityString>${quantity}</QuantityString><UnitOfMeasure>${unit}</UnitOfMeasure></Quantity></MaterialSpecification>`;
  const text = bare(
    'OperationsDefinition',
    `<ID>R</ID><OperationsSegment><ID>A</ID><OperationsType>Quality</OperationsType>
    ${property('ParameterSpecification', 'RunFixed', '10', 'min')}
    ${property('ParameterSpecification', 'Setup', 'PT15M')}
    ${property('ParameterSpecification', 'SetupFamily', 'red')}
    ${property('ParameterSpecification', 'CrossBreak', 'pause')}
    ${property('ParameterSpecification', 'Training', 'SOP')}
    ${property('ParameterSpecification', 'TrainedSince', '2026-11-01T00:00:00Z')}
    <PersonnelSpecification><ID>p</ID><PersonnelUse>run</PersonnelUse><Quantity><QuantityString>2</QuantityString></Quantity>${property('PersonnelSpecificationProperty', 'Handover', 'true')}<TestSpecificationID>Q</TestSpecificationID></PersonnelSpecification>
    ${spec('Unit', `<EquipmentID>U1</EquipmentID>${property('EquipmentSpecificationProperty', 'RunPerUnit', '0.02', 'SEC')}`)}
    ${spec('Unit', `<EquipmentClassID>K</EquipmentClassID>${property('EquipmentSpecificationProperty', 'RunFixed', '1', 'HUR')}`)}
    ${spec('Instrument', '<EquipmentClassID>Balance</EquipmentClassID>')}
    ${material('API', 'Consumed', '50000', 'g')}
    ${material('FG', 'Produced', '100000', 'tablet')}
    </OperationsSegment>`,
  );
  expect(recordsOf(decode(text), 'routings')).toEqual([
    {
      id: 'R',
      name: 'R',
      version: '1',
      steps: [
        {
          id: 'A',
          name: 'A',
          domain: 'quality',
          modes: [
            { equipment: 'U1', fixed: 600, perUnit: 0.02, setup: 900 },
            { class: 'K', fixed: 3600, perUnit: 0, setup: 900 },
          ],
          family: 'red',
          crossBreak: 'pause',
          training: { test: 'SOP', since: Date.parse('2026-11-01T00:00:00Z') / 1000 },
          people: [{ qualification: 'Q', count: 2, during: 'run', handover: true }],
          instruments: [{ class: 'Balance' }],
          materials: [{ material: 'API', perUnit: 0.0005 }],
          after: [],
        },
      ],
    },
  ]);
});

test('a step without a unit, without a time or on two units at once is refused', () => {
  const fields = (text: string) => decode(text).refusals.map(({ field }) => field);
  expect(fields(routing('').replace('<Duration>PT1H</Duration>', ''))).toEqual(['RunFixed']);
  expect(fields(routing('').replace('<EquipmentID>U1</EquipmentID>', ''))).toEqual(['steps.0.modes']);
  const second =
    '<EquipmentSpecification><ID>e</ID><EquipmentID>U2</EquipmentID><EquipmentUse>Tool</EquipmentUse></EquipmentSpecification>';
  expect(fields(routing(second))).toEqual(['EquipmentUse']);
  expect(fields(routing('<PersonnelSpecification><ID>p</ID></PersonnelSpecification>'))).toEqual([
    'TestSpecificationID',
  ]);
});

test('a work calendar: repeating shifts with breaks and dated entries, joined by ID', () => {
  const entry = (child = '') =>
    `<WorkCalendarDefinitionEntry><ID>Early</ID><RecurrenceTime>FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=22;BYMINUTE=30</RecurrenceTime><DurationRule>PT8H</DurationRule><EntryType>SHIFT</EntryType>${child}</WorkCalendarDefinitionEntry>`;
  const pause =
    '<WorkCalendarDefinitionEntryChild><RecurrenceTime>FREQ=DAILY;BYHOUR=2</RecurrenceTime><DurationRule>PT30M</DurationRule><EntryType>BREAK</EntryType></WorkCalendarDefinitionEntryChild>';
  const dated =
    '<WorkCalendar><ID>C</ID><WorkCalendarEntry><ID>1</ID><Description>Christmas</Description><StartDateTime>2026-12-25</StartDateTime><FinishDateTime>2026-12-26</FinishDateTime><EntryType>HOLIDAY</EntryType></WorkCalendarEntry></WorkCalendar>';
  const text = bare(
    'WorkCalendarInformation',
    `${dated}<WorkCalendarDefinition><ID>C</ID>${entry(pause)}</WorkCalendarDefinition>`,
  );
  expect(recordsOf(decode(text), 'calendars')).toEqual([
    {
      id: 'C',
      name: 'C',
      zone: 'Europe/Berlin',
      shifts: [
        { name: 'Early', days: [1, 5], from: '22:30', to: '06:30', breaks: [{ from: '02:00', to: '02:30' }] },
      ],
      entries: [
        {
          type: 'HOLIDAY',
          interval: {
            start: Date.parse('2026-12-24T23:00:00Z') / 1000,
            end: Date.parse('2026-12-26T23:00:00Z') / 1000,
          },
          reason: 'Christmas',
        },
      ],
    },
  ]);
  for (const [wrong, field] of [
    [text.replace('FREQ=WEEKLY', 'FREQ=YEARLY'), 'RecurrenceTime'],
    [text.replace('BYDAY=MO,FR', 'BYDAY=MO,XX'), 'RecurrenceTime'],
    [text.replace('PT8H', 'PT48H'), 'DurationRule'],
    [text.replace('HOLIDAY', 'PARTY'), 'entries.0.type'],
  ] as const) {
    expect(decode(wrong)).toMatchObject({ records: [], refusals: [{ field }] });
  }
});

test('a test result says pass or fail, and a specification how it is renewed', () => {
  const result = (outcome: string) =>
    bare(
      'OperationsTestInformation',
      `<TestResult><ID>T</ID><EvaluationDate>2026-01-01T00:00:00Z</EvaluationDate><Expiration>2026-11-26</Expiration><TestableObjectID>BAL-02</TestableObjectID><OperationsTestRequirementID>CAL</OperationsTestRequirementID><EvaluatedCriterionResult>${outcome}</EvaluatedCriterionResult></TestResult>`,
    );
  expect(recordsOf(decode(result('Pass')), 'testResults')).toEqual([
    {
      id: 'T',
      spec: 'CAL',
      subject: 'BAL-02',
      evaluated: Date.parse('2026-01-01T00:00:00Z') / 1000,
      expires: Date.parse('2026-11-26T23:00:00Z') / 1000,
      passed: true,
    },
  ]);
  expect(recordsOf(decode(result('failed')), 'testResults')).toMatchObject([{ passed: false }]);
  expect(decode(result('maybe')).refusals).toMatchObject([
    { field: 'EvaluatedCriterionResult', value: 'maybe' },
  ]);
});

test('equipment below equipment has its parent; one wrong piece does not take its neighbours along', () => {
  const text = bare(
    'EquipmentInformation',
    `<Equipment><ID>SITE</ID><EquipmentLevel>Site</EquipmentLevel>
<EquipmentChild><ID>U1</ID><EquipmentLevel>Unit</EquipmentLevel><EquipmentClassID>K</EquipmentClassID></EquipmentChild>
<EquipmentChild><ID>U2</ID><EquipmentLevel>Gadget</EquipmentLevel></EquipmentChild></Equipment>`,
  );
  const decoded = decode(text);
  expect(recordsOf(decoded, 'equipment')).toMatchObject([
    { id: 'SITE' },
    { id: 'U1', parent: 'SITE', classes: ['K'] },
  ]);
  expect(decoded.refusals).toMatchObject([{ line: 4, field: 'level', value: '"Gadget"' }]);
});
