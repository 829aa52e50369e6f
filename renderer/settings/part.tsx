import type { ReactNode } from 'react';

export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="settings-part">
    <h2>{title}</h2>
    <dl>{children}</dl>
  </section>
);

export const Field = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="settings-field">
    <dt className="muted">{name}</dt>
    <dd>{children}</dd>
  </div>
);
