import { strToU8, zipSync } from 'fflate';

/** A cell: text, number, or the XML of one. */
export type TestCell = string | number | { readonly xml: string };

const column = (index: number): string => String.fromCharCode(65 + index);
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function cellXml(cell: TestCell, reference: string): string {
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return cell.xml.replace('<c ', `<c r="${reference}" `);
  return cell === '' ? '' : `<c r="${reference}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`;
}

/** Styles of the workbook: 0 plain, 1 date, 2 date and time, 3 time, 4 elapsed hours, 5 a number with a unit behind it. */
const STYLES = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="166" formatCode="0.00&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`;

type TestSheets = Readonly<Record<string, readonly (readonly TestCell[])[]>>;

/** The bytes of a workbook with these sheets (rows of cells, an empty row is left out), and other parts in the place of its own. */
export const workbook = (sheets: TestSheets, parts: Readonly<Record<string, string>> = {}): Uint8Array =>
  zipped({ ...workbookParts(sheets), ...parts });

export const zipped = (parts: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

/** The parts of a workbook by name. */
export function workbookParts(sheets: TestSheets): Record<string, string> {
  const names = Object.keys(sheets);
  const list = names.map((name, k) => `<sheet name="${escape(name)}" sheetId="${k + 1}" r:id="r${k + 1}"/>`);
  const relations = names.map(
    (_, k) => `<Relationship Id="r${k + 1}" Type="worksheet" Target="worksheets/sheet${k + 1}.xml"/>`,
  );
  const sheetParts = Object.values(sheets).map((rows, k): [string, string] => [
    `xl/worksheets/sheet${k + 1}.xml`,
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
      .map((row, index) => {
        const cells = row.map((cell, at) => cellXml(cell, `${column(at)}${index + 1}`)).join('');
        return cells === '' ? '' : `<row r="${index + 1}">${cells}</row>`;
      })
      .join('')}</sheetData></worksheet>`,
  ]);
  return {
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`,
    'xl/styles.xml': STYLES,
    ...Object.fromEntries(sheetParts),
  };
}
