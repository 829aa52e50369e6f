import type { ReactNode } from 'react';

/** One question that the inspector answers. */
export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="inspector-part">
    <h3>{title}</h3>
    {children}
  </section>
);
