/** RC-01: a reason to change what is on record says something. */
export const LEAST_REASON = 10;
