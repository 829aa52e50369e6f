import { create } from 'zustand';

export type Theme = 'day' | 'night';

const KEY = 'shiftwright.theme';
const night = matchMedia('(prefers-color-scheme: dark)');
const chosen = (): Theme | null => {
  const kept = localStorage.getItem(KEY);
  return kept === 'day' || kept === 'night' ? kept : null;
};
const resolved = (choice: Theme | null): Theme => choice ?? (night.matches ? 'night' : 'day');

/** The theme in force: what the planner chose, else what the machine prefers. Components that paint (canvas) redraw on it. */
export const useTheme = create<{ readonly choice: Theme | null; readonly theme: Theme }>()(() => ({
  choice: chosen(),
  theme: resolved(chosen()),
}));

/** Chooses for this machine; null follows the operating system again. */
export function chooseTheme(choice: Theme | null): void {
  if (choice) localStorage.setItem(KEY, choice);
  else localStorage.removeItem(KEY);
  useTheme.setState({ choice, theme: resolved(choice) });
}

export const toggleTheme = (): void => chooseTheme(useTheme.getState().theme === 'night' ? 'day' : 'night');

const show = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = theme;
};

/** Once per page, before the first paint. */
export function applyTheme(): void {
  show(useTheme.getState().theme);
  useTheme.subscribe(({ theme }) => show(theme));
  night.addEventListener('change', () => {
    const { choice } = useTheme.getState();
    useTheme.setState({ theme: resolved(choice) });
  });
}

/** The value of a token in the theme in force, for a canvas: `colour('late')`. */
export const colour = (token: string): string => tokenOf(document.documentElement, token);

const tokenOf = (element: Element, token: string): string =>
  getComputedStyle(element).getPropertyValue(`--${token}`).trim();

/** Does something with the colours of the day, whatever the theme: what is printed is never night. */
export function byDay<Value>(work: (colour: (token: string) => string) => Value): Value {
  const paper = document.createElement('div');
  paper.className = 'paper';
  document.body.append(paper);
  try {
    return work((token) => tokenOf(paper, token));
  } finally {
    paper.remove();
  }
}
