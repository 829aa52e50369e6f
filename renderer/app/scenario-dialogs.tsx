import { useState } from 'react';
import type { Scenario } from '#shared/domain/scenario.ts';
import { branchScenario, removeScenario, renameScenario } from '#renderer/commands/scenarios.ts';
import { scenarioText } from '#renderer/commands/text.ts';
import { closeOverlay, usePlace } from '#renderer/state/place.ts';
import { useOpenScenario } from '#renderer/state/scenario.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';

/** What is asked about a scenario: its name, or whether it may go. */
export function ScenarioDialogs() {
  const overlay = usePlace((state) => state.overlay);
  const open = useOpenScenario();
  if (!open) return null;
  if (overlay === 'branch') {
    return (
      <NameDialog
        title={scenarioText.branchTitle(open.name)}
        hint={scenarioText.branchHint}
        submit={scenarioText.branchSubmit}
        name=""
        onName={branchScenario}
      />
    );
  }
  if (overlay === 'renameScenario') {
    return (
      <NameDialog
        title={scenarioText.renameTitle(open.name)}
        submit={scenarioText.renameSubmit}
        name={open.name}
        onName={(name) => renameScenario(open.id, name)}
      />
    );
  }
  return <RemoveDialog scenario={open} />;
}

function NameDialog({
  title,
  hint,
  submit,
  name: before,
  onName,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly submit: string;
  readonly name: string;
  readonly onName: (name: string) => Promise<boolean>;
}) {
  const [name, setName] = useState(before);
  const isValid = name.trim().length > 0 && name.trim() !== before;
  async function give(): Promise<void> {
    if (isValid && (await onName(name.trim()))) closeOverlay();
  }
  return (
    <Dialog title={title} onClose={closeOverlay}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        <div className="dialog-body">
          <label className="scenario-field">
            {scenarioText.name}
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog asks for nothing else */}
            <input autoFocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          </label>
          {hint === undefined ? null : <p className="muted">{hint}</p>}
        </div>
        <DialogFoot>
          <Button onPress={closeOverlay}>{text.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={!isValid}>
            {submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

const RemoveDialog = ({ scenario }: { readonly scenario: Scenario }) => (
  <Dialog title={scenarioText.removeTitle(scenario.name)} onClose={closeOverlay}>
    <p className="dialog-body">{scenarioText.removeHint}</p>
    <DialogFoot>
      <Button onPress={closeOverlay}>{text.cancel}</Button>
      <Button
        look="danger"
        onPress={() => {
          void removeScenario(scenario).then((gone) => gone && closeOverlay());
        }}
      >
        {scenarioText.removeSubmit}
      </Button>
    </DialogFoot>
  </Dialog>
);
