import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '#shared/base/must.ts';
import { followKeys } from '#renderer/commands/keys.ts';
import { planCommands } from '#renderer/commands/plan.ts';
import { registerCommands } from '#renderer/commands/registry.ts';
import { runById } from '#renderer/commands/run.ts';
import { scenarioCommands } from '#renderer/commands/scenarios.ts';
import { windowCommands } from '#renderer/commands/window.ts';
import { followTouches } from '#renderer/state/account.ts';
import { useBoard } from '#renderer/state/board.ts';
import { followAddress } from '#renderer/state/place.ts';
import { startSession } from '#renderer/state/session.ts';
import '#renderer/ui/base.css';
import { fetchWhenIdle } from '#renderer/ui/later.tsx';
import { applyTheme } from '#renderer/ui/theme.ts';
import { followTips } from '#renderer/ui/tip.ts';
import { App } from './app.tsx';

applyTheme();
followTips();
followAddress();
startSession();
followTouches();
registerCommands([...planCommands, ...scenarioCommands, ...windowCommands]);
window.shiftwright?.onCommand(runById);
followKeys();

createRoot(must(document.querySelector('#root'), 'The element #root of index.html')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// The first screen comes first: what may be opened from it is fetched behind it.
const stopWaiting = useBoard.subscribe(({ board }) => {
  if (!board) return;
  stopWaiting();
  requestAnimationFrame(fetchWhenIdle);
});
