import { SaxesParser } from 'saxes';

/** An element below a record: its name without prefix, where it stands, its own text and what is in it. */
export interface Element {
  readonly name: string;
  readonly line: number;
  readonly children: readonly Element[];
  readonly text: string;
}

/** Why a file is not read at all. */
export class Unreadable extends Error {
  readonly line: number;
  readonly field: string;
  readonly value: string;

  constructor(line: number, field: string, value: string, reason: string) {
    super(reason);
    this.line = line;
    this.field = field;
    this.value = value;
  }
}

export const MAX_CHARACTERS = 64 * 1024 * 1024;
export const MAX_DEPTH = 64;
export const MAX_ELEMENTS = 2_000_000;

interface Open {
  name: string;
  line: number;
  children: Element[];
  text: string;
}

/**
 * Reads well-formed XML without a document type and hands over every element that `takes` it, whole, when it closes;
 * what is around them is only told by name. Only the open record is ever in memory. Throws `Unreadable`.
 */
export function readXml(
  source: string,
  {
    namespace,
    takes,
    take,
    root,
    pass,
  }: {
    readonly namespace: string;
    /** May the element with these names above it be taken as a record? */
    readonly takes: (name: string, above: readonly string[]) => boolean;
    readonly take: (record: Element) => void;
    /** The root opens; may throw `Unreadable`. */
    readonly root: (name: string, line: number) => void;
    /** An element outside all records closes: with its text and attributes. */
    readonly pass: (
      element: Element,
      above: readonly string[],
      attributes: ReadonlyMap<string, string>,
    ) => void;
  },
): void {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  refuseBeforeParsing(text);

  const parser = new SaxesParser({ xmlns: true });
  const outside: string[] = [];
  const attributes: ReadonlyMap<string, string>[] = [];
  const stack: Open[] = [];
  let record = 0; // how many elements of the stack belong to the open record
  let elements = 0;

  parser.on('error', (error) => {
    throw new Unreadable(
      parser.line,
      'XML',
      stack.at(-1)?.name ?? '',
      `The file is not well-formed: ${messageOf(error)}. Maybe it was cut off while it was copied.`,
    );
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > MAX_ELEMENTS || stack.length >= MAX_DEPTH) {
      const what =
        elements > MAX_ELEMENTS
          ? `more than ${MAX_ELEMENTS} elements`
          : `elements nested deeper than ${MAX_DEPTH}`;
      throw new Unreadable(parser.line, 'XML', tag.local, `The file has ${what}.`);
    }
    if (stack.length === 0 && tag.uri !== namespace) {
      throw new Unreadable(
        parser.line,
        tag.local,
        tag.uri,
        `The namespace is not ${namespace}. Maybe it is another version of B2MML.`,
      );
    }
    if (stack.length === 0) root(tag.local, parser.line);
    const isRecord = record > 0 || takes(tag.local, outside);
    if (isRecord) record += 1;
    else outside.push(tag.local);
    stack.push({ name: tag.local, line: parser.line, children: [], text: '' });
    if (!isRecord) {
      attributes.push(new Map(Object.values(tag.attributes).map(({ local, value }) => [local, value])));
    }
  });
  const append = (chunk: string) => {
    const top = stack.at(-1);
    if (top) top.text += chunk;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    const element = stack.pop();
    if (!element) return;
    if (record > 1) stack.at(-1)?.children.push(element);
    if (record === 1) take(element);
    if (record > 0) record -= 1;
    else {
      outside.pop();
      pass(element, outside, attributes.pop() ?? new Map());
    }
  });
  parser.write(text).close();
}

const messageOf = (error: Error): string => error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** No document type means no entities: neither bombs nor files from outside. */
function refuseBeforeParsing(text: string): void {
  if (text.length > MAX_CHARACTERS) {
    throw new Unreadable(
      1,
      'XML',
      String(text.length),
      `The file has more than ${MAX_CHARACTERS} characters.`,
    );
  }
  const doctype = text.search(/<!(DOCTYPE|ENTITY)/i);
  if (doctype >= 0) {
    throw new Unreadable(
      lineAt(text, doctype),
      'DOCTYPE',
      text.slice(doctype, doctype + 40),
      'A document type is not accepted.',
    );
  }
  const encoding = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1];
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
    throw new Unreadable(1, 'encoding', encoding, 'Only UTF-8 is read. Maybe the export can be set to it.');
  }
  const broken = text.search(/[\uFFFD\0]/);
  if (broken >= 0) {
    throw new Unreadable(
      lineAt(text, broken),
      'encoding',
      text.slice(Math.max(0, broken - 20), broken + 20),
      'The file has bytes that are not UTF-8. Maybe it was saved in another encoding.',
    );
  }
}
