/** 20 × 20 outlines, drawn with one stroke. */
const PATHS = {
  board: 'M3 5h8M6 10h9M9 15h8M3 10h0M3 15h3',
  orders: 'M5 3h10v14H5zM8 7h4M8 10h4M8 13h2',
  resources: 'M3 17V9l5 3V9l5 3V5h4v12zM7 14h1M12 14h1',
  calibrations: 'M3.5 14a7 7 0 1 1 13 0M10 12l3-4M10 12h0M6 17h8',
  crew: 'M7.5 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 16c0-3 2-4.5 4.5-4.5S12 13 12 16M13 9a2 2 0 1 0 0-4M14 11.7c2 .3 3 1.8 3 4.3',
  dispatch: 'M17 3 9 11M17 3l-5 14-3-6-6-3z',
  cases: 'M10 2.5l7.5 7.5-7.5 7.5L2.5 10zM10 6.5v4M10 13.3h0',
  imports: 'M10 3v9M6.5 8.5 10 12l3.5-3.5M3 13v4h14v-4',
  connections: 'M7 3v5M13 3v5M4.5 8h11v2.5a5.5 5.5 0 0 1-11 0zM10 16v2',
  audit: 'M10 2.5 16 5v4.5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8V5zM7.5 9.5l2 2 3.5-3.5',
  settings:
    'M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M10 3v2M10 15v2M3 10h2M15 10h2M5 5l1.5 1.5M13.5 13.5 15 15M15 5l-1.5 1.5M6.5 13.5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  search: 'M9 14A5 5 0 1 0 9 4a5 5 0 0 0 0 10M13 13l4 4',
  undo: 'M4 8h8a4 4 0 0 1 0 8H9M4 8l3-3M4 8l3 3',
  redo: 'M16 8H8a4 4 0 0 0 0 8h3M16 8l-3-3M16 8l-3 3',
  sun: 'M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M15.7 4.3l-1.4 1.4M5.7 14.3l-1.4 1.4',
  moon: 'M16 12.5A6.5 6.5 0 0 1 7.5 4 6.5 6.5 0 1 0 16 12.5',
  check: 'M4 10.5 8 14.5 16 6',
  cross: 'M5 5l10 10M15 5 5 15',
  warn: 'M10 3.5 17.5 16.5h-15zM10 8.5v4M10 14.5h0',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 9.5v4M10 6.5h0',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 6v4l2.5 2',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  pin: 'M7 3h6l-1 6 2.5 2.5h-9L8 9zM10 11.5V17',
  down: 'M5 8l5 5 5-5',
  up: 'M5 12l5-5 5 5',
  columns: 'M3 4h14v12H3zM8 4v12M12.5 4v12',
  more: 'M10 6 15 14H5z',
  less: 'M10 14 5 6h10z',
  right: 'M8 5l5 5-5 5',
  left: 'M12 5l-5 5 5 5',
  print: 'M6 8V3h8v5M6 14H3V8h14v6h-3M6 11.5h8V17H6z',
  download: 'M10 3v10M6.5 9.5 10 13l3.5-3.5M4 17h12',
  link: 'M8 5H4v11h11v-4M11 4h5v5M16 4l-7 7',
  play: 'M6 4l10 6-10 6z',
  stop: 'M5 5h10v10H5z',
  comment: 'M3 4h14v9.5H9L5.5 17v-3.5H3z',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h0M8.5 8.5h0M11.5 8.5h0M14.5 8.5h0M6.5 11.5h7',
  branch:
    'M6 7v6M6 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4M6 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4M14 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M14 8c0 3-4 3-7.5 5',
  production: 'M4 10a6 6 0 0 1 12 0v0a6 6 0 0 1-12 0M4 10h12',
  quality: 'M8 3h4M9 3v5l-4.5 8h11L11 8V3M6.5 13h7',
  maintenance: 'M13 3.5a4 4 0 0 0-4 5.3L3.5 14.5l2 2L11.3 11a4 4 0 0 0 5.2-4L14 8.5 11.5 6z',
  inventory: 'M3 6.5 10 3l7 3.5v7L10 17l-7-3.5zM3 6.5l7 3.5 7-3.5M10 10v7',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration beside a text or inside a labelled control; screen readers skip it. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    className={`icon icon-${name}`}
    width={size}
    height={size}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={PATHS[name]} />
  </svg>
);
