import { useEffect } from 'react';
import { usePreview } from '#renderer/state/preview.ts';
import { useHeld } from './held.ts';

/** Tells the window what the drop in the hand would cost. The last answer stays while the next is on its way; what may not be costs nothing. */
export function useHeldPreview(): void {
  useEffect(() => {
    const stop = useHeld.subscribe(({ held }) => {
      if (held && !held.verdict) return;
      const change = held?.verdict?.ok ? (held.verdict.figures ?? null) : null;
      if (usePreview.getState().change !== change) usePreview.setState({ change });
    });
    return () => {
      stop();
      usePreview.setState({ change: null });
    };
  }, []);
}
