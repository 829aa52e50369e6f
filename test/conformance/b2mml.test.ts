import { XmlValidateError } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMessage, receiveMessages } from '#electron/app/receive-messages.ts';
import { nounMessage } from '#electron/app/show-nouns.ts';
import { generatePlant } from '#electron/demo/generate.ts';
import { toldMessage } from '#electron/erp/b2mml/write-told.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import { schemaOf, schemasAbsent, whySkipped } from '#test/support/b2mml-schemas.ts';
import { type SmallShop, instant, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

const files = generatePlant({ orders: 60, seed: 7, start: '2026-11-23' }).filter(({ name }) =>
  name.endsWith('.xml'),
);

describe.skipIf(schemasAbsent)(`what the demo plant writes${whySkipped}`, () => {
  test('every B2MML file is valid against AllSchemas.xsd of B2MML V7', () => {
    using schema = schemaOf('V7/AllSchemas.xsd');
    for (const { text } of files) schema.valid(text);
    expect(files).toHaveLength(8);
  });

  test('the schemas do refuse: a message with its elements in another order is not valid', () => {
    using schema = schemaOf('V7/AllSchemas.xsd');
    const people = files.find(({ name }) => name === 'Personnel.xml')?.text ?? '';
    const wrong = people.replace(/(<ID>P001<\/ID>)(\s*)(<PersonName>.*<\/PersonName>)/, '$3$2$1');
    expect(() => schema.valid(wrong)).toThrow(XmlValidateError);
  });
});

describe.skipIf(schemasAbsent)(`what the station sends${whySkipped}`, () => {
  let shop: SmallShop;
  beforeAll(async () => {
    shop = await smallShop('A', 'B');
    done(await shop.take({ 'materials.csv': 'id,uom\nsugar,kg\n' }));
    done(
      await shop.take({
        'orders.csv': 'id,quantity,uom,product,routing,due\nC,10,kg,sugar,R,2026-11-24T06:00:00Z\n',
      }),
    );
    await shop.put('A/mix', 'M1', '07:00');
    await shop.put('C/mix', 'M2', '07:00');
    await shop.put('A/pack', 'P1', '08:30');
    await shop.publish();
    await shop.dispatch();
    shop.setClock(instant('07:00') * 1000);
    done(await shop.report('started', 'M1', 'A/mix', { person: 'anna' }));
    done(await shop.report('started', 'M2', 'C/mix'));
    shop.setClock(instant('08:00') * 1000);
    done(await shop.report('completed', 'M1', 'A/mix', { good: 10 }));
    done(await shop.report('completed', 'M2', 'C/mix', { good: 8, scrap: 2 }));
  });
  afterAll(() => shop.remove());

  /** What the station answers to a message. */
  const answered = async (text: string): Promise<string> => {
    const reader = openMessage(shop.station, 'in.xml');
    reader.write(text);
    const message = reader.end();
    const { answers } = await receiveMessages(
      shop.station,
      { files: [{ name: 'in.xml', sha256: reader.sha256(), message }], mappings: [] },
      { user: 'erp', origin: 'import', key: `test ${Math.random()}` },
    );
    return answers[0]?.text ?? '';
  };

  test('the published schedule, the job lists and the performance are valid in V7', () => {
    using schema = schemaOf('V7/AllSchemas.xsd');
    const schedule = nounMessage(shop.station, 'OperationsSchedule') ?? '';
    schema.valid(schedule);
    expect(schedule).toContain('<EarliestStartTime>2026-11-23T07:00:00Z</EarliestStartTime>');
    expect(schedule).toContain('<EquipmentID>P1</EquipmentID>');
    const jobs = nounMessage(shop.station, 'JobList') ?? '';
    schema.valid(jobs);
    expect(jobs).toContain('<ID>A/pack</ID>');
    expect(jobs).not.toContain('<ID>A/mix</ID>');
    const performance = nounMessage(shop.station, 'OperationsPerformance') ?? '';
    schema.valid(performance);
    expect(performance).toMatch(/<ActualEndTime>2026-11-23T08:00:00Z/);
    expect(performance).toMatch(/<ID>Scrap<\/ID>[^]*<ValueString>2</);
  });

  test.each([
    ['7', 'V7/AllSchemas.xsd', 'V7/AllSchemas.xsd'],
    ['6', 'V0600/B2MML-V0600-OperationsSchedule.xsd', 'V0600/B2MML-V0600-OperationsPerformance.xsd'],
  ] as const)('what a connection is told is valid in V%s', (version, forSchedule, forPerformance) => {
    const text = (told: unknown) =>
      toldMessage(Outbound.parse(told), {
        version,
        bodId: 'b2mml 1 2026-11-23T08:00:00Z',
        now: instant('08:00'),
      });
    const operation = { order: 'A', step: 'mix', unit: 'M1' };
    const [start, end] = [instant('07:00'), instant('08:00')];
    const planned = { ...operation, kind: 'planned', start, end, work: 3600, version: 3 };
    {
      using schema = schemaOf(forSchedule);
      expect(() => schema.valid(text(planned))).not.toThrow();
    }
    using schema = schemaOf(forPerformance);
    const stretches = [{ start, end, person: 'anna' }];
    const done = { state: 'completed', stretches, good: 8, scrap: 2, rework: 0, completed: end };
    for (const progress of [
      done,
      { ...done, state: 'running', stretches: [{ start }], completed: undefined },
      { ...done, consumed: [{ lot: 'S1', material: 'SUGAR', quantity: 99.5, uom: 'kg' }] },
    ])
      expect(() => schema.valid(text({ ...operation, kind: 'progress', ...progress }))).not.toThrow();
    using forDowntime = schemaOf(version === '7' ? forPerformance : 'V0600/B2MML-V0600-WorkAlert.xsd');
    const down = { kind: 'downtime', id: 'down 1', unit: 'M1', start, reason: 'Jam & smoke' };
    for (const downtime of [down, { ...down, end }])
      expect(() => forDowntime.valid(text(downtime))).not.toThrow();
  });

  test('Get is answered by Show, with the orders that were asked for', async () => {
    using schema = schemaOf('V7/AllSchemas.xsd');
    const ask = (id: string) =>
      answered(
        message('Get', 'OperationsSchedule', `<OperationsSchedule><ID>${id}</ID></OperationsSchedule>`, ''),
      );
    const all = await ask('*');
    schema.valid(all);
    expect(all).toMatch(/<ShowOperationsSchedule[^]*<ID>A<\/ID>[^]*<ID>C<\/ID>/);
    const one = await ask('C');
    schema.valid(one);
    expect(one).not.toContain('<ID>A</ID>');
    const performance = await answered(
      message(
        'Get',
        'OperationsPerformance',
        '<OperationsPerformance><ID>*</ID></OperationsPerformance>',
        '',
      ),
    );
    schema.valid(performance);
    expect(performance).toContain('<ShowOperationsPerformance');
    const unknown = await answered(
      message('Get', 'PersonnelInformation', '<PersonnelInformation><ID>*</ID></PersonnelInformation>', ''),
    );
    schema.valid(unknown);
    expect(unknown).toMatch(/<ConfirmBOD[^]*actionCode="Rejected"[^]*PersonnelInformation is not shown here/);
  });

  const order = (id: string, due: string) =>
    `<OperationsSchedule><ID>S</ID><OperationsRequest><ID>${id}</ID><EndTime>${due}</EndTime><OperationsDefinitionID>R</OperationsDefinitionID><SegmentRequirement><ID>s</ID><ProcessSegmentID>mix</ProcessSegmentID><OperationsDefinitionID>R</OperationsDefinitionID><OperationsSegmentID>mix</OperationsSegmentID></SegmentRequirement></OperationsRequest></OperationsSchedule>`;

  test('Process is acknowledged and Change responded to, with what was sent and what became of it', async () => {
    using schema = schemaOf('V7/AllSchemas.xsd');
    const taken = await answered(
      message(
        'Process',
        'OperationsSchedule',
        order('N1', '2026-11-25T06:00:00Z'),
        ' acknowledgeCode="Always"',
      ),
    );
    schema.valid(taken);
    expect(taken).toMatch(/<AcknowledgeOperationsSchedule[^]*actionCode="Accepted"[^]*<ID>N1<\/ID>/);
    const changed = await answered(
      message('Change', 'OperationsSchedule', order('N1', '2026-11-26T06:00:00Z'), ' responseCode="Always"'),
    );
    schema.valid(changed);
    expect(changed).toMatch(/<RespondOperationsSchedule[^]*actionCode="Replaced"/);
    expect(shop.station.workspace.plant.orders.find(({ id }) => id === 'N1')?.due).toBe(
      Date.parse('2026-11-26T06:00:00Z') / 1000,
    );
    const wrong = order('N2', '2026-11-26T06:00:00Z').replaceAll('>R<', '>unknown<');
    const refused = await answered(
      message('Process', 'OperationsSchedule', wrong, ' acknowledgeCode="OnError"'),
    );
    schema.valid(refused);
    expect(refused).toMatch(/actionCode="Rejected"[^]*Routing unknown is not there/);
  });

  test('whoever wants a confirmation gets one, in the version that it speaks', async () => {
    for (const [version, folder, namespace] of [
      ['7', 'V7/B2MML-ConfirmBOD.xsd', 'http://www.mesa.org/xml/B2MML'],
      ['6', 'V0600/B2MML-V0600-ConfirmBOD.xsd', 'http://www.mesa.org/xml/B2MML-V0600'],
      ['4', 'V0401/B2MML-V0401-ConfirmBOD.xsd', 'http://www.wbf.org/xml/B2MML-V0401'],
    ] as const) {
      using schema = schemaOf(folder);
      const material = `<MaterialDefinition><ID>M${version}</ID></MaterialDefinition>`;
      const text = message('Sync', 'MaterialDefinition', material, '', 'Always').replace(
        'http://www.mesa.org/xml/B2MML',
        namespace,
      );
      const confirmed = await answered(text);
      schema.valid(confirmed);
      expect(confirmed).toMatch(/<ConfirmBOD[^]*actionCode="Accepted"/);
    }
  });

  test('whoever wants no answer gets none; on error only what was refused is answered', async () => {
    const material = '<MaterialDefinition><ID>M9</ID></MaterialDefinition>';
    expect(await answered(message('Sync', 'MaterialDefinition', material, ''))).toBe('');
    expect(
      await answered(message('Process', 'MaterialDefinition', material, ' acknowledgeCode="OnError"')),
    ).toBe('');
  });

  test('[R6] a message that comes twice is answered as the first time and has one effect', async () => {
    const text = message(
      'Process',
      'OperationsSchedule',
      order('N3', '2026-11-25T06:00:00Z'),
      ' acknowledgeCode="Always"',
    );
    const timeless = (answer: string) => answer.replaceAll(/<CreationDateTime>[^<]*/g, '');
    const first = await answered(text);
    const { revision } = shop.station.workspace;
    expect(timeless(await answered(text))).toBe(timeless(first));
    expect(shop.station.workspace.revision).toBe(revision);
  });
});

let count = 0;
/** A transaction with a BODID of its own. */
function message(verb: string, noun: string, data: string, codes: string, confirm?: string): string {
  count += 1;
  const confirmation = confirm === undefined ? '' : `<ConfirmationCode>${confirm}</ConfirmationCode>`;
  return `<${verb}${noun} xmlns="http://www.mesa.org/xml/B2MML" releaseID="7"><ApplicationArea><Sender><LogicalID>ERP</LogicalID>${confirmation}</Sender><CreationDateTime>2026-11-23T04:00:00Z</CreationDateTime><BODID>test ${count}</BODID></ApplicationArea><DataArea><${verb}${codes}/>${data}</DataArea></${verb}${noun}>`;
}
