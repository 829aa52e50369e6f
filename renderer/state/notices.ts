import { create } from 'zustand';

/** Something that the planner should read. Refusals and errors stay until they are dismissed. */
export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'warn' | 'error';
  /** What it is about: the object and the rule. */
  readonly title: string;
  readonly text: string;
  /** What can be done about it. */
  readonly actions: readonly NoticeAction[];
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** How long good news stays. */
const INFO_MILLIS = 6000;

export const useNotices = create<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }));

let lastId = 0;

export const dismiss = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

const replaces = (next: Notice, old: Notice): boolean =>
  (next.level === 'info' && old.level === 'info') || (next.title === old.title && next.text === old.text);

/** Shows a notice. News replaces older news, and the same words an earlier notice, instead of piling up. */
export function notify(level: Notice['level'], title: string, text = '', ...actions: NoticeAction[]): void {
  lastId += 1;
  const notice: Notice = { id: lastId, level, title, text, actions };
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((old) => !replaces(notice, old)), notice],
  }));
  if (level === 'info') setTimeout(() => dismiss(notice.id), INFO_MILLIS);
}
