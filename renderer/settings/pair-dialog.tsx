import { useState } from 'react';
import type { LinesView } from '#shared/contract/session.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { act } from '#renderer/state/act.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { settingsText as words } from './text.ts';

/** Name and units of a screen, then the code that is typed there. */
export function PairDialog({ lines, onClose }: { readonly lines: LinesView; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [units, setUnits] = useState<ReadonlySet<EquipmentId>>(new Set());
  const [code, setCode] = useState<string | null>(null);

  async function offer(): Promise<void> {
    const outcome = await act('device.offer', { name, units: [...units] });
    if (outcome?.ok) setCode(outcome.detail.code);
  }
  const turn = (unit: EquipmentId): void => {
    const after = new Set(units);
    if (!after.delete(unit)) after.add(unit);
    setUnits(after);
  };

  if (code !== null)
    return (
      <Dialog title={words.pairTitle} onClose={onClose}>
        <div className="dialog-body">
          <p>{words.pairCode(lines.served ?? '/line')}</p>
          <p className="pair-code" data-testid="pair-code">
            {code.slice(0, 4)} {code.slice(4)}
          </p>
        </div>
        <DialogFoot>
          <Button look="primary" onPress={onClose}>
            {words.pairDone}
          </Button>
        </DialogFoot>
      </Dialog>
    );
  return (
    <Dialog title={words.pairTitle} onClose={onClose}>
      <div className="dialog-body user-form">
        <label>
          {words.pairName}
          <input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <fieldset>
          <legend>{words.pairUnits}</legend>
          <p className="pair-quick">
            <Button onPress={() => setUnits(new Set(lines.units.map(({ id }) => id)))}>
              {words.pairAll}
            </Button>
            {lines.teams.map(({ title, units: own }) => (
              <Button key={title} onPress={() => setUnits(new Set(own))}>
                {title}
              </Button>
            ))}
          </p>
          {lines.units.map((unit) => (
            <label key={unit.id} className="user-role">
              <input type="checkbox" checked={units.has(unit.id)} onChange={() => turn(unit.id)} />
              {unit.name}
            </label>
          ))}
        </fieldset>
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button
          look="primary"
          isDisabled={name.trim() === '' || units.size === 0}
          onPress={() => void offer()}
        >
          {words.pairStart}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
