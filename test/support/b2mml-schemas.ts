import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

/** MESA's schemas lie next to the checkout, if anywhere: they are not copied into the project. */
const FOLDER = join(process.cwd(), '..', 'shared', 'b2mml');

export const schemasAbsent = !existsSync(FOLDER);
/** For the names of tests that need them. */
export const whySkipped = schemasAbsent ? ' (skipped: ../shared/b2mml is not beside the checkout)' : '';

/** A check of texts against a schema such as `V7/AllSchemas.xsd`; throws what is wrong. Free it with `using`. */
export function schemaOf(name: string): { valid: (text: string) => void } & Disposable {
  xmlRegisterFsInputProviders();
  const path = join(FOLDER, name);
  using schema = XmlDocument.fromString(readFileSync(path, 'utf8'), { url: pathToFileURL(path).href });
  const validator = XsdValidator.fromDoc(schema);
  return {
    valid: (text) => {
      using document = XmlDocument.fromString(text);
      validator.validate(document);
    },
    [Symbol.dispose]: () => validator.dispose(),
  };
}
