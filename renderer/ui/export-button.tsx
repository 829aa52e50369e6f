import { useState } from 'react';
import { COMMA, type CsvDialect, SEMICOLON, csvOf } from '#shared/base/csv.ts';
import { Button } from './button.tsx';
import './columns.css';
import { useOrigin } from './origin.ts';
import { PopupButton } from './popup.tsx';
import { type Cell, plainCells } from './rows.ts';
import { saveFile, saveText } from './save-file.ts';
import { text } from './text.ts';

const DIALECTS = [
  [COMMA, text.exportCsv],
  [SEMICOLON, text.exportCsvSemicolon],
] as const;

type Rows = readonly (readonly Cell[])[];

/** Saves what a table shows: as a workbook with real dates and numbers, or as CSV for either kind of spreadsheet. */
export function ExportButton({
  title,
  file,
  isDisabled,
  filter = '',
  table,
}: {
  /** Names the sheet. */
  readonly title: string;
  /** File name without ending. */
  readonly file: string;
  readonly isDisabled: boolean;
  /** What of everything is shown, in words. */
  readonly filter?: string;
  /** The rows as they are shown, header first. */
  readonly table: () => Rows | Promise<Rows>;
}) {
  const [failure, setFailure] = useState<string | null>(null);
  async function saveCsv(dialect: CsvDialect): Promise<void> {
    saveText(`${file}.csv`, csvOf(plainCells(await table(), useOrigin.getState().zone), dialect), filter);
  }
  /** The writer of workbooks comes when it is first wanted. */
  async function saveWorkbook(): Promise<void> {
    const { workbookOf } = await import('./workbook.ts');
    saveFile(`${file}.xlsx`, await workbookOf(title, await table(), useOrigin.getState()), filter);
  }
  const tried = (save: () => Promise<void>, close: () => void): void =>
    void save().then(close, (error: unknown) => setFailure(String(error)));
  return (
    <PopupButton
      label={text.export}
      className="columns export-choices"
      button={
        <Button icon="download" isDisabled={isDisabled}>
          {text.export}
        </Button>
      }
    >
      {({ close }) => (
        <>
          <Button look="quiet" onPress={() => tried(saveWorkbook, close)}>
            {text.exportXlsx}
          </Button>
          {DIALECTS.map(([dialect, name]) => (
            <Button key={name} look="quiet" onPress={() => tried(() => saveCsv(dialect), close)}>
              {name}
            </Button>
          ))}
          {failure === null ? null : (
            <p className="late" role="alert">
              {failure}
            </p>
          )}
        </>
      )}
    </PopupButton>
  );
}
