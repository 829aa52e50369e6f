import { useState } from 'react';
import { type DowntimeReasons, downtimeFromText, downtimeText } from '#shared/domain/downtime.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Field } from './part.tsx';
import { settingsText as words } from './text.ts';

/** The tree of reasons as text: short to read, quick to change. */
export function DowntimeField({
  tree,
  refusal,
  save,
}: {
  readonly tree: DowntimeReasons;
  /** Why nobody here may change it. */
  readonly refusal: string | null;
  readonly save: (tree: DowntimeReasons) => void;
}) {
  const [written, setWritten] = useState(() => downtimeText(tree));
  const read = downtimeFromText(written);
  const isChanged = written !== downtimeText(tree);
  return (
    <Field name={words.downtime}>
      <textarea
        aria-label={words.downtime}
        className="settings-text"
        rows={8}
        value={written}
        disabled={refusal !== null}
        title={refusal ?? undefined}
        onChange={({ target }) => setWritten(target.value)}
      />
      <span className={`${read.ok ? 'muted' : 'late'} settings-note`} role={read.ok ? undefined : 'alert'}>
        {read.ok ? words.downtimeHint : read.text}
      </span>
      {isChanged ? (
        <Button isDisabled={!read.ok} onPress={() => read.ok && save(read.tree)}>
          {words.downtimeSave}
        </Button>
      ) : null}
    </Field>
  );
}
