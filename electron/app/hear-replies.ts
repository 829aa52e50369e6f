import type { Decoded } from '#electron/erp/decoded.ts';
import type { Writer } from '#electron/store/store.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import { keyOf } from './send-outbox.ts';

/** `<connection> <number> <time>`, as `keyOf` writes it. */
const KEY = /^\S+ (\d+) \S+$/;

/** What receivers of our messages rejected in a message of their own is set aside with their reason. Part of a running command. */
export async function hearReplies(write: Writer, messages: readonly Decoded[]): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const { reply } of messages) {
    if (reply?.code !== 'Rejected') continue;
    const seq = Number(KEY.exec(reply.to)?.[1] ?? 0);
    const entry = await write.outboundBy(seq);
    if (!entry || keyOf(entry) !== reply.to || isOver(entry)) continue;
    const reason = reply.reasons.join(' ') || 'It was rejected without a reason.';
    const settlement = { kind: 'refused', reason } as const;
    await write.settleOutbound(entry.seq, settlement);
    facts.push({ kind: 'feeds.changed' });
  }
  return facts;
}

const isOver = ({ settlement }: OutboxEntry): boolean =>
  settlement?.kind === 'refused' || settlement?.kind === 'dropped';
