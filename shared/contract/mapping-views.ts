import type { z } from 'zod';
import type { RowRefusal } from '#shared/domain/import-report.ts';

/** A column mapping as the station keeps it; only the importer knows what it means. */
export type MappingBody = z.core.util.JSONType;

/** A mapping that is kept, and the names of files that it is for. */
export interface KeptMapping {
  readonly name: string;
  readonly files: readonly string[];
  readonly body: MappingBody;
}

/** A kind of rows, and the fields that a mapping may give it. */
export interface RowKindView {
  readonly kind: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** One table of a file: of a workbook there is one for each sheet. */
export interface TableView {
  /** As in messages and patterns. */
  readonly name: string;
  readonly header: readonly string[];
  /** The first rows, in the order of the header; an empty cell is an empty text. */
  readonly rows: readonly (readonly string[])[];
  /** The kind that its name or header says by itself. */
  readonly kind: string | null;
  /** The kept mapping that would read it, and which of its files. */
  readonly mapping: { readonly name: string; readonly file: number } | null;
}

/** What stands in a file, to map it. */
export interface ColumnsView {
  readonly tables: readonly TableView[];
  readonly kinds: readonly RowKindView[];
  /** Why there is nothing to map. */
  readonly refusals: readonly RowRefusal[];
}

/** What a mapping makes of a file, before anything is kept. */
export interface MappingPreview {
  /** What is wrong with the mapping itself. */
  readonly flaw: string | null;
  readonly records: number;
  /** The first of them: where from, and what each field says, for a reader. */
  readonly samples: readonly {
    readonly line: number;
    readonly id: string;
    readonly fields: readonly { readonly field: string; readonly text: string }[];
  }[];
  readonly refusals: readonly RowRefusal[];
  readonly warnings: readonly RowRefusal[];
}
