import { create } from 'zustand';

const KEY = 'shiftwright.budget';

/** The disruption budget that the supervisor has set: so many tasks may move; empty for any number. */
export const useBudget = create<{ readonly budget: string }>()(() => ({
  budget: localStorage.getItem(KEY) ?? '',
}));

export function setBudget(budget: string): void {
  localStorage.setItem(KEY, budget);
  useBudget.setState({ budget });
}

/** As the station wants it. */
export const mostMovedOf = (budget: string): { readonly mostMoved?: number } =>
  /^\d{1,6}$/.test(budget) ? { mostMoved: Number(budget) } : {};
