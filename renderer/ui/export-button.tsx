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

/** Saves what a table shows: as a workbook with real dates and numbers, or as CSV for either kind of spreadsheet. */
export function ExportButton({
  title,
  file,
  isDisabled,
  table,
}: {
  /** Names the sheet. */
  readonly title: string;
  /** File name without ending. */
  readonly file: string;
  readonly isDisabled: boolean;
  /** The rows as they are shown, header first. */
  readonly table: () => readonly (readonly Cell[])[];
}) {
  const [failure, setFailure] = useState<string | null>(null);
  const saveCsv = (dialect: CsvDialect): void =>
    saveText(`${file}.csv`, csvOf(plainCells(table(), useOrigin.getState().zone), dialect));
  /** The writer of workbooks comes when it is first wanted. */
  async function saveWorkbook(close: () => void): Promise<void> {
    try {
      const { workbookOf } = await import('./workbook.ts');
      saveFile(`${file}.xlsx`, await workbookOf(title, table(), useOrigin.getState()));
      close();
    } catch (error) {
      setFailure(String(error));
    }
  }
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
          <Button look="quiet" onPress={() => void saveWorkbook(close)}>
            {text.exportXlsx}
          </Button>
          {DIALECTS.map(([dialect, name]) => (
            <Button
              key={name}
              look="quiet"
              onPress={() => {
                saveCsv(dialect);
                close();
              }}
            >
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
