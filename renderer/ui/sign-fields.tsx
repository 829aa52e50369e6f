import { text } from './text.ts';

/** What somebody signs with: the password entered anew, and what the signature means. */
export interface Signing {
  readonly password: string;
  readonly meaning: string;
}

/** The two things a signature takes, beside the name that it will be printed with (S6). */
export const SignFields = ({
  name,
  meanings,
  value,
  onChange,
}: {
  readonly name: string;
  readonly meanings: readonly string[];
  readonly value: Signing;
  readonly onChange: (value: Signing) => void;
}) => (
  <fieldset className="sign-fields">
    <legend>{text.signAs(name)}</legend>
    <label>
      {text.signMeaning}
      <select value={value.meaning} onChange={(event) => onChange({ ...value, meaning: event.target.value })}>
        {meanings.map((meaning) => (
          <option key={meaning}>{meaning}</option>
        ))}
      </select>
    </label>
    <label>
      {text.signPassword}
      <input
        type="password"
        autoComplete="current-password"
        maxLength={200}
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.target.value })}
      />
    </label>
  </fieldset>
);
