import type { OperationsType, RequestState } from '#shared/domain/operations.ts';
import type { UnitState } from '#shared/domain/execution.ts';

/** Words that more than one view says. Each view has a `text.ts` of its own for the rest. */
export const domainText: Record<OperationsType, string> = {
  production: 'Production',
  quality: 'Quality',
  maintenance: 'Maintenance',
  inventory: 'Inventory',
};
export const DOMAINS = Object.keys(domainText) as readonly OperationsType[];

export const orderStateText: Record<RequestState, string> = {
  Forecast: 'Forecast',
  Released: 'Released',
  Waiting: 'Waiting',
  Cancelled: 'Cancelled',
  Ready: 'Ready',
  Running: 'Running',
  Completed: 'Completed',
  Aborted: 'Aborted',
  Held: 'Held',
  Suspended: 'Suspended',
  Closed: 'Closed',
};

export const unitStateText: Record<UnitState | 'INSTRUMENT', string> = {
  PROD: 'Producing',
  SETUP: 'Setting up',
  DELAY: 'Delayed',
  NO_ORDER: 'No order',
  PLANNED_DOWN: 'Planned down',
  UNSCHEDULED: 'Unscheduled',
  INSTRUMENT: 'Instrument',
};

export const text = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  becomes: 'becomes',
  columns: 'Columns',
  export: 'Export',
  exportXlsx: 'Workbook (XLSX)',
  exportCsv: 'CSV, comma',
  exportCsvSemicolon: 'CSV, semicolon and decimal comma',
  about: 'About',
  plant: 'Plant',
  version: 'Version',
  exported: 'Exported',
  timeZone: 'Time zone',
  lines: 'Rows',
  search: 'Search',
  clear: 'Clear',
  loading: 'Loading …',
  none: '–',
  nothingFound: 'Nothing matches',
  nothingFoundHint: 'Clear the search or the filter to see everything again.',
  clearFilters: 'Clear search and filter',
  rows: (shown: string, all: string) => (shown === all ? all : `${shown} of ${all}`),
  signAs: (name: string) => `Signed by ${name}`,
  signMeaning: 'Meaning',
  signPassword: 'Your password',
  signatureChanged: 'No longer valid for the current version',
  signatureForged: 'Not what was recorded',
  signed: 'Signed',
  sortBy: (column: string) => `Sort by ${column}`,
} as const;
