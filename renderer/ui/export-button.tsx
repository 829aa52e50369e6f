import { useRef, useState } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { COMMA, type CsvDialect, SEMICOLON, csvOf } from '#shared/base/csv.ts';
import { Button } from './button.tsx';
import './columns.css';
import { useOrigin } from './origin.ts';
import { type Cell, plainCells } from './rows.ts';
import { saveFile, saveText } from './save-file.ts';
import { text } from './text.ts';

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
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const saveCsv = (dialect: CsvDialect) => () => {
    saveText(`${file}.csv`, csvOf(plainCells(table(), useOrigin.getState().zone), dialect));
    setOpen(false);
  };
  /** The writer of workbooks comes when it is first wanted. */
  async function saveWorkbook(): Promise<void> {
    try {
      const { workbookOf } = await import('./workbook.ts');
      saveFile(`${file}.xlsx`, await workbookOf(title, table(), useOrigin.getState()));
      setOpen(false);
    } catch (error) {
      setFailure(String(error));
    }
  }
  return (
    <span ref={anchor}>
      <Button icon="download" isDisabled={isDisabled} onPress={() => setOpen(true)}>
        {text.export}
      </Button>
      <Popover
        className="columns"
        triggerRef={anchor}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="bottom end"
        offset={6}
      >
        <AriaDialog className="columns-inside export-choices" aria-label={text.export}>
          <Button look="quiet" onPress={() => void saveWorkbook()}>
            {text.exportXlsx}
          </Button>
          <Button look="quiet" onPress={saveCsv(COMMA)}>
            {text.exportCsv}
          </Button>
          <Button look="quiet" onPress={saveCsv(SEMICOLON)}>
            {text.exportCsvSemicolon}
          </Button>
          {failure === null ? null : (
            <p className="late" role="alert">
              {failure}
            </p>
          )}
        </AriaDialog>
      </Popover>
    </span>
  );
}
