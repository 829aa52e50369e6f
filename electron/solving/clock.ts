/** Milliseconds of the clock that all threads of this process share; it only goes forward. */
export const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6;
