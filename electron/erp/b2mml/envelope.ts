import type { Dialect } from './dialects.ts';

export const VERBS = [
  'Get',
  'Show',
  'Process',
  'Acknowledge',
  'Change',
  'Respond',
  'Cancel',
  'Sync',
  'Notify',
] as const;
export type Verb = (typeof VERBS)[number] | 'Confirm';

/** When a sender wants an answer. */
export type AnswerCode = 'Always' | 'OnError' | 'Never';

/** What stands around the data of a transaction: from whom, which message, and what the sender wants to hear. */
export interface Envelope {
  readonly dialect: Dialect;
  readonly verb: Verb;
  /** The noun in the words of the sender's version, such as ProductionSchedule. */
  readonly noun: string;
  readonly bodId?: string;
  readonly sender?: string;
  /** As written; empty where it is missing. */
  readonly created: string;
  /** Acknowledge after Process, Respond after Change. */
  readonly answer: AnswerCode;
  /** ConfirmBOD. */
  readonly confirm: AnswerCode;
  /** IDs that a Get asks for; `*` stands for all. */
  readonly wanted: readonly string[];
  /** The data as it came, without the verb, to be given back with the answer; only where one may be wanted. */
  readonly echo: string;
}

const VERB = new RegExp(`^(${VERBS.join('|')})(?=[A-Z])`);

/** Verb and noun of a message's root; a bare noun has no verb. */
export function verbAndNoun(root: string): { readonly verb: Verb | null; readonly noun: string } {
  if (root === 'ConfirmBOD') return { verb: 'Confirm', noun: 'BOD' };
  const verb = VERB.exec(root)?.[1] as Verb | undefined;
  return verb ? { verb, noun: root.slice(verb.length) } : { verb: null, noun: root };
}

export const answerCode = (text: string | undefined): AnswerCode =>
  text === 'Always' || text === 'OnError' ? text : 'Never';

/** What a reply to one of our own messages says about it. */
export interface ReplyCode {
  /** BODID of ours. */
  readonly to: string;
  readonly code: string;
  readonly reasons: readonly string[];
}

/** What the elements outside the records tell about the transaction, gathered while a message is read. */
export function envelopeReader(dialect: Dialect, verb: Verb, noun: string) {
  let bodId: string | undefined;
  let sender: string | undefined;
  let created = '';
  let answer: AnswerCode = 'Never';
  let confirm: AnswerCode = 'Never';
  let action: string | undefined;
  const wanted: string[] = [];
  const reply = { to: '', code: 'Accepted', reasons: [] as string[] };
  let echo = '';
  let depth = 0;
  let echoing = false;
  const isReply = verb === 'Acknowledge' || verb === 'Respond' || verb === 'Confirm';

  return {
    /** Code of the ActionExpression: what is to be done with the data. */
    action: (): string | undefined => action,
    pass(
      { name, text }: { name: string; text: string },
      above: readonly string[],
      attributes: ReadonlyMap<string, string>,
    ): void {
      const value = text.trim();
      const parent = above.at(-1);
      if (above[1] === 'ApplicationArea' && above.length === 2) {
        if (name === 'BODID') bodId = value || undefined;
        if (name === 'CreationDateTime') created = value;
      }
      if (above[1] === 'ApplicationArea' && parent === 'Sender') {
        if (name === 'LogicalID') sender = value || undefined;
        if (name === 'ConfirmationCode') confirm = answerCode(value);
      }
      if (above[1] !== 'DataArea') return;
      if (above.length === 2 && name === verb) {
        answer = answerCode(attributes.get('acknowledgeCode') ?? attributes.get('responseCode'));
        echoing = answer !== 'Never';
      }
      if (name === 'ActionExpression') action = attributes.get('actionCode');
      if (verb === 'Get' && name === 'ID' && value !== '') wanted.push(value);
      if (!isReply) return;
      if (parent === 'OriginalApplicationArea' && name === 'BODID') reply.to = value;
      if (name === 'ResponseExpression') reply.code = attributes.get('actionCode') ?? reply.code;
      const isReason =
        (name === 'Reason' || name === 'Description') && (parent === 'ChangeStatus' || parent === 'BOD');
      if (isReason && value !== '' && !reply.reasons.includes(value)) reply.reasons.push(value);
    },
    /** The data below DataArea after the verb, in the sender's own words. */
    echo: {
      open: (tag: string): void => {
        depth += 1;
        if (echoing && depth >= 2) echo += `<${tag}>`;
      },
      text: (text: string): void => {
        if (echoing && depth >= 2) echo += escapeXml(text);
      },
      close: (tag: string): void => {
        // The verb itself closes before `pass` tells what it wants, so that nothing of it is given back.
        if (echoing && depth >= 2) echo += `</${tag}>`;
        depth -= 1;
      },
    },
    envelope: (): Envelope => ({
      dialect,
      verb,
      noun,
      ...(bodId !== undefined && { bodId }),
      ...(sender !== undefined && { sender }),
      created,
      answer,
      confirm,
      wanted,
      echo,
    }),
    reply: (): ReplyCode | null => (isReply ? reply : null),
  };
}
export type EnvelopeReader = ReturnType<typeof envelopeReader>;

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
