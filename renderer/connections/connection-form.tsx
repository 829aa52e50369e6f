import { useState } from 'react';
import type { ErpField, FeedTest } from '#shared/contract/views.ts';
import type { ErpFeed, Feed, FeedKind, FeedRule, MappedField, MessageFeed } from '#shared/domain/feed.ts';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { FormBody, Labelled, SecretField } from './form-parts.tsx';
import { connectionsText as words } from './text.ts';

/** Of every kind what it may hold; what is saved is only what its kind has. */
type Entered = Omit<ErpFeed, 'kind'> & Pick<MessageFeed, 'form'> & { readonly kind: FeedKind };

const FRESH: Entered = {
  name: 'odoo',
  kind: 'odoo',
  address: '',
  database: '',
  user: '',
  every: 60,
  staleAfter: 900,
  tells: true,
  rules: { added: 'ask', quantity: 'ask', due: 'ask', work: 'ask', cancelled: 'ask', told: 'ask' },
  fields: {},
  form: 'b2mml7',
};

function feedFrom({ form, ...entered }: Entered): Feed {
  const { kind, name, address } = entered;
  return kind === 'messages' ? { kind, name, address, form } : { ...entered, kind };
}

const KINDS = Object.keys(words.kinds) as FeedKind[];

const FORMS = Object.keys(words.forms) as MessageFeed['form'][];

const RULES = ['added', 'quantity', 'due', 'work', 'cancelled', 'told'] as const;

const isServer = (address: string): boolean =>
  /^https?:\/\/[^\s/?#@]+$/.test(address) && URL.canParse(address);

/** Makes a connection or changes one: what it is, what it may do, and a test before it is kept. */
export function ConnectionForm({
  known,
  onClose,
}: {
  readonly known: Feed | null;
  readonly onClose: () => void;
}) {
  const [entered, setEntered] = useState<Entered>({ ...FRESH, ...known });
  const [secret, setSecret] = useState('');
  const [test, setTest] = useState<FeedTest | 'asking' | null>(null);
  const change = (part: Partial<Entered>): void => setEntered({ ...entered, ...part });
  const { kind } = entered;
  const isMessages = kind === 'messages';
  const isWhole =
    /^[a-z][a-z0-9-]{0,19}$/.test(entered.name) &&
    (isMessages
      ? entered.address !== ''
      : isServer(entered.address) && entered.database !== '' && entered.user !== '');
  const asked = { feed: feedFrom(entered), ...(secret !== '' && { secret }) };

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
  const textField = (
    field: 'name' | 'address' | 'database' | 'user',
    hint?: string,
    label: string = words[field],
  ) => (
    <Labelled label={label} hint={hint}>
      <input
        type="text"
        value={entered[field]}
        spellCheck={false}
        readOnly={field === 'name' && known !== null}
        onChange={(event) => change({ [field]: event.target.value.trim() })}
      />
    </Labelled>
  );

  return (
    <Dialog title={known ? words.editTitle(known.name) : words.addTitle} onClose={onClose} wide>
      <FormBody onSubmit={() => isWhole && void save()}>
        <Labelled label={words.kind} hint={words.kindHint[kind]}>
          <select
            value={kind}
            disabled={known !== null}
            onChange={(event) => {
              const chosen = KINDS.find((one) => one === event.target.value) ?? kind;
              // Who has not named it yet gets the name of the kind.
              change({ kind: chosen, ...(entered.name === kind && { name: chosen }) });
              setTest(null);
            }}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {words.kinds[one]}
              </option>
            ))}
          </select>
        </Labelled>
        {textField('name', isMessages ? words.nameHintOfMessages : words.nameHint)}
        {isMessages ? (
          <>
            {textField('address', words.toHint, words.to)}
            <Labelled label={words.form}>
              <select
                value={entered.form}
                onChange={(event) =>
                  change({ form: FORMS.find((one) => one === event.target.value) ?? entered.form })
                }
              >
                {FORMS.map((one) => (
                  <option key={one} value={one}>
                    {words.forms[one]}
                  </option>
                ))}
              </select>
            </Labelled>
          </>
        ) : (
          <>
            {textField('address', words.addressHint)}
            {textField('database')}
            {textField('user')}
          </>
        )}
        <SecretField
          label={isMessages ? words.key : words.secret}
          hint={known ? words.secretKept : isMessages ? words.keyHint : words.secretHint}
          value={secret}
          onChange={setSecret}
        />
        {isMessages ? null : (
          <>
            <Reading entered={entered} change={change} />
            <Fields test={test} fields={entered.fields} onChange={(fields) => change({ fields })} />
          </>
        )}
      </FormBody>
      <Told test={test} />
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

/** How an ERP is read, and what of it waits for somebody. */
function Reading({
  entered,
  change,
}: {
  readonly entered: Entered;
  readonly change: (part: Partial<Entered>) => void;
}) {
  return (
    <>
      <Labelled label={words.every}>
        <input
          type="number"
          min={5}
          value={entered.every}
          onChange={(event) => change({ every: Math.max(5, Math.round(event.target.valueAsNumber || 60)) })}
        />
      </Labelled>
      <Labelled label={words.staleAfter}>
        <input
          type="number"
          min={1}
          value={Math.round(entered.staleAfter / 60)}
          onChange={(event) =>
            change({ staleAfter: 60 * Math.max(1, Math.round(event.target.valueAsNumber || 15)) })
          }
        />
      </Labelled>
      <label className="connection-check">
        <input
          type="checkbox"
          checked={entered.tells}
          onChange={(event) => change({ tells: event.target.checked })}
        />
        {words.tellsField}
      </label>
      <fieldset>
        <legend>{words.rules}</legend>
        {RULES.map((rule) => (
          <Labelled key={rule} label={words.rule[rule]}>
            <select
              value={entered.rules[rule]}
              onChange={(event) => {
                const value: FeedRule = event.target.value === 'atOnce' ? 'atOnce' : 'ask';
                change({ rules: { ...entered.rules, [rule]: value } });
              }}
            >
              <option value="ask">{words.ask}</option>
              <option value="atOnce">{rule === 'told' ? words.toldAgain : words.atOnce}</option>
            </select>
          </Labelled>
        ))}
      </fieldset>
    </>
  );
}

const MAPPED: readonly { readonly of: MappedField; readonly kind: ErpField['kind'] }[] = [
  { of: 'due', kind: 'time' },
  { of: 'release', kind: 'time' },
  { of: 'weight', kind: 'number' },
  { of: 'name', kind: 'text' },
];

/** Which fields of the plant's own an order is read from; what there is to choose from a test tells. */
function Fields({
  test,
  fields,
  onChange,
}: {
  readonly test: FeedTest | 'asking' | null;
  readonly fields: ErpFeed['fields'];
  readonly onChange: (fields: ErpFeed['fields']) => void;
}) {
  const there = test !== null && test !== 'asking' && test.ok ? test.fields : [];
  return (
    <fieldset className="connection-fields">
      <legend>{words.fields}</legend>
      {MAPPED.map(({ of, kind }) => {
        const now = fields[of];
        const fitting = there.filter((field) => field.kind === kind);
        const isUnknown = now !== undefined && !fitting.some(({ name }) => name === now);
        return (
          <Labelled key={of} label={words.mapped[of]}>
            <select
              value={now ?? ''}
              onChange={({ target }) => {
                const { [of]: _old, ...others } = fields;
                onChange(target.value === '' ? others : { ...others, [of]: target.value });
              }}
            >
              <option value="">{words.ownField}</option>
              {isUnknown ? <option value={now}>{now}</option> : null}
              {fitting.map(({ name, label }) => (
                <option key={name} value={name}>
                  {words.fieldNamed(label, name)}
                </option>
              ))}
            </select>
          </Labelled>
        );
      })}
      {there.length > 0 ? null : <p className="muted">{words.fieldsHint}</p>}
    </fieldset>
  );
}

function Told({ test }: { readonly test: FeedTest | 'asking' | null }) {
  if (test === null) return null;
  if (test === 'asking')
    return (
      <p role="status" className="connection-told">
        {words.testing}
      </p>
    );
  if (!test.ok)
    return (
      <p role="alert" className="connection-told late">
        {test.text}
      </p>
    );
  return (
    <div role="status" className="connection-told">
      <p>{words.tested(test.product, test.api, test.orders)}</p>
      {test.without.map((what) => (
        <p key={what} className="muted">
          {words.without(what)}
        </p>
      ))}
    </div>
  );
}
