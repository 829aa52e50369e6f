import { type FormEvent, useState } from 'react';
import type { LinesView } from '#shared/contract/session.ts';
import { useReasonAgainst } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Mark } from '#renderer/ui/view.tsx';
import { BadgeDialog } from './badge-dialog.tsx';
import { PairDialog } from './pair-dialog.tsx';
import { Field, Part } from './part.tsx';
import { settingsText as words } from './text.ts';

const NEWS = ['lines.changed', 'plant.imported'] as const;

/** Line pages over the plant network: where, which screens, and who is known there. */
export function Lines() {
  const refusal = useReasonAgainst('line.read');
  if (refusal !== null)
    return (
      <Part title={words.lines}>
        <Field name="">{refusal}</Field>
      </Part>
    );
  return <LineAccess />;
}

function LineAccess() {
  const lines = useReply('line.read', NEWS).value;
  const [dialog, setDialog] = useState<'pair' | 'badge' | null>(null);
  if (!lines) return null;
  const { access, served, problem, people } = lines;
  return (
    <>
      <Part title={words.lines} hint={words.linesHint}>
        <Address lines={lines} />
        {access.on ? (
          <>
            <Field name={words.served}>
              {served ? (
                <code>{served}</code>
              ) : (
                <Mark tone="late" icon="warn">
                  {problem ?? words.linesOff}
                </Mark>
              )}
            </Field>
            <Field name={words.devices}>
              <Devices devices={lines.devices} />
              <Button icon="plus" onPress={() => setDialog('pair')}>
                {words.pair}
              </Button>
            </Field>
            <Field name={words.badges}>
              <span className="settings-note">
                {words.badgesHint(people.filter(({ hasCode }) => hasCode).length, people.length)}
              </span>
              <Button onPress={() => setDialog('badge')}>{words.badge}</Button>
            </Field>
          </>
        ) : null}
      </Part>
      {dialog === 'pair' ? <PairDialog lines={lines} onClose={() => setDialog(null)} /> : null}
      {dialog === 'badge' ? <BadgeDialog people={people} onClose={() => setDialog(null)} /> : null}
    </>
  );
}

/** Which of this machine's addresses, at which port; changed only while it is off. */
function Address({ lines: { access, addresses } }: { readonly lines: LinesView }) {
  function turn(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const address = given.get('address');
    const next = access.on
      ? { ...access, on: false }
      : {
          on: true,
          address: typeof address === 'string' ? address : access.address,
          port: Number(given.get('port')),
        };
    void act('line.serve', next);
  }
  const known = [...new Set([...addresses, access.address])];
  return (
    <Field name={words.address}>
      <form className="button-row" onSubmit={turn}>
        <select
          name="address"
          aria-label={words.address}
          disabled={access.on}
          defaultValue={access.on ? access.address : addresses[0]}
        >
          {known.map((address) => (
            <option key={address}>{address}</option>
          ))}
        </select>
        <input
          name="port"
          aria-label={words.port}
          type="number"
          min={1}
          max={65_535}
          disabled={access.on}
          defaultValue={access.port}
        />
        <Button type="submit">{access.on ? words.turnOff : words.turnOn}</Button>
      </form>
    </Field>
  );
}

function Devices({ devices }: Pick<LinesView, 'devices'>) {
  const { moment } = useFormats();
  if (devices.length === 0) return <p className="muted settings-note">{words.noDevices}</p>;
  return (
    <ul className="settings-devices">
      {devices.map(({ id, name, units, paired, pairedBy, revoked }) => (
        <li key={id}>
          <span>
            <strong>{name}</strong> {units.join(', ')}
            <span className="muted"> · {words.pairedBy(moment(paired), pairedBy)}</span>
          </span>
          {revoked === null ? (
            <Button look="quiet" onPress={() => void act('device.revoke', { id })}>
              {words.revoke}
            </Button>
          ) : (
            <span className="muted">{words.revoked}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
