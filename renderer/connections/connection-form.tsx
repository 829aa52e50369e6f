import { useState } from 'react';
import type { FeedTest } from '#shared/contract/views.ts';
import type { Feed, FeedRule } from '#shared/domain/feed.ts';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { FormBody, Labelled, SecretField } from './form-parts.tsx';
import { connectionsText as words } from './text.ts';

const FRESH: Feed = {
  name: 'odoo',
  kind: 'odoo',
  address: '',
  database: '',
  user: '',
  every: 60,
  staleAfter: 900,
  tells: true,
  rules: { added: 'ask', quantity: 'ask', due: 'ask', work: 'ask', cancelled: 'ask' },
};

const RULES = ['added', 'quantity', 'due', 'work', 'cancelled'] as const;

/** Makes a connection or changes one: what it is, what it may do, and a test before it is kept. */
export function ConnectionForm({
  known,
  onClose,
}: {
  readonly known: Feed | null;
  readonly onClose: () => void;
}) {
  const [feed, setFeed] = useState(known ?? FRESH);
  const [secret, setSecret] = useState('');
  const [test, setTest] = useState<FeedTest | 'asking' | null>(null);
  const change = (part: Partial<Feed>): void => setFeed({ ...feed, ...part });
  const isWhole =
    /^[a-z][a-z0-9-]{0,19}$/.test(feed.name) &&
    /^https?:\/\/[^\s/?#@]+$/.test(feed.address) &&
    feed.database !== '' &&
    feed.user !== '';
  const asked = { feed, ...(secret !== '' && { secret }) };

  async function ask(): Promise<void> {
    setTest('asking');
    setTest(
      await station.call('feed.test', asked).catch((error: unknown) => ({
        ok: false as const,
        text: error instanceof Error ? error.message : String(error),
      })),
    );
  }
  async function save(): Promise<void> {
    const outcome = await act('feed.save', asked);
    if (outcome?.ok) onClose();
  }
  const textField = (field: 'name' | 'address' | 'database' | 'user', hint?: string) => (
    <Labelled label={words[field]} hint={hint}>
      <input
        type="text"
        value={feed[field]}
        spellCheck={false}
        readOnly={field === 'name' && known !== null}
        onChange={(event) => change({ [field]: event.target.value.trim() })}
      />
    </Labelled>
  );

  return (
    <Dialog title={known ? words.editTitle(known.name) : words.addTitle} onClose={onClose} wide>
      <FormBody onSubmit={() => isWhole && void save()}>
        {textField('name', words.nameHint)}
        {textField('address', words.addressHint)}
        {textField('database')}
        {textField('user')}
        <SecretField
          label={words.secret}
          hint={known ? words.secretKept : words.secretHint}
          value={secret}
          onChange={setSecret}
        />
        <Labelled label={words.every}>
          <input
            type="number"
            min={5}
            value={feed.every}
            onChange={(event) => change({ every: Math.max(5, Math.round(event.target.valueAsNumber || 60)) })}
          />
        </Labelled>
        <Labelled label={words.staleAfter}>
          <input
            type="number"
            min={1}
            value={Math.round(feed.staleAfter / 60)}
            onChange={(event) =>
              change({ staleAfter: 60 * Math.max(1, Math.round(event.target.valueAsNumber || 15)) })
            }
          />
        </Labelled>
        <label className="connection-check">
          <input
            type="checkbox"
            checked={feed.tells}
            onChange={(event) => change({ tells: event.target.checked })}
          />
          {words.tellsField}
        </label>
        <fieldset>
          <legend>{words.rules}</legend>
          {RULES.map((rule) => (
            <Labelled key={rule} label={words.rule[rule]}>
              <select
                value={feed.rules[rule]}
                onChange={(event) => {
                  const value: FeedRule = event.target.value === 'atOnce' ? 'atOnce' : 'ask';
                  change({ rules: { ...feed.rules, [rule]: value } });
                }}
              >
                <option value="ask">{words.ask}</option>
                <option value="atOnce">{words.atOnce}</option>
              </select>
            </Labelled>
          ))}
        </fieldset>
        <Told test={test} />
      </FormBody>
      <DialogFoot>
        <Button onPress={() => void ask()} isDisabled={!isWhole || test === 'asking'}>
          {words.test}
        </Button>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" isDisabled={!isWhole} onPress={() => void save()}>
          {words.save}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function Told({ test }: { readonly test: FeedTest | 'asking' | null }) {
  if (test === null) return null;
  if (test === 'asking') return <p role="status">{words.testing}</p>;
  if (!test.ok) return <p role="alert">{test.text}</p>;
  return (
    <div role="status">
      <p>{words.tested(test.product, test.api, test.orders)}</p>
      {test.without.map((what) => (
        <p key={what} className="muted">
          {words.without(what)}
        </p>
      ))}
    </div>
  );
}
