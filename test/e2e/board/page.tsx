import { createRoot } from 'react-dom/client';
import { must } from '#shared/base/must.ts';
import './wire.ts';

/** Starts the window's session and keys in this page; the answer puts up its board. */
export async function startBoard(): Promise<() => void> {
  // The page's own modules come after the wire is in place.
  const { followKeys } = await import('#renderer/commands/keys.ts');
  const { planCommands } = await import('#renderer/commands/plan.ts');
  const { registerCommands } = await import('#renderer/commands/registry.ts');
  const { startSession, useSession } = await import('#renderer/state/session.ts');
  const { applyTheme } = await import('#renderer/ui/theme.ts');
  const { Notices } = await import('#renderer/app/notices.tsx');
  const { BoardView } = await import('#renderer/board/board-view.tsx');

  applyTheme();
  startSession();
  useSession.setState({ connection: 'open' });
  registerCommands(planCommands);
  followKeys();
  return () =>
    createRoot(must(document.querySelector('#root'), 'The root element')).render(
      <main style={{ height: '100vh' }}>
        <BoardView />
        <Notices />
      </main>,
    );
}
