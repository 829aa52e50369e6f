/** `work` as one run at a time: whoever asks while it runs waits for one more, which begins after they asked. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  const again = (): Promise<void> => {
    next = null;
    return running ?? start();
  };
  return () => {
    if (!running) return start();
    next ??= running.then(again, again);
    return next;
  };
}
