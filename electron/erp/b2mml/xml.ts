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

export type Attributes = ReadonlyMap<string, string>;

/** Who listens to the elements of a file. Each may throw `Unreadable`. */
export interface XmlListener {
  /** The root opens. Returns the word that stands for an element's name, which differs between versions. */
  readonly root: (
    tag: { readonly name: string; readonly namespace: string; readonly attributes: Attributes },
    line: number,
  ) => (name: string) => string;
  /** May the element with these names above it be taken as a record? */
  readonly takes: (name: string, above: readonly string[]) => boolean;
  readonly take: (record: Element) => void;
  /** An element outside all records closes: with its text and attributes. */
  readonly pass: (element: Element, above: readonly string[], attributes: Attributes) => void;
  /** Hears everything below the root, in the words of the sender. */
  readonly echo?: {
    readonly open: (name: string) => void;
    readonly text: (text: string) => void;
    readonly close: (name: string) => void;
  };
}

export interface XmlReader {
  /** The next piece of the text. */
  readonly write: (chunk: string) => void;
  readonly end: () => void;
}

interface Open {
  name: string;
  line: number;
  children: Element[];
  text: string;
}

/**
 * Reads well-formed XML without a document type, piece by piece, and hands over every element that `takes` it, whole,
 * when it closes; what is around them is only told by name. Only the open record is ever in memory. Throws `Unreadable`.
 */
export function openXml({ root, takes, take, pass, echo }: XmlListener): XmlReader {
  const parser = new SaxesParser({ xmlns: true });
  const outside: string[] = [];
  const attributes: Attributes[] = [];
  const stack: Open[] = [];
  let wordOf = (name: string): string => name;
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
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
      throw new Unreadable(1, 'encoding', encoding, 'Only UTF-8 is read. Maybe the export can be set to it.');
    }
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
    if (stack.length === 0) {
      const given = { name: tag.local, namespace: tag.uri, attributes: attributesOf(tag.attributes) };
      wordOf = root(given, parser.line);
    } else echo?.open(tag.local);
    const name = wordOf(tag.local);
    const isRecord = record > 0 || takes(name, outside);
    if (isRecord) record += 1;
    else {
      outside.push(name);
      attributes.push(attributesOf(tag.attributes));
    }
    stack.push({ name, line: parser.line, children: [], text: '' });
  });
  const append = (chunk: string): void => {
    const top = stack.at(-1);
    if (!top) return;
    top.text += chunk;
    echo?.text(chunk);
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', (tag) => {
    const element = stack.pop();
    if (!element) return;
    if (stack.length > 0) echo?.close(tag.local);
    if (record > 1) stack.at(-1)?.children.push(element);
    if (record === 1) take(element);
    if (record > 0) record -= 1;
    else {
      outside.pop();
      pass(element, outside, attributes.pop() ?? new Map());
    }
  });

  const check = hostilityCheck(() => parser.line);
  return {
    write: (chunk) => {
      check(chunk);
      parser.write(chunk);
    },
    end: () => void parser.close(),
  };
}

const attributesOf = (
  attributes: Readonly<Record<string, { readonly local: string; readonly value: string }>>,
): Attributes => new Map(Object.values(attributes).map(({ local, value }) => [local, value]));

/** What the parser says, without the place in front of it and the full stop behind. */
export const messageOf = (error: Error): string => error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');

/** So much of the piece before is looked at again, because a word may be cut in two. */
const OVERLAP = '<!DOCTYPE'.length - 1;

/**
 * Looks at each piece before it is parsed. No document type means no entities: neither bombs nor files from outside.
 * `line` says where the pieces before it end.
 */
function hostilityCheck(line: () => number): (chunk: string) => void {
  let length = 0;
  let tail = '';
  return (chunk) => {
    length += chunk.length;
    if (length > MAX_CHARACTERS) {
      const reason = `The file has more than ${MAX_CHARACTERS} characters.`;
      throw new Unreadable(1, 'XML', String(length), reason);
    }
    const text = tail + chunk;
    const lineAt = (index: number): number => line() - newlinesIn(tail) + newlinesIn(text.slice(0, index));
    const doctype = text.search(/<!(DOCTYPE|ENTITY)/i);
    if (doctype >= 0) {
      const value = text.slice(doctype, doctype + 40);
      throw new Unreadable(lineAt(doctype), 'DOCTYPE', value, 'A document type is not accepted.');
    }
    const broken = chunk.search(/[\uFFFD\0]/);
    if (broken >= 0) {
      throw new Unreadable(
        lineAt(tail.length + broken),
        'encoding',
        chunk.slice(Math.max(0, broken - 20), broken + 20),
        'The file has bytes that are not UTF-8. Maybe it was saved in another encoding.',
      );
    }
    tail = text.slice(-OVERLAP);
  };
}

const newlinesIn = (text: string): number => text.split('\n').length - 1;
