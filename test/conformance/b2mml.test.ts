import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { expect, test } from 'vitest';
import { generatePlant } from '#electron/demo/generate.ts';

/** MESA's schemas lie next to the checkout, if anywhere: they are not copied into the project. */
const SCHEMAS = join(process.cwd(), '..', 'shared', 'b2mml', 'V7', 'AllSchemas.xsd');
const absent = !existsSync(SCHEMAS);
const why = absent ? ' (skipped: ../shared/b2mml/V7 is not beside the checkout)' : '';

function validator(): XsdValidator {
  xmlRegisterFsInputProviders();
  const url = pathToFileURL(SCHEMAS).href;
  using schema = XmlDocument.fromString(readFileSync(SCHEMAS, 'utf8'), { url });
  return XsdValidator.fromDoc(schema);
}

const files = generatePlant({ orders: 60, seed: 7, start: '2026-11-23' }).filter(({ name }) =>
  name.endsWith('.xml'),
);

test.skipIf(absent)(
  `every B2MML file of the demo plant is valid against AllSchemas.xsd of B2MML V7${why}`,
  () => {
    using schema = validator();
    for (const { text } of files) {
      using document = XmlDocument.fromString(text);
      schema.validate(document); // throws what is wrong
    }
    expect(files).toHaveLength(8);
  },
);

test.skipIf(absent)(
  'the schemas do refuse: a message with its elements in another order is not valid',
  () => {
    using schema = validator();
    const people = files.find(({ name }) => name === 'Personnel.xml')?.text ?? '';
    using document = XmlDocument.fromString(
      people.replace(/(<ID>P001<\/ID>)(\s*)(<PersonName>.*<\/PersonName>)/, '$3$2$1'),
    );
    expect(() => schema.validate(document)).toThrow(XmlValidateError);
  },
);
