/** Names of the IPC channels between preload and main. Each carries at most one argument, a string. */
export const CHANNELS = {
  /** Page → main: a line to the station, please; the answer is `station`. */
  hello: 'shiftwright:hello',
  /** Page → station: one message of the contract. */
  post: 'shiftwright:post',
  /** Station → page: one message of the contract. */
  message: 'shiftwright:message',
  /** Main → page: `up` with a fresh line, or `down`. */
  station: 'shiftwright:station',
  /** Main → page: id of the command that was chosen in the menu. */
  command: 'shiftwright:command',
} as const;
