import { B2MML_NAMESPACE } from './dialects.ts';
import { escapeXml } from './envelope.ts';

/** An element to be written: name, text or children, attributes. What is absent is left out. */
export type Node = readonly [
  name: string,
  content: string | readonly (Node | false | undefined)[],
  attributes?: Readonly<Record<string, string>>,
];

function write(lines: string[], [name, content, attributes = {}]: Node, indent: string): void {
  const opening = [name, ...Object.entries(attributes).map(([key, of]) => `${key}="${escapeXml(of)}"`)].join(
    ' ',
  );
  if (typeof content === 'string') {
    lines.push(`${indent}<${opening}>${escapeXml(content)}</${name}>`);
    return;
  }
  lines.push(`${indent}<${opening}>`);
  for (const child of content) if (child) write(lines, child, `${indent}  `);
  lines.push(`${indent}</${name}>`);
}

/** A text element, or nothing. */
export const text = (name: string, value: string | number | undefined): Node | undefined =>
  value === undefined ? undefined : [name, String(value)];

/** `Value` or `Quantity` with its data type and unit. */
export const value = (what: string | number, dataType: string, unit?: string): Node => [
  'Value',
  [['ValueString', String(what)], ['DataType', dataType], text('UnitOfMeasure', unit)],
];

export const quantity = (what: number, unit: string): Node => [
  'Quantity',
  [
    ['QuantityString', String(what)],
    ['DataType', 'decimal'],
    ['UnitOfMeasure', unit],
  ],
];

/** A named property with a text, or nothing. */
export const property = (name: string, id: string, what: string | undefined): Node | undefined =>
  what === undefined ? undefined : [name, [['ID', id], value(what, 'string')]];

/** A transaction to be written. */
export interface Transaction {
  readonly verb: string;
  readonly noun: string;
  /** V7 without it. */
  readonly namespace?: string;
  /** releaseID; that of V7 without it. */
  readonly release?: string;
  /** LogicalID of whoever writes it. */
  readonly sender: string;
  readonly bodId: string;
  /** ISO 8601. */
  readonly created: string;
  /** Inside the verb: criteria, and what it answers. */
  readonly criteria?: Node[1];
  /** The nouns, or the text of them as it came. */
  readonly data: readonly Node[] | { readonly echo: string };
}

/** The text of a transaction of B2MML. */
export function transactionText(transaction: Transaction): string {
  const {
    verb,
    noun,
    namespace = B2MML_NAMESPACE,
    release = '7.0.1',
    sender,
    bodId,
    created,
    criteria = [],
    data,
  } = transaction;
  const root = `${verb}${noun}`;
  // The confirmation is of the messages as such, not of a release of a noun.
  const releaseId = root === 'ConfirmBOD' ? '' : ` releaseID="${release}"`;
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<${root} xmlns="${namespace}"${releaseId}>`];
  const area: Node[] = [
    ['Sender', [['LogicalID', sender]]],
    ['CreationDateTime', created],
    ['BODID', bodId],
  ];
  write(lines, ['ApplicationArea', area], '  ');
  lines.push('  <DataArea>');
  // A notification carries the verb Sync inside.
  write(lines, [verb === 'Notify' ? 'Sync' : verb, criteria], '    ');
  if ('echo' in data) lines.push(data.echo);
  else for (const node of data) write(lines, node, '    ');
  lines.push('  </DataArea>', `</${root}>`, '');
  return lines.join('\n');
}
