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

/** What is typed here goes to the station and never comes back. */
export const SecretField = ({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => (
  <Labelled label={label} hint={hint}>
    <input
      type="password"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </Labelled>
);

/** The fields of a connection; the enter key saves what is whole. */
export const FormBody = ({
  onSubmit,
  children,
}: {
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) => (
  <form
    className="dialog-body connection-form"
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit();
    }}
  >
    {children}
  </form>
);
