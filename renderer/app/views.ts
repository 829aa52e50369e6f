import type { ComponentType } from 'react';
import { BoardView } from '#renderer/board/board-view.tsx';
import type { Place } from '#renderer/state/place.ts';
import { later } from '#renderer/ui/later.tsx';

/** The board is the first screen; each other view comes when it is first shown. */
export const VIEWS: Record<Place, ComponentType> = {
  board: BoardView,
  orders: later(async () => (await import('#renderer/orders/orders-view.tsx')).OrdersView),
  resources: later(async () => (await import('#renderer/resources/resources-view.tsx')).ResourcesView),
  calibrations: later(
    async () => (await import('#renderer/resources/calibrations-view.tsx')).CalibrationsView,
  ),
  crew: later(async () => (await import('#renderer/crew/crew-view.tsx')).CrewView),
  dispatch: later(async () => (await import('#renderer/dispatch/dispatch-view.tsx')).DispatchView),
  cases: later(async () => (await import('#renderer/cases/cases-view.tsx')).CasesView),
  imports: later(async () => (await import('#renderer/imports/imports-view.tsx')).ImportsView),
  connections: later(
    async () => (await import('#renderer/connections/connections-view.tsx')).ConnectionsView,
  ),
  audit: later(async () => (await import('#renderer/audit/audit-view.tsx')).AuditView),
  settings: later(async () => (await import('#renderer/settings/settings-view.tsx')).SettingsView),
};
