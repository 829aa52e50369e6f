import { setTimeout as sleep } from 'node:timers/promises';
import { type IClientOptions, type IClientPublishOptions, type IPublishPacket, connect } from 'mqtt';
import { onceFor } from '#shared/base/once-for.ts';
import { tokenBucket } from '#shared/base/token-bucket.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { JobList } from '#shared/domain/job-order.ts';
import type { MqttLink } from '#shared/domain/line-link.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import type { LinkWatch, Lines, RunningLink } from '#electron/lines/lines.ts';
import { type Answer, MAX_PAYLOAD, answerTo, refused } from './answer.ts';
import { type Patience, PATIENCE, openResends } from './resend.ts';
import { retainedFromJobLists } from './retained.ts';
import { answersTopic, jobOrderTopic, listenedTo, placeOf, stationTopic } from './topics.ts';

/** Messages of one line at once and per second in the long run; one that floods the broker must not starve the others. */
const BURST = 100;
const PER_SECOND = 20;
/** Pause before the broker is tried again, in milliseconds. */
const RECONNECT = 2000;
const LEAVE_AFTER = 1000;
/** How often it is looked what is to be sent again, as a share of the first pause. */
const LOOKS = 4;

/**
 * Keeps what lines are told as retained messages on a broker and records what they answer. The broker is transport, never
 * the record: after every connection everything is published anew, so that one that lost its memory gets it again, and
 * what stands there of an older revision is cleared. A job counts as received when the line has said so, not when the
 * broker has.
 */
export function openBroker(
  link: MqttLink,
  secret: string | null,
  lines: Lines,
  watch: LinkWatch,
  patience: Patience = PATIENCE,
): RunningLink {
  const { root } = link;
  const client = connect(link.address, { ...OPTIONS, ...whoWeAre(link, secret) });
  /** What was published since the connection stands, as text without its expiry, and when. */
  const told = new Map<string, { readonly text: string; readonly at: number }>();
  const resends = openResends(patience);
  const bucketOf = buckets(lines);
  const wantedOf = onceFor((lists: readonly JobList[]) => withTexts(retainedFromJobLists(root, lists)));
  let failure: string | null = null;
  const tellNow = (): void => watch.now({ isConnected: client.connected, failure, differences: [] });

  /** What a broker refuses, it refuses by its access list. */
  const noted = (error?: Error | null): void => {
    if (!error || !client.connected) return;
    failure = error.message;
    tellNow();
  };
  const publish = (topic: string, content: object, text: string): void => {
    const expires = isoFromInstant(lines.now() + link.expiresAfter);
    told.set(topic, { text, at: lines.now() });
    const properties = { messageExpiryInterval: link.expiresAfter };
    client.publish(topic, JSON.stringify({ ...content, expires }), { ...RETAINED, properties }, noted);
  };
  const present = (state: 'Up' | 'Down'): void => {
    const said = JSON.stringify({ state, time: isoFromInstant(lines.now()) });
    client.publish(stationTopic(root), said, RETAINED, noted);
  };
  const clear = (topic: string): void => {
    told.delete(topic);
    client.publish(topic, '', RETAINED, noted);
  };
  /** Publishes what differs from what was told, and again what would expire. */
  const sync = (): void => {
    if (!client.connected) return;
    const wanted = wantedOf(lines.jobLists());
    for (const [topic, { content, text }] of wanted) {
      const known = told.get(topic);
      const isOld = known && lines.now() - known.at > link.expiresAfter / 4;
      if (known?.text !== text || isOld) publish(topic, content, text);
    }
    for (const topic of told.keys()) if (!wanted.has(topic)) clear(topic);
  };
  const sendAgain = (): void => {
    sync();
    if (!client.connected) return;
    const lists = lines.jobLists();
    const open = openJobs(root, lists, lines);
    const wanted = wantedOf(lists);
    for (const topic of resends.due(open, performance.now())) {
      const one = wanted.get(topic);
      if (one) publish(topic, one.content, one.text);
    }
  };

  /** What is retained there that we do not stand by any more, and what somebody else has written in our place. */
  const heal = ({ topic, payload, retain }: IPublishPacket): void => {
    const isOurs = wantedOf(lines.jobLists()).has(topic);
    if (!isOurs && payload.length > 0) clear(topic);
    else if (isOurs && !retain) {
      told.delete(topic);
      sync();
    }
  };
  const take = async (packet: IPublishPacket): Promise<void> => {
    const place = placeOf(root, packet.topic);
    if (place?.kind === 'own') return heal(packet);
    const payload = Buffer.from(packet.payload);
    if (place === null || payload.length === 0) return;
    const { unit, what } = place;
    const isBusy = bucketOf(unit)(performance.now()) > 0;
    const answer = isBusy
      ? refused(null, 'BUSY', unit, 'Too many messages at once. Send it again in a few seconds.')
      : await answerTo(lines, unit, what, payload);
    reply(unit, packet, answer);
    watch.told({
      what: `${unit}: ${what}`,
      ok: answer.ok,
      text: answer.ok ? `${answer.about ?? ''} kept` : answer.refusal.text,
    });
  };
  const reply = (unit: EquipmentId, { properties }: IPublishPacket, answer: Answer): void => {
    const wished = properties?.responseTopic;
    // Not waited for: its own acknowledgement comes behind the message that is being answered.
    const correlationData = properties?.correlationData;
    client.publish(
      ownAnswers(root, unit, wished),
      JSON.stringify(answer),
      { qos: 1, properties: correlationData ? { correlationData } : {} },
      noted,
    );
  };
  // The broker gets its PUBACK when the report is in the record, and one message is taken at a time.
  const handle = async (packet: IPublishPacket, done: () => void): Promise<void> => {
    try {
      await take(packet);
    } catch (error) {
      // One message that cannot be dealt with holds up no other and ends no station.
      noted(error instanceof Error ? error : new Error(String(error)));
    } finally {
      done();
    }
  };
  client.handleMessage = (packet, done) => void handle(packet, done);

  client.on('connect', () => {
    failure = null;
    told.clear();
    const { fromLines, own } = listenedTo(root);
    client.subscribe(fromLines, { qos: 1 }, noted);
    client.subscribe(own, { qos: 1, nl: true }, noted);
    present('Up');
    sync();
    watch.told({ what: 'connected', ok: true, text: 'Everything that lines are told was published.' });
    tellNow();
  });
  client.on('close', tellNow);
  client.on('error', (error) => {
    failure = error.message === '' ? error.name : error.message;
    tellNow();
  });
  const stopListening = lines.onChange(sync);
  const looking = setInterval(sendAgain, Math.max(20, patience.first / LOOKS));
  return {
    stop: async () => {
      clearInterval(looking);
      stopListening();
      if (client.connected) present('Down');
      // What is under way may end; a broker that hangs is left.
      await Promise.race([client.endAsync(!client.connected), sleep(LEAVE_AFTER)]);
      await client.endAsync(true);
    },
  };
}

/** The session stays with the broker for a day: reports of lines wait there while the station is away. */
const OPTIONS: IClientOptions = {
  protocolVersion: 5,
  clean: false,
  keepalive: 15,
  connectTimeout: 10_000,
  reconnectPeriod: RECONNECT,
  queueQoSZero: false,
  resubscribe: false,
  properties: { sessionExpiryInterval: 86_400, receiveMaximum: 50, maximumPacketSize: 2 * MAX_PAYLOAD },
};

const RETAINED = { qos: 1, retain: true } as const satisfies IClientPublishOptions;

/**
 * Our client id is the root's: a second station that would write the same topics takes the connection over, and that shows.
 * Whatever takes us away, the broker tells the lines (last will).
 */
const whoWeAre = ({ root, user }: MqttLink, secret: string | null): IClientOptions => ({
  clientId: `station ${root}`,
  will: { topic: stationTopic(root), payload: Buffer.from(JSON.stringify({ state: 'Down' })), ...RETAINED },
  ...(user !== '' && { username: user }),
  ...(secret !== null && { password: secret }),
});

const withTexts = (retained: ReadonlyMap<string, object>) =>
  new Map([...retained].map(([topic, content]) => [topic, { content, text: JSON.stringify(content) }]));

/** One allowance a line, and one for all that call themselves something else. */
function buckets(lines: Lines) {
  const made = new Map<string, ReturnType<typeof tokenBucket>>();
  return (unit: EquipmentId): ReturnType<typeof tokenBucket> => {
    const key = lines.has(unit) ? unit : '';
    let bucket = made.get(key);
    if (!bucket) made.set(key, (bucket = tokenBucket(BURST, PER_SECOND)));
    return bucket;
  };
}

/** A line may wish for a topic of its own answers, never for one of somebody else: the station may write more than it may. */
function ownAnswers(root: string, unit: EquipmentId, wished: string | undefined): string {
  const own = answersTopic(root, unit);
  return wished !== undefined && wished.startsWith(`${own}/`) && !/[#+]/.test(wished) ? wished : own;
}

/** Jobs that no line has acknowledged, by the topic on which they stand. */
const openJobs = (root: string, lists: readonly JobList[], lines: Lines): string[] =>
  lists.flatMap(({ equipmentId, revision, jobOrders }) =>
    jobOrders
      .filter(({ jobOrderId }) => !lines.isAcknowledged({ unit: equipmentId, revision, task: jobOrderId }))
      .map(({ jobOrderId }) => jobOrderTopic(root, equipmentId, jobOrderId)),
  );
