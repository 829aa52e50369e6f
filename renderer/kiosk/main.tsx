import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '#shared/base/must.ts';
import '#renderer/ui/base.css';
import { applyTheme } from '#renderer/ui/theme.ts';
import './kiosk.css';
import { LineChooser } from './line-chooser.tsx';
import { LinePage } from './line-page.tsx';

applyTheme();
const unit = decodeURIComponent(location.pathname.split('/')[2] ?? '');
createRoot(must(document.getElementById('root'), 'The root element')).render(
  <StrictMode>{unit ? <LinePage unit={unit} /> : <LineChooser />}</StrictMode>,
);
