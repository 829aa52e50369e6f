import { useEffect, useRef, useState } from 'react';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { Scenario } from '#shared/domain/scenario.ts';
import { registerCommands } from '#renderer/commands/registry.ts';
import { runById, useEnabled } from '#renderer/commands/run.ts';
import { openScenario } from '#renderer/commands/scenarios.ts';
import { groupText, scenarioText } from '#renderer/commands/text.ts';
import { useBoard } from '#renderer/state/board.ts';
import { openIn, useOpenScenario } from '#renderer/state/scenario.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Popup } from '#renderer/ui/popup.tsx';
import './scenario-menu.css';

const NONE: readonly Scenario[] = [];

/** Which scenario is open, and the way to another. */
export function ScenarioMenu() {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = useOpenScenario();
  useOpenCommands();
  if (!open) return null;
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={open.id === DRAFT ? 'scenario-button' : 'scenario-button branch'}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={open.assumes === null ? scenarioText.tip : scenarioText.assumes(open.assumes)}
        onClick={() => setOpen(true)}
      >
        {open.id === DRAFT ? null : <Icon name="branch" size={14} />}
        <span className="unseen">{scenarioText.scenario}</span>
        <span className="scenario-name">{open.name}</span>
        <Icon name="down" size={12} />
      </button>
      <Popup
        triggerRef={anchor}
        label={scenarioText.scenarios}
        className="scenario-menu"
        placement="bottom start"
        isOpen={isOpen}
        onOpenChange={setOpen}
      >
        <ScenarioList onDone={() => setOpen(false)} />
      </Popup>
    </>
  );
}

/** Each scenario can be opened from the palette by its name. */
function useOpenCommands(): void {
  const scenarios = useBoard(({ board }) => board?.state.scenarios ?? NONE);
  useEffect(
    () =>
      registerCommands(
        scenarios.map(({ id, name }) => ({
          id: `scenario.open.${id}`,
          group: groupText.scenarios,
          title: scenarioText.open(name),
          enabled: ({ board }) => board.board?.state.scenario !== id,
          run: async () => void (await openScenario(id)),
        })),
      ),
    [scenarios],
  );
}

function ScenarioList({ onDone }: { readonly onDone: () => void }) {
  const state = useBoard(({ board }) => board?.state);
  const { moment } = useFormats();
  const open = openIn(state);
  return (
    <>
      <ul className="scenario-list">
        {state?.scenarios.map((scenario) => (
          <li key={scenario.id}>
            <button
              type="button"
              aria-current={scenario === open}
              onClick={() => {
                onDone();
                if (scenario !== open) void openScenario(scenario.id);
              }}
            >
              <span className="scenario-check">
                {scenario === open ? <Icon name="check" size={14} /> : null}
              </span>
              <span className="scenario-words">
                <span>{scenario.name}</span>
                <span className="muted">
                  {scenario.id === DRAFT
                    ? scenarioText.draftHint
                    : scenarioText.made(scenario.author, moment(scenario.created))}
                </span>
                {scenario.assumes === null ? null : (
                  <span className="warn">{scenarioText.assumes(scenario.assumes)}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="scenario-actions">
        {ACTIONS.map(({ id, label }) => (
          <MenuAction key={id} id={id} label={label} onDone={onDone} />
        ))}
      </div>
    </>
  );
}

const ACTIONS = [
  { id: 'scenario.branch', label: scenarioText.branch },
  { id: 'scenario.compare', label: scenarioText.compare },
  { id: 'scenario.promote', label: scenarioText.promote },
  { id: 'scenario.rename', label: scenarioText.rename },
  { id: 'scenario.remove', label: scenarioText.remove },
] as const;

/** What cannot be done now is not in the way. */
function MenuAction({
  id,
  label,
  onDone,
}: {
  readonly id: string;
  readonly label: string;
  readonly onDone: () => void;
}) {
  const enabled = useEnabled(id);
  if (!enabled) return null;
  return (
    <Button
      look="quiet"
      onPress={() => {
        onDone();
        runById(id);
      }}
    >
      {label}
    </Button>
  );
}
