import type { ReactNode } from 'react';

export const Labelled = ({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children: ReactNode;
}) => (
  <label>
    <span>{label}</span>
    {children}
    {hint === undefined ? null : <small className="muted">{hint}</small>}
  </label>
);
