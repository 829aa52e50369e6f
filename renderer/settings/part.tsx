import type { ReactNode } from 'react';

export const Part = ({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) => (
  <section className="settings-part">
    <h2>{title}</h2>
    {hint === undefined ? null : <p className="muted settings-hint">{hint}</p>}
    <dl>{children}</dl>
  </section>
);

export const Field = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="settings-field">
    <dt className="muted">{name}</dt>
    <dd>{children}</dd>
  </div>
);
