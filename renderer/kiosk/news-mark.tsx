/** Beside a task: that it is news, in words and with an outline, not by colour alone. */
export const NewsMark = ({ of }: { readonly of: string | null }) =>
  of === null ? null : <span className="news-mark">{of}</span>;
