import { useState } from 'react';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { LineLink, MqttLink, OpcuaLink } from '#shared/domain/line-link.ts';
import { act } from '#renderer/state/act.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { FormBody, Labelled, SecretField } from './form-parts.tsx';
import { linkText as words } from './link-text.ts';

const HOUR = 3600;
const NO_NAME = { isOn: false, address: '', user: '', units: [] } as const;
const FRESH: { readonly mqtt: MqttLink; readonly opcua: OpcuaLink } = {
  mqtt: { ...NO_NAME, units: [], name: 'broker', kind: 'mqtt', root: 'shiftwright', expiresAfter: 12 * HOUR },
  opcua: {
    ...NO_NAME,
    units: [],
    name: 'machine',
    kind: 'opcua',
    receiver: '',
    security: 'SignAndEncrypt',
  },
};

const ADDRESS = { mqtt: /^mqtts?:\/\/[^\s/?#@]+$/, opcua: /^opc\.tcp:\/\/[^\s/?#@]+(\/[^\s?#@]*)?$/ };

const idsIn = (list: string): EquipmentId[] =>
  list
    .split(',')
    .map((id) => id.trim() as EquipmentId)
    .filter((id) => id !== '');

/** Makes a connection to lines or a machine, or changes one; it is off until it is switched on here. */
export function LinkForm({
  known,
  onClose,
}: {
  readonly known: LineLink | null;
  readonly onClose: () => void;
}) {
  const [link, setLink] = useState<LineLink>(known ?? FRESH.mqtt);
  const [units, setUnits] = useState(link.units.join(', '));
  const [secret, setSecret] = useState('');
  const asked = { ...link, units: idsIn(units) };
  const isWhole =
    /^[a-z][a-z0-9-]{0,19}$/.test(link.name) &&
    ADDRESS[link.kind].test(link.address) &&
    (link.kind === 'mqtt' || asked.units.length === 1);

  async function save(): Promise<void> {
    const outcome = await act('link.save', { link: asked, ...(secret !== '' && { secret }) });
    if (outcome?.ok) onClose();
  }
  const textField = (label: string, value: string, change: (value: string) => LineLink, hint?: string) => (
    <Labelled label={label} hint={hint}>
      <input
        type="text"
        value={value}
        spellCheck={false}
        onChange={(event) => setLink(change(event.target.value.trim()))}
      />
    </Labelled>
  );

  return (
    <Dialog title={known ? words.editTitle(known.name) : words.addTitle} onClose={onClose} wide>
      <FormBody onSubmit={() => isWhole && void save()}>
        {known ? null : (
          <Labelled label={words.kind}>
            <select
              value={link.kind}
              onChange={(event) => setLink(FRESH[event.target.value === 'opcua' ? 'opcua' : 'mqtt'])}
            >
              <option value="mqtt">{words.kinds.mqtt}</option>
              <option value="opcua">{words.kinds.opcua}</option>
            </select>
          </Labelled>
        )}
        {known ? null : textField(words.name, link.name, (name) => ({ ...link, name }))}
        {textField(
          words.address,
          link.address,
          (address) => ({ ...link, address }),
          words.addressHint[link.kind],
        )}
        <Labelled label={words.unitsOf[link.kind]} hint={words.unitsHint[link.kind]}>
          <input
            type="text"
            value={units}
            spellCheck={false}
            onChange={(event) => setUnits(event.target.value)}
          />
        </Labelled>
        {textField(words.user, link.user, (user) => ({ ...link, user }), words.userHint)}
        <SecretField
          label={words.secret}
          hint={known ? words.secretKept : words.secretHint}
          value={secret}
          onChange={setSecret}
        />
        {link.kind === 'mqtt' ? (
          <>
            {textField(words.root, link.root, (root) => ({ ...link, root }), words.rootHint)}
            <Labelled label={words.expiresAfter}>
              <input
                type="number"
                min={1}
                value={Math.round(link.expiresAfter / HOUR)}
                onChange={(event) =>
                  setLink({
                    ...link,
                    expiresAfter: HOUR * Math.max(1, Math.round(event.target.valueAsNumber || 12)),
                  })
                }
              />
            </Labelled>
          </>
        ) : (
          <>
            {textField(
              words.receiver,
              link.receiver,
              (receiver) => ({ ...link, receiver }),
              words.receiverHint,
            )}
            <Labelled label={words.security}>
              <select
                value={link.security}
                onChange={(event) =>
                  setLink({ ...link, security: event.target.value === 'None' ? 'None' : 'SignAndEncrypt' })
                }
              >
                <option value="SignAndEncrypt">{words.securities.SignAndEncrypt}</option>
                <option value="None">{words.securities.None}</option>
              </select>
            </Labelled>
          </>
        )}
        <label className="connection-check">
          <input
            type="checkbox"
            checked={link.isOn}
            onChange={(event) => setLink({ ...link, isOn: event.target.checked })}
          />
          {words.isOn}
        </label>
      </FormBody>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" isDisabled={!isWhole} onPress={() => void save()}>
          {words.save}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
