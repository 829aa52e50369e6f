/** An element to be written: name and text, or name and children. What is absent is left out. */
export type Node = readonly [name: string, content: string | readonly (Node | false | undefined)[]];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = (text: string): string => text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);

function write(lines: string[], [name, content]: Node, indent: string): void {
  if (typeof content === 'string') {
    lines.push(`${indent}<${name}>${escape(content)}</${name}>`);
    return;
  }
  lines.push(`${indent}<${name}>`);
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

/** A Sync message of B2MML V7 around one noun. `id` is its BODID. */
export function message(
  noun: string,
  { id, created }: { id: string; created: string },
  content: Node[1],
): string {
  const lines: string[] = [];
  const root = `Sync${noun}`;
  lines.push('<?xml version="1.0" encoding="UTF-8"?>');
  lines.push(`<${root} xmlns="http://www.mesa.org/xml/B2MML" releaseID="7.0.1">`);
  const area: Node[] = [
    [
      'ApplicationArea',
      [
        ['Sender', [['LogicalID', 'ERP']]],
        ['CreationDateTime', created],
        ['BODID', id],
      ],
    ],
    [
      'DataArea',
      [
        ['Sync', []],
        [noun, content],
      ],
    ],
  ];
  for (const node of area) write(lines, node, '  ');
  lines.push(`</${root}>`, '');
  return lines.join('\n');
}
