/** Waits, unless it is stopped, or woken by what `wakeable` gets. */
export const pause = (
  millis: number,
  signal: AbortSignal,
  wakeable: (now: () => void) => void = () => undefined,
): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', done);
    wakeable(done);
    if (signal.aborted) done();
  });
