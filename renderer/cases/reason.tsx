/** Why: nothing is decided without. */
export const Reason = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => (
  <label className="case-reason">
    {label}
    <input type="text" maxLength={500} value={value} onChange={(event) => onChange(event.target.value)} />
  </label>
);
