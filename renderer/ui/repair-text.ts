/** Words of the repairs, wherever they are offered. */
export const repairText = {
  repairAim: {
    leastChange: 'Least change',
    bestDelivery: 'Best delivery',
    leastSetup: 'Least setup',
  },
  repairAimHint: {
    leastChange: 'What is not touched stays',
    bestDelivery: 'Fewest hours late',
    leastSetup: 'Fewest hours of setup',
  },
  repairMoved: 'Tasks move',
  repairPlaced: 'Get a place',
  repairReassigned: 'To another unit',
  repairRestaffed: 'Other people',
  repairDropped: 'Lose their place',
  repairLateNow: 'Orders late now',
  repairOnTime: 'On time again',
  repairChoose: (aim: string) => `Choose ${aim.toLowerCase()}`,
  repairNothing: 'Nothing has to change: the draft holds.',
  lateOrders: 'Late orders',
  tardiness: 'Tardiness',
  setupTotal: 'Setup',
} as const;

/** Words of who is told something else. */
export const affectedText = {
  runningNow: (task: string) => `runs ${task}`,
  addedTasks: (tasks: string) => `${tasks} new`,
  movedTasks: (tasks: string) => `${tasks} moved`,
  restaffedTasks: (tasks: string) => `${tasks} for other people`,
  droppedTasks: (tasks: string) => `${tasks} dropped`,
  more: (lines: string) => `and ${lines} more`,
} as const;
