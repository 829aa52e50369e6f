import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Place } from '#renderer/state/place.ts';

type View = LazyExoticComponent<ComponentType>;

const board = import('#renderer/board/board-view.tsx');

/** Each view comes when it is first shown; only the board is asked for at once. */
export const VIEWS: Record<Place, View> = {
  board: lazy(async () => ({ default: (await board).BoardView })),
  orders: lazy(async () => ({ default: (await import('#renderer/orders/orders-view.tsx')).OrdersView })),
  resources: lazy(async () => ({
    default: (await import('#renderer/resources/resources-view.tsx')).ResourcesView,
  })),
  calibrations: lazy(async () => ({
    default: (await import('#renderer/resources/calibrations-view.tsx')).CalibrationsView,
  })),
  crew: lazy(async () => ({ default: (await import('#renderer/crew/crew-view.tsx')).CrewView })),
  dispatch: lazy(async () => ({
    default: (await import('#renderer/dispatch/dispatch-view.tsx')).DispatchView,
  })),
  imports: lazy(async () => ({
    default: (await import('#renderer/imports/imports-view.tsx')).ImportsView,
  })),
  audit: lazy(async () => ({ default: (await import('#renderer/audit/audit-view.tsx')).AuditView })),
  settings: lazy(async () => ({
    default: (await import('#renderer/settings/settings-view.tsx')).SettingsView,
  })),
};
