import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { generatePlant } from '#electron/demo/generate.ts';
import { MAX_CHARACTERS } from '#electron/erp/b2mml/xml.ts';
import { NAMESPACE, bare, decode, lot } from './b2mml-kit.ts';

const good = bare('MaterialInformation', [lot({ id: 'L1' }), lot({ id: 'L2' })].join('\n'));

/** A file that is not read: one refusal, nothing else. */
function unread(text: string): { line: number; field: string; value: string; reason: string } {
  const decoded = decode(text);
  expect(decoded.records).toEqual([]);
  expect(decoded.removed).toEqual([]);
  expect(decoded.refusals).toHaveLength(1);
  const [refusal] = decoded.refusals;
  if (!refusal) throw new Error('unreachable');
  expect(refusal.file).toBe('in.xml');
  return refusal;
}

test('[S7] a document type is refused before anything is parsed: no entity is ever expanded', () => {
  const bomb = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n${good.replace('M1', '&b;')}`;
  expect(unread(bomb)).toMatchObject({
    line: 2,
    field: 'DOCTYPE',
    reason: expect.stringContaining('not accepted'),
  });
  const outside = `<!DOCTYPE x SYSTEM "file:///etc/passwd">\n${good}`;
  expect(unread(outside)).toMatchObject({ line: 1, field: 'DOCTYPE' });
});

test('[S7] entities that XML does not know of itself are refused', () => {
  expect(unread(good.replace('M1', '&xxe;'))).toMatchObject({ field: 'XML', line: 2 });
});

test('[S7] elements nested too deep are refused', () => {
  const deep = bare(
    'EquipmentInformation',
    `${'<EquipmentChild>'.repeat(70)}${'</EquipmentChild>'.repeat(70)}`,
  );
  expect(unread(deep).reason).toContain('deeper than 64');
  const inside = bare('Equipment', `${'<EquipmentChild>'.repeat(70)}${'</EquipmentChild>'.repeat(70)}`);
  expect(unread(inside).reason).toContain('deeper than 64');
});

test('[S7] a file that is too large is refused before it is parsed', () => {
  expect(unread(good + ' '.repeat(MAX_CHARACTERS)).reason).toContain(`more than ${MAX_CHARACTERS}`);
});

test('a truncated file gives one refusal with its line, and nothing of it goes in', () => {
  expect(unread(good.slice(0, -30))).toMatchObject({
    line: 3,
    field: 'XML',
    reason: expect.stringContaining('cut off'),
  });
});

test('bytes that are no UTF-8 are refused with their line, another declared encoding as well', () => {
  expect(unread(good.replace('L2', 'L\uFFFD2'))).toMatchObject({ line: 3, field: 'encoding' });
  expect(unread(`<?xml version="1.0" encoding="ISO-8859-1"?>\n${good}`)).toMatchObject({
    line: 1,
    field: 'encoding',
    value: 'ISO-8859-1',
  });
  expect(decode(`<?xml version="1.0" encoding="utf-8"?>\n${good}`).records).toHaveLength(2);
  expect(decode(`\uFEFF${good}`).records).toHaveLength(2);
});

test('another namespace or version is refused by name', () => {
  expect(unread(good.replace(NAMESPACE, `${NAMESPACE}-V0800`))).toMatchObject({
    value: `${NAMESPACE}-V0800`,
  });
  expect(unread('<hello/>').reason).toContain(NAMESPACE);
  expect(unread('').field).toBe('XML');
});

test('a message that is not read here is refused', () => {
  expect(unread(bare('OperationsCapabilityInformation', '<ID>x</ID>')).reason).toContain(
    'no message that is read',
  );
});

test('[S7] a file that is wrong throughout lists its first thousand refusals and counts the rest; what is right goes in', () => {
  const lots = Array.from({ length: 1500 }, (_, k) => lot({ id: `L${k}`, unit: 'bushel' }));
  const decoded = decode(bare('MaterialInformation', [...lots, lot({ id: 'GOOD' })].join('\n')));
  expect(decoded.refusals).toHaveLength(1001);
  expect(decoded.refusals.at(-1)?.reason).toContain('500 more');
  expect(decoded.records.map(({ record }) => record.id)).toEqual(['GOOD']);
});

/** The generated files, each cut down to its first few nouns: whole, valid messages. */
const messages = generatePlant({ orders: 6, seed: 3, start: '2026-11-23' })
  .filter(({ name }) => name.endsWith('.xml'))
  .map(({ text }) => {
    const [head = '', ...nouns] = text.slice(text.indexOf('<DataArea>')).split(/(?=^ {6}<[A-Z])/m);
    const end = text.slice(text.lastIndexOf('    </'));
    return (
      text.slice(0, text.indexOf('<DataArea>')) +
      head +
      nouns.slice(0, Math.min(5, nouns.length - 1)).join('') +
      end
    );
  });

test('the messages that are damaged below are whole', () => {
  for (const message of messages) expect(decode(message).refusals).toEqual([]);
  expect(messages.flatMap((message) => decode(message).records).length).toBeGreaterThan(15);
});

/** Where in a file, in ten-thousandths: all places alike. */
const place = nat(9999);

test('[S7] a thousand damaged files never throw: each gives whole records or refusals that say why', () => {
  const noise = constantFrom(
    '<',
    '>',
    '&',
    '"',
    '</ID>',
    '<ID>',
    '\0',
    '\uFFFD',
    '<![CDATA[',
    ']]>',
    '<?x',
    '<!--',
    '-1',
    '',
  );
  assert(
    property(
      constantFrom(...messages),
      array(tuple(place, nat(9), noise), { minLength: 1, maxLength: 3 }),
      (text, cuts) => {
        let damaged = text;
        for (const [where, length, put] of cuts) {
          const at = Math.floor((where / 10_000) * damaged.length);
          damaged = damaged.slice(0, at) + put + damaged.slice(at + length);
        }
        for (const { line, reason } of decode(damaged).refusals) {
          expect(line).toBeGreaterThan(0);
          expect(reason).not.toBe('');
        }
      },
    ),
    { numRuns: 1000, seed: 20261121 },
  );
});

test('[S7] a thousand well-formed files with absurd values never throw, and only the elements with them are refused', () => {
  const absurd = constantFrom(
    '',
    '-1',
    '1e999',
    '1e300',
    'PT',
    'P1Y',
    '2026-13-45',
    '9999-12-31',
    '0000-01-01T00:00:00',
    '__proto__',
    'constructor',
    '&#x1F600;',
  );
  let mixed = 0;
  assert(
    property(constantFrom(...messages), place, absurd, (text, where, value) => {
      const body = text.indexOf('</BODID>') + 8;
      const at = body + Math.floor((where / 10_000) * (text.length - body));
      const wrong = text.slice(0, at) + text.slice(at).replace(/>[^<>\n]+</, `>${value}<`);
      const { records, refusals } = decode(wrong);
      if (records.length > 0 && refusals.length > 0) mixed += 1;
      expect(refusals.every(({ field, reason }) => field !== 'XML' && reason !== '')).toBe(true);
    }),
    { numRuns: 1000, seed: 20261121 },
  );
  expect(mixed).toBeGreaterThan(100);
});
