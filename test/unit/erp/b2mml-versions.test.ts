import { describe, expect, test } from 'vitest';
import { toldMessage } from '#electron/erp/b2mml/write-told.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import { decode, decodeInPieces, lot, NAMESPACE, bare, recordsOf, transaction } from './b2mml-kit.ts';

const V6 = `${NAMESPACE}-V0600`;
const V4 = 'http://www.wbf.org/xml/B2MML-V0401';
const at = (time: string): number => Date.parse(time) / 1000;

/** A Sync of one noun's content in another version. */
const sync = (namespace: string, noun: string, content: string): string =>
  `<Sync${noun} xmlns="${namespace}" releaseID=""><ApplicationArea><CreationDateTime>2026-11-23T04:00:00Z</CreationDateTime></ApplicationArea><DataArea><Sync/>\n${content}</DataArea></Sync${noun}>`;

describe('the namespace says the version', () => {
  const material = '<MaterialDefinition><ID>M1</ID></MaterialDefinition>';

  test('V7, V6, V5 and V0401 are read without a word', () => {
    for (const namespace of [NAMESPACE, V6, `${NAMESPACE}-V0500`, V4]) {
      const decoded = decode(sync(namespace, 'MaterialDefinition', material));
      expect(recordsOf(decoded, 'materials')).toEqual([{ id: 'M1', name: 'M1', uom: 'each' }]);
      expect(decoded.warnings).toEqual([]);
    }
  });

  test('a near miss of a known version is read with a warning', () => {
    for (const namespace of [`${NAMESPACE}-V0601`, 'http://www.wbf.org/xml/b2mml-v0400', '']) {
      const decoded = decode(sync(namespace, 'MaterialDefinition', material));
      expect(recordsOf(decoded, 'materials')).toHaveLength(1);
      expect(decoded.warnings).toMatchObject([{ line: 1, field: 'xmlns', value: namespace }]);
    }
  });
});

describe('the older words mean the same', () => {
  test('a production request of V0401 is an order, its produced material the product', () => {
    const request = `<ProductionSchedule><EndTime>2026-11-27T12:00:00Z</EndTime><ProductionRequest><ID>O1</ID><ProductProductionRuleID>R</ProductProductionRuleID><StartTime>2026-11-24T06:00:00Z</StartTime><Priority>3</Priority><SegmentRequirement><MaterialProducedRequirement><MaterialDefinitionID>M1</MaterialDefinitionID><Quantity><QuantityString>5</QuantityString><UnitOfMeasure>KG</UnitOfMeasure></Quantity></MaterialProducedRequirement></SegmentRequirement></ProductionRequest></ProductionSchedule>`;
    expect(recordsOf(decode(sync(V4, 'ProductionSchedule', request)), 'orders')).toEqual([
      {
        id: 'O1',
        domain: 'production',
        product: 'M1',
        quantity: 5,
        uom: 'kg',
        routing: 'R',
        weight: 3,
        release: at('2026-11-24T06:00:00Z'),
        due: at('2026-11-27T12:00:00Z'),
        state: 'Released',
      },
    ]);
  });

  test('equipment of V6 says its level in a scope and its members as Equipment', () => {
    const scope = (level: string) =>
      `<EquipmentLevel><EquipmentID>x</EquipmentID><EquipmentElementLevel>${level}</EquipmentElementLevel></EquipmentLevel>`;
    const equipment = `<Equipment><ID>L1</ID>${scope('ProductionLine')}<Equipment><ID>U1</ID>${scope('WorkCell')}<EquipmentClassID>PRESS</EquipmentClassID><EquipmentCapabilityTestSpecificationID>CAL</EquipmentCapabilityTestSpecificationID></Equipment></Equipment>`;
    expect(recordsOf(decode(sync(V6, 'Equipment', equipment)), 'equipment')).toMatchObject([
      { id: 'L1', level: 'ProductionLine' },
      { id: 'U1', level: 'WorkCell', parent: 'L1', classes: ['PRESS'], tests: ['CAL'] },
    ]);
  });

  test('a dependency of V6 has a timing factor', () => {
    const segment = (id: string, inner: string) =>
      `<OperationsSegment><ID>${id}</ID><Duration>PT1H</Duration><EquipmentSpecification><EquipmentID>U1</EquipmentID></EquipmentSpecification>${inner}</OperationsSegment>`;
    const dependency =
      '<SegmentDependency><ID>d</ID><Dependency>NoEarlierAfterEnd</Dependency><TimingFactor><ValueString>30</ValueString><UnitOfMeasure>MIN</UnitOfMeasure></TimingFactor><SegmentID>B</SegmentID></SegmentDependency>';
    const definition = `<OperationsDefinition><ID>R</ID>${segment('A', dependency)}${segment('B', '')}</OperationsDefinition>`;
    const [routing] = recordsOf(decode(sync(V6, 'OperationsDefinition', definition)), 'routings');
    expect(routing).toMatchObject({
      steps: [{ id: 'A' }, { id: 'B', after: [{ step: 'A', minLag: 1800 }] }],
    });
  });
});

describe('test results', () => {
  const outcome = '<Result><ValueString>pass</ValueString><DataType>string</DataType></Result>';
  const nested = (of: string, spec: string) =>
    `<${of}Property><ID>skill</ID>${spec}<TestResult><ID>T1</ID><TestDateTime>2026-01-15T08:00:00Z</TestDateTime>${outcome}<ExpirationTime>2027-01-15T08:00:00Z</ExpirationTime></TestResult></${of}Property>`;
  const result = {
    id: 'T1',
    evaluated: at('2026-01-15T08:00:00Z'),
    expires: at('2027-01-15T08:00:00Z'),
    passed: true,
  };

  test('V6: those of a person stand in a property that names the qualification', () => {
    const spec = '<QualificationTestSpecificationID>QUAL</QualificationTestSpecificationID>';
    const person = `<Person><ID>P1</ID>${nested('Person', spec)}</Person>`;
    const decoded = decode(sync(V6, 'Person', person));
    expect(recordsOf(decoded, 'testResults')).toEqual([{ ...result, spec: 'QUAL', subject: 'P1' }]);
    expect(decoded.refusals).toEqual([]);
  });

  test('V6: those of equipment are its calibrations; a property that names no test is the test itself', () => {
    const equipment = `<Equipment><ID>BAL</ID><EquipmentLevel><EquipmentElementLevel>WorkUnit</EquipmentElementLevel></EquipmentLevel>${nested('Equipment', '')}</Equipment>`;
    expect(recordsOf(decode(sync(V6, 'Equipment', equipment)), 'testResults')).toEqual([
      { ...result, spec: 'skill', subject: 'BAL' },
    ]);
  });

  test('V6: one whose test nobody can tell is refused by name', () => {
    const specs = ['A', 'B'].map(
      (id) => `<QualificationTestSpecificationID>${id}</QualificationTestSpecificationID>`,
    );
    const decoded = decode(
      sync(V6, 'Person', `<Person><ID>P1</ID>${nested('Person', specs.join(''))}</Person>`),
    );
    expect(recordsOf(decoded, 'testResults')).toEqual([]);
    expect(decoded.refusals).toMatchObject([{ field: 'TestSpecificationID', value: 'A, B' }]);
  });

  test('V7: they name whom or what they are of', () => {
    const v7 = `<TestResult><ID>T1</ID><EvaluationDate>2026-01-15T08:00:00Z</EvaluationDate><Expiration>2027-01-15T08:00:00Z</Expiration><TestableObjectID>BAL</TestableObjectID><OperationsTestRequirementID>CAL</OperationsTestRequirementID><EvaluatedCriterionResult>Passed</EvaluatedCriterionResult></TestResult>`;
    expect(recordsOf(decode(transaction('Sync', 'OperationsTestInformation', v7)), 'testResults')).toEqual([
      { ...result, spec: 'CAL', subject: 'BAL' },
    ]);
  });
});

describe('what a message leaves out', () => {
  const request = (inner: string) => `<OperationsRequest><ID>O1</ID>${inner}</OperationsRequest>`;

  test('Change says only what changes', () => {
    const change = transaction(
      'Change',
      'OperationsRequest',
      request('<EndTime>2026-11-30T12:00:00Z</EndTime>'),
    );
    const decoded = decode(change);
    expect(decoded.records).toEqual([]);
    expect(decoded.changes).toMatchObject([
      { kind: 'orders', id: 'O1', fields: { id: 'O1', due: at('2026-11-30T12:00:00Z') } },
    ]);
  });

  test('so does Sync with the action Change, and the action Add brings a whole record', () => {
    const action = (code: string) =>
      `<ActionCriteria><ActionExpression actionCode="${code}">/*</ActionExpression></ActionCriteria>`;
    const person = '<Person><ID>P1</ID><PersonName>Anna</PersonName></Person>';
    expect(decode(transaction('Sync', 'Person', person, action('Change'))).changes).toMatchObject([
      { fields: { id: 'P1', name: 'Anna' } },
    ]);
    expect(decode(transaction('Sync', 'Person', person, action('Add'))).records).toHaveLength(1);
  });

  test('an order without dates or routing is taken with a warning for each assumption', () => {
    const produced =
      '<SegmentRequirement><MaterialRequirement><MaterialDefinitionID>M1</MaterialDefinitionID><MaterialUse>Produced</MaterialUse></MaterialRequirement></SegmentRequirement>';
    const decoded = decode(transaction('Process', 'OperationsRequest', request(produced)));
    expect(recordsOf(decoded, 'orders')).toMatchObject([
      { routing: 'M1', release: at('2026-11-23T04:00:00Z'), due: at('2026-11-24T00:00:00+01:00') },
    ]);
    expect(decoded.warnings.map(({ field }) => field)).toEqual(['OperationsDefinitionID', 'EndTime']);
  });

  test('a lot told only by its sub-lots has what they have together', () => {
    const part = (id: string, status: string) =>
      `<MaterialSubLot><ID>${id}</ID><Status>${status}</Status><Quantity><QuantityString>2.5</QuantityString><UnitOfMeasure>KG</UnitOfMeasure></Quantity></MaterialSubLot>`;
    const lotOf = (...parts: string[]) =>
      sync(
        V4,
        'MaterialInformation',
        `<MaterialInformation><ID>M1</ID><MaterialLot><ID>L1</ID>${parts.join('')}</MaterialLot></MaterialInformation>`,
      );
    const decoded = decode(lotOf(part('a', 'Valid'), part('b', 'Valid')));
    expect(decoded.changes).toMatchObject([
      { fields: { id: 'L1', material: 'M1', quantity: 5, disposition: 'UnRestricted' } },
    ]);
    expect(decoded.warnings.map(({ field }) => field)).toEqual(['MaterialSubLot', 'MaterialDefinitionID']);
    expect(decode(lotOf(part('a', 'Valid'), part('b', 'NotValid'))).refusals).toMatchObject([
      { field: 'MaterialSubLot', value: 'UnRestricted, Restricted' },
    ]);
  });
});

describe('what another system did', () => {
  const response = (inner: string) =>
    transaction(
      'Sync',
      'OperationsPerformance',
      `<OperationsPerformance><ID>P</ID><OperationsResponse><ID>r</ID><OperationsRequestID>O1</OperationsRequestID><SegmentResponse><ID>mix</ID>${inner}</SegmentResponse></OperationsResponse></OperationsPerformance>`,
    );
  const unit = '<EquipmentActual><ID>e</ID><EquipmentID>U1</EquipmentID></EquipmentActual>';
  const amount = (id: string, value: string) =>
    `<SegmentData><ID>${id}</ID><Value><ValueString>${value}</ValueString></Value></SegmentData>`;

  test('a segment response with times and unit becomes a start and a completion with its quantities', () => {
    const times =
      '<ActualStartTime>2026-11-23T06:00:00Z</ActualStartTime><ActualEndTime>2026-11-23T07:00:00Z</ActualEndTime>';
    const decoded = decode(response(`${times}${amount('Good', '9')}${amount('Scrap', '1')}${unit}`));
    expect(decoded.reports?.map(({ report }) => report)).toMatchObject([
      { kind: 'started', unit: 'U1', task: 'O1/mix', at: at('2026-11-23T06:00:00Z') },
      { kind: 'completed', unit: 'U1', task: 'O1/mix', at: at('2026-11-23T07:00:00Z'), good: 9, scrap: 1 },
    ]);
  });

  test('one that says neither when nor where is told and gives no fact', () => {
    const decoded = decode(response(''));
    expect(decoded.reports).toEqual([]);
    expect(decoded.warnings).toMatchObject([
      {
        field: 'SegmentResponse',
        value: 'O1/mix',
        reason: expect.stringContaining('when it began nor on which unit'),
      },
    ]);
  });
});

describe('what stands around the data', () => {
  test('a transaction without releaseID is read with a warning', () => {
    const text = transaction('Sync', 'Person', '<Person><ID>P1</ID></Person>').replace(
      ' releaseID="7.0.1"',
      '',
    );
    expect(decode(text)).toMatchObject({ records: [{ kind: 'people' }], warnings: [{ field: 'releaseID' }] });
  });

  test('Get brings the IDs that it asks for, and nothing to take in', () => {
    const text = transaction(
      'Get',
      'OperationsSchedule',
      '<OperationsSchedule><ID>*</ID></OperationsSchedule>',
    );
    expect(decode(text)).toMatchObject({
      records: [],
      refusals: [],
      envelope: { verb: 'Get', noun: 'OperationsSchedule', wanted: ['*'], bodId: 'bod-1' },
    });
  });

  test('a sender says when it wants an answer, and what it sent is kept for it in its own words', () => {
    const text = `<b:ProcessProductionSchedule xmlns:b="${V6}" releaseID="6"><b:ApplicationArea><b:Sender><b:LogicalID>ERP</b:LogicalID><b:ConfirmationCode>OnError</b:ConfirmationCode></b:Sender><b:CreationDateTime>2026-11-23T04:00:00Z</b:CreationDateTime></b:ApplicationArea><b:DataArea><b:Process acknowledgeCode="Always"/><b:ProductionSchedule><b:ID>A&amp;B</b:ID></b:ProductionSchedule></b:DataArea></b:ProcessProductionSchedule>`;
    expect(decode(text).envelope).toMatchObject({
      verb: 'Process',
      noun: 'ProductionSchedule',
      sender: 'ERP',
      answer: 'Always',
      confirm: 'OnError',
      echo: '<ProductionSchedule><ID>A&amp;B</ID></ProductionSchedule>',
    });
  });

  test('a rejection of what was sent is told with its reason, and its data is not taken in', () => {
    const criteria =
      '<OriginalApplicationArea><CreationDateTime>2026-11-23T03:00:00Z</CreationDateTime><BODID>ours-1</BODID></OriginalApplicationArea><ResponseCriteria><ResponseExpression actionCode="Rejected">/*</ResponseExpression><ChangeStatus><Reason>Order is closed.</Reason></ChangeStatus></ResponseCriteria>';
    const decoded = decode(transaction('Acknowledge', 'Person', '<Person><ID>P1</ID></Person>', criteria));
    expect(decoded.records).toEqual([]);
    expect(decoded.message).toBe('bod-1');
    expect(decoded.warnings).toMatchObject([
      { field: 'Rejected', value: 'ours-1', reason: expect.stringContaining('Order is closed.') },
    ]);
  });
});

describe('a message that comes in pieces', () => {
  test('says the same however it is cut', () => {
    const text = `\uFEFF${transaction('Sync', 'MaterialInformation', [lot({ id: 'L1' }), lot({ id: 'L2', unit: 'bushel' })].join('\n'))}`;
    const whole = decode(text);
    expect(whole.records).toHaveLength(1);
    for (const size of [1, 7, 64]) expect(decodeInPieces(text, size)).toEqual(whole);
  });

  test('[S7] a document type is found though it is cut in two', () => {
    const text = `<?xml version="1.0"?>\n\n<!DOCTYPE x>\n${bare('MaterialInformation', lot({}))}`;
    for (const size of [1, 4, 30]) {
      expect(decodeInPieces(text, size)).toMatchObject({
        records: [],
        refusals: [{ line: 3, field: 'DOCTYPE' }],
      });
    }
  });
});

describe('a downtime is read in either form', () => {
  const down = Outbound.parse({
    kind: 'downtime',
    id: 'D7',
    unit: 'M1',
    start: at('2026-11-23T07:00:00Z'),
    reason: 'Jam',
  });
  const head = { bodId: 'mes 1', now: at('2026-11-23T08:00:00Z') };

  test.each(['7', '6'] as const)('as V%s tells it, its beginning and its end', (version) => {
    const begun = decode(toldMessage(down, { ...head, version }));
    const over = decode(
      toldMessage({ ...down, end: at('2026-11-23T07:30:00Z') } as Outbound, { ...head, version }),
    );
    expect([...begun.refusals, ...begun.warnings, ...over.refusals, ...over.warnings]).toEqual([]);
    expect([...(begun.reports ?? []), ...(over.reports ?? [])].map(({ report }) => report)).toEqual([
      {
        id: 'downtime D7 started',
        kind: 'downtimeStarted',
        unit: 'M1',
        at: at('2026-11-23T07:00:00Z'),
        reason: 'Jam',
      },
      {
        id: 'downtime D7 ended',
        kind: 'downtimeEnded',
        unit: 'M1',
        at: at('2026-11-23T07:30:00Z'),
        reason: 'Jam',
      },
    ]);
  });

  test('an alert of another kind is told to be left out; one that names no unit is refused', () => {
    const alert = (content: string) =>
      decode(sync(V6, 'WorkAlert', `<WorkAlert><ID>D7</ID>${content}</WorkAlert>`));
    const other = alert('<MessageText>Smoke</MessageText><Category>Fire</Category>');
    expect(other.reports).toEqual([]);
    expect(other.warnings).toMatchObject([{ field: 'Category', value: 'Fire' }]);
    expect(
      alert('<TimeStamp>2026-11-23T07:00:00Z</TimeStamp><Category>DowntimeStarted</Category>').refusals,
    ).toMatchObject([{ value: 'D7', reason: 'It has no EquipmentID.' }]);
    expect(alert('<TimeStamp>soon</TimeStamp><Category>DowntimeStarted</Category>').refusals).toMatchObject([
      { field: 'TimeStamp', value: 'soon' },
    ]);
  });
});
