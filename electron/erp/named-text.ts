/** The text of a file, or of one sheet of a workbook. */
export interface NamedText {
  /** Of the file; of a further sheet with its name behind it, as “orders.xlsx [Lots]”. */
  readonly name: string;
  readonly text: string;
  /** Name of the sheet, of which the text is CSV with dates in ISO 8601 and decimal points. */
  readonly sheet?: string | undefined;
}

/** The file of a text that may be one of its further sheets. */
export const fileOf = (name: string): string => /^(.*\.xlsx) \[.*\]$/i.exec(name)?.[1] ?? name;
