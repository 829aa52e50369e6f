import { create } from 'zustand';
import type { Instant } from '#shared/time/instant.ts';

/** What a printed page or an exported file says of where it comes from. */
export interface Origin {
  readonly plant: string;
  readonly zone: string;
  /** The newest published version; null before the first. */
  readonly version: number | null;
  /** The plant's time now. */
  readonly now: () => Instant;
}

/** The session keeps it current. */
export const useOrigin = create<Origin>()(() => ({
  plant: '',
  zone: 'UTC',
  version: null,
  now: () => Math.floor(Date.now() / 1000),
}));
