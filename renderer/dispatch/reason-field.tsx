/** Why, as the lines are shown it. */
export const ReasonField = ({
  label,
  reason,
  onChange,
}: {
  readonly label: string;
  readonly reason: string;
  readonly onChange: (reason: string) => void;
}) => (
  <label className="reason">
    {label}
    <input type="text" maxLength={500} value={reason} onChange={({ target }) => onChange(target.value)} />
  </label>
);
