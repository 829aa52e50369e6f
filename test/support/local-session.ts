import type { LinesView, SessionView } from '#shared/contract/session.ts';

/** What a station without accounts says of whoever is at the window. */
export const LOCAL_SESSION: SessionView = {
  kind: 'local',
  user: 'somebody',
  name: '',
  roles: [],
  mustChange: false,
  policy: {
    lockMinutes: 10,
    sign: { publish: false, dispatch: false },
    overrides: false,
    meanings: {
      publish: ['Approval'],
      dispatch: ['Approval'],
      override: ['Approval'],
      handover: ['Approval'],
      review: ['Review'],
    },
    seenMinutes: 30,
    rules: {},
    downtime: [{ kind: 'Mechanical', reasons: ['Jam'] }],
  },
};

export const NO_LINES: LinesView = {
  access: { on: false, address: '127.0.0.1', port: 4181 },
  addresses: ['127.0.0.1'],
  served: null,
  problem: null,
  devices: [],
  units: [],
  teams: [],
  people: [],
};
