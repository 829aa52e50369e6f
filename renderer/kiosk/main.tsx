import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '#shared/base/must.ts';
import '#renderer/ui/base.css';
import { applyTheme } from '#renderer/ui/theme.ts';
import './kiosk.css';
import { LineChooser } from './line-chooser.tsx';
import { LinePage } from './line-page.tsx';
import { type ListOf, WorklistPage } from './worklist-page.tsx';

applyTheme();
const unit = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const list = listIn(new URLSearchParams(location.search));
createRoot(must(document.getElementById('root'), 'The root element')).render(
  <StrictMode>
    {unit ? <LinePage unit={unit} /> : list ? <WorklistPage of={list} /> : <LineChooser />}
  </StrictMode>,
);

/** The list that the address names; the station says so where there is none of that name. */
function listIn(query: URLSearchParams): ListOf | null {
  const list = query.get('list');
  if (list === null || list === 'mine') return list;
  const area = query.get('area');
  return { domain: list as Exclude<ListOf, 'mine'>['domain'], ...(area !== null && { area }) };
}
