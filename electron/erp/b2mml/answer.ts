import type { RowRefusal } from '#shared/domain/import-report.ts';
import { type Instant, isoFromInstant } from '#shared/time/instant.ts';
import type { Envelope } from './envelope.ts';
import { type Node, text, transactionText } from './write.ts';

/** LogicalID of what we send. */
export const SENDER = 'Shiftwright';

/** What became of a message. */
export interface MessageOutcome {
  /** What of it was refused; empty where all was taken. */
  readonly refusals: readonly RowRefusal[];
  /** Nothing of it was taken. */
  readonly rejected: boolean;
}

/** The nouns that a Get asks for, or null where this noun is not ours to show. */
export type Shown = readonly Node[] | null;

const MAX_REASONS = 20;

/**
 * The answer that the sender of a message wants: Show to Get, Acknowledge to Process, Respond to Change, else ConfirmBOD;
 * null where it wants none. The same message always gets an answer of the same BODID.
 */
export function answerTo(
  envelope: Envelope,
  message: string,
  outcome: MessageOutcome,
  shown: Shown,
  now: Instant,
): string | null {
  const { verb, noun, answer, confirm, dialect, echo } = envelope;
  const failed = outcome.refusals.length > 0;
  const head = {
    namespace: dialect.namespace,
    sender: SENDER,
    bodId: `answer to ${message}`,
    created: isoFromInstant(now),
  };
  if (verb === 'Get') {
    if (shown && shown.length > 0)
      return transactionText({
        ...head,
        verb: 'Show',
        noun,
        criteria: criteriaOf(envelope, 'Accepted', []),
        data: shown,
      });
    return shown
      ? confirmation(envelope, head, 'Accepted', ['There is nothing of it yet.'])
      : confirmation(envelope, head, 'Rejected', [`${noun} is not shown here.`]);
  }
  const reasons = outcome.refusals.slice(0, MAX_REASONS).map(inWords);
  const taken = verb === 'Change' ? 'Replaced' : 'Accepted';
  const code = outcome.rejected ? 'Rejected' : failed ? 'Modified' : taken;
  const wants = (when: Envelope['answer']): boolean => when === 'Always' || (when === 'OnError' && failed);
  if ((verb === 'Process' || verb === 'Change') && wants(answer) && echo !== '') {
    const reply = verb === 'Process' ? 'Acknowledge' : 'Respond';
    return transactionText({
      ...head,
      verb: reply,
      noun,
      criteria: criteriaOf(envelope, code, reasons),
      data: { echo },
    });
  }
  return wants(confirm) || wants(answer) ? confirmation(envelope, head, code, reasons) : null;
}

const inWords = ({ line, field, value, reason }: RowRefusal): string =>
  `Line ${line}, ${field}${value === '' ? '' : ` “${value}”`}: ${reason}`;

function confirmation(
  envelope: Envelope,
  head: {
    readonly namespace: string;
    readonly sender: string;
    readonly bodId: string;
    readonly created: string;
  },
  code: string,
  reasons: readonly string[],
): string {
  const bod: Node = [
    'BOD',
    [originalOf(envelope), ...reasons.map((reason): Node => ['Description', reason])],
  ];
  return transactionText({
    ...head,
    verb: 'Confirm',
    noun: 'BOD',
    criteria: criteriaOf(envelope, code, reasons),
    data: [bod],
  });
}

/** What is answered, with what code and why. V4 has no place for a reason. */
const criteriaOf = (envelope: Envelope, code: string, reasons: readonly string[]): Node[1] => [
  originalOf(envelope),
  [
    'ResponseCriteria',
    [
      ['ResponseExpression', '/*', { actionCode: code }],
      reasons.length > 0 &&
        envelope.dialect.version !== '4' && [
          'ChangeStatus',
          reasons.map((reason): Node => ['Reason', reason]),
        ],
    ],
  ],
];

/** Left out where the sender did not say when it wrote: the schema would not have it. */
const originalOf = ({ sender, created, bodId }: Envelope): Node | false =>
  created !== '' && [
    'OriginalApplicationArea',
    [
      sender !== undefined && ['Sender', [['LogicalID', sender]]],
      ['CreationDateTime', created],
      text('BODID', bodId),
    ],
  ];
