import { create } from 'zustand';
import type { FiguresChange } from '#shared/domain/verdict.ts';

/** What the drop that is being tried would change of the figures; null while nothing is in the hand. */
export const usePreview = create<{ readonly change: FiguresChange | null }>()(() => ({ change: null }));
