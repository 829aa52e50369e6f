export const kioskText = {
  unjudged: 'Checked when it starts',
  override: 'Start against a gate',
  news: 'New list',
  revision: (revision: number, changes: string) => `Revision ${revision}: ${changes}`,
  told: (by: string, time: string, reason: string) => `Told by ${by} at ${time}. ${reason}`,
  seen: 'Seen',
  recalled: (task: string) => `Recalled: ${task}.`,
  recalledWhy: (reason: string, by: string, time: string) => `${reason} (${by}, ${time})`,

  expired: 'This list is older than eight hours: until the station is back it can only be looked at.',
  staged: 'Staged',
  sampleTaken: 'Sample taken',
  testResult: 'Result',
  splitOff: 'Split off the rest',
  correct: 'Correct the count',
  neededFor: (what: string, unit: string) => `for ${what} on ${unit}`,
} as const;
