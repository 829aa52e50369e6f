import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MqttClient, connectAsync } from 'mqtt';
import type { Broker } from './mosquitto.ts';

export interface Heard {
  readonly topic: string;
  readonly text: string;
  readonly retain: boolean;
  readonly correlation: string | null;
}

/** A line with a client of its own on the broker: keeps all that it hears, and says what a test lets it say. */
export interface MqttLine {
  readonly client: MqttClient;
  readonly heard: Heard[];
  /** The job orders that stand for it now, by id, as what it has heard says. */
  readonly jobs: () => Map<string, Record<string, unknown>>;
  readonly answers: () => Record<string, unknown>[];
  readonly say: (what: string, content: object | string, options?: object) => Promise<void>;
  /** Sends a report again and again until it is answered, as a line has to. */
  readonly insist: (what: string, report: { readonly jobResponseId: string }) => Promise<void>;
  readonly acknowledge: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

export async function mqttLine(broker: Broker, unit: string, topics?: readonly string[]): Promise<MqttLine> {
  const client = await connectAsync(broker.address, {
    protocolVersion: 5,
    username: unit,
    password: unit,
    reconnectPeriod: 50,
  });
  const own = `shiftwright/${unit}`;
  const heard: Heard[] = [];
  client.on('message', (topic, payload, { retain, properties }) => {
    const correlation = properties?.correlationData?.toString() ?? null;
    heard.push({ topic, text: payload.toString(), retain, correlation });
  });
  await client.subscribeAsync(
    [...(topics ?? [`${own}/job-list`, `${own}/job-orders/+`, `${own}/answers/#`])],
    {
      qos: 1,
    },
  );
  const jobs = (): ReturnType<MqttLine['jobs']> => {
    const known: ReturnType<MqttLine['jobs']> = new Map();
    for (const { topic, text } of heard) {
      const [, id] = topic.split('/job-orders/');
      if (id === undefined) continue;
      if (text === '') known.delete(decodeURIComponent(id));
      else known.set(decodeURIComponent(id), JSON.parse(text) as Record<string, unknown>);
    }
    return known;
  };
  const say: MqttLine['say'] = async (what, content, options = {}) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await client.publishAsync(`${own}/${what}`, text, { qos: 1, ...options });
  };
  const answers = (): Record<string, unknown>[] =>
    heard
      .filter(({ topic }) => topic.startsWith(`${own}/answers`))
      .map(({ text }) => JSON.parse(text) as Record<string, unknown>);
  return {
    client,
    heard,
    jobs,
    say,
    answers,
    insist: async (what, report) => {
      for (let tries = 0; !answers().some(({ about }) => about === report.jobResponseId); tries += 1) {
        if (tries > 100) throw new Error(`Nobody answers ${report.jobResponseId}.`);
        await say(what, report);
        await sleep(100);
      }
    },
    acknowledge: async () => {
      for (const { jobOrderId, revision } of jobs().values())
        await say('acknowledgements', { jobOrderId, revision });
    },
    leave: () => client.endAsync(true),
  };
}

export const response = (kind: string, jobOrderId: string, more: object = {}) => ({
  jobResponseId: `response ${randomUUID()}`,
  kind,
  jobOrderId,
  ...more,
});

/** Waits until it holds; says what was waited for when it never does. */
export async function until(what: string, holds: () => boolean, millis = 30_000): Promise<void> {
  for (const end = Date.now() + millis; !holds(); await sleep(10))
    if (Date.now() > end) throw new Error(`It never came to this: ${what}.`);
}
