import { type ComponentType, useEffect, useState } from 'react';

const waiting: (() => Promise<unknown>)[] = [];

/**
 * A component whose code comes when it is first shown, or before that in an idle moment: then it is there at once.
 * (React's `lazy` shows its fallback even when the code is there, and what it stands for up to 300 ms later.)
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  const fetch = async (): Promise<ComponentType<Props>> => (loaded ??= await load());
  waiting.push(fetch);
  return function Later(props: Props) {
    const [Shown, setShown] = useState(() => loaded);
    const [failure, setFailure] = useState<Error | null>(null);
    useEffect(() => {
      if (!Shown) fetch().then((component) => setShown(() => component), setFailure);
    }, [Shown]);
    if (failure) throw failure; // for the failsafe around it
    return Shown ? <Shown {...props} /> : null;
  };
}

/** Fetches what has not been shown yet, one after the other, whenever there is nothing else to do. */
export function fetchWhenIdle(): void {
  const next = waiting.shift();
  if (!next) return;
  requestIdleCallback(() => {
    // What fails here fails again, and is told, when it is wanted.
    next().then(fetchWhenIdle, fetchWhenIdle);
  });
}
