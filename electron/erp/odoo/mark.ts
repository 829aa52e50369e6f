/** Rows that were made from here begin with this: they are found again, and not taken for news. */
export const OWN_MARK = 'Shiftwright';

/** What marks the row of one fact, so that it is never made twice. */
export const markOf = (fact: string): string => `${OWN_MARK} ${fact}`;
