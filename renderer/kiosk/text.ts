export const kioskText = {
  away: 'The station cannot be reached.',
  override: 'Start against a gate',

  expired: 'This list is older than eight hours: until the station is back it can only be looked at.',
  staged: 'Staged',
  sampleTaken: 'Sample taken',
  testResult: 'Result',
  splitOff: 'Split off the rest',
  myTasks: 'My tasks',
  myTasksHint: 'asks who you are',
  teams: 'Lists of people and teams',
  neededFor: (what: string, unit: string) => `for ${what} on ${unit}`,
} as const;
