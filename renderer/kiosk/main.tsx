import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '#shared/base/must.ts';
import '#renderer/ui/base.css';
import { fetchWhenIdle, later } from '#renderer/ui/later.tsx';
import { applyTheme } from '#renderer/ui/theme.ts';
import './kiosk.css';
import { LinePage } from './line-page.tsx';
import type { ListOf } from './worklist-page.tsx';

const LineChooser = later(async () => (await import('./line-chooser.tsx')).LineChooser);
const WorklistPage = later(async () => (await import('./worklist-page.tsx')).WorklistPage);

applyTheme();
const unit = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const list = listIn(new URLSearchParams(location.search));
createRoot(must(document.getElementById('root'), 'The root element')).render(
  <StrictMode>
    {unit ? <LinePage unit={unit} /> : list ? <WorklistPage of={list} /> : <LineChooser />}
  </StrictMode>,
);

// What opens from a page is there before it is wanted, or a station that is away would keep it from opening.
fetchWhenIdle();

/** The list that the address names; the station says so where there is none of that name. */
function listIn(query: URLSearchParams): ListOf | null {
  const list = query.get('list');
  if (list === null || list === 'mine') return list;
  const area = query.get('area');
  return { domain: list as Exclude<ListOf, 'mine'>['domain'], ...(area !== null && { area }) };
}
