import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import {
  AttributeIds,
  BrowseDirection,
  ClientMonitoredItem,
  ClientSubscription,
  type ClientSession,
  DataType,
  LogLevel,
  MessageSecurityMode,
  type NodeId,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  type UserIdentityInfo,
  UserTokenType,
  Variant,
  VariantArrayType,
  constructEventFilter,
  resolveNodeId,
  setLogLevel,
} from 'node-opcua-client';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { z } from 'zod';
import type { JobOrder } from '#shared/domain/job-order.ts';
import type { OpcuaLink } from '#shared/domain/line-link.ts';
import { TaskId } from '#shared/domain/task.ts';
import { type Command, type JobState, jobStateFrom } from './job-state.ts';
import { returnStatusFrom } from './return-status.ts';

// Its warnings go to stdout, where `--json` promises one object; what they say is a connection's failure and told as such.
setLogLevel(LogLevel.Error);

const JOB_CONTROL = 'http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/';
/** Numeric ids of types in that namespace. */
const RECEIVER_TYPES = [1002, 1008];
const JOB_ORDER_TYPE = 3008;
/** So many levels below the objects folder a receiver is looked for when none is named. */
const DEPTH = 4;
const MAX_NODES = 2000;

/** The job order receiver of a machine, over one connection that stands or is over. */
export interface Receiver {
  /** What the machine holds, by job. What is no task id is somebody else's. */
  readonly jobs: () => Promise<Map<TaskId, JobState>>;
  readonly send: (method: 'Store' | 'Update', job: JobOrder) => Promise<bigint>;
  readonly command: (command: Command, task: TaskId, why: string) => Promise<bigint>;
  readonly close: () => Promise<void>;
}

export interface ReceiverWatch {
  /** Something about its jobs may differ. */
  readonly onChange: () => void;
  readonly onLost: (why: string) => void;
}

const HeldJobs = z.array(
  z.object({
    jobOrder: z.object({ jobOrderID: z.string() }),
    state: z.array(z.object({ stateNumber: z.number() })).min(1),
  }),
);

/** Connects, finds the receiver and subscribes to what it says. `folder` keeps our certificate and those that are trusted. */
export async function openReceiver(
  link: OpcuaLink,
  secret: string | null,
  folder: string,
  watch: ReceiverWatch,
): Promise<Receiver> {
  const isSecure = link.security === 'SignAndEncrypt';
  const client = OPCUAClient.create({
    applicationName: 'Shiftwright',
    clientName: `Shiftwright ${link.name}`,
    securityMode: isSecure ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None,
    securityPolicy: isSecure ? SecurityPolicy.Basic256Sha256 : SecurityPolicy.None,
    clientCertificateManager: new OPCUACertificateManager({
      rootFolder: join(folder, 'pki'),
      automaticallyAcceptUnknownCertificate: false,
    }),
    // Servers call themselves by names that only they know; we stay on the connection to the address that was configured.
    endpointMustExist: false,
    connectionStrategy: { initialDelay: 100, maxDelay: 500, maxRetry: 0 },
    keepSessionAlive: true,
    requestedSessionTimeout: 20_000,
  });
  try {
    await client.connect(link.address);
    const session = await client.createSession(whoWeAre(link, secret));
    const lost = (): void => watch.onLost('The connection to the machine broke off.');
    client.on('connection_lost', lost);
    client.on('close', lost);
    session.on('keepalive_failure', lost);
    session.on('session_closed', lost);
    const found = await findReceiver(session, link.receiver);
    await subscribe(session, found, watch.onChange);
    return receiverOver(session, found, async () => {
      for (const event of ['connection_lost', 'close'] as const) client.removeListener(event, lost);
      session.removeAllListeners();
      await session.close(true).catch(() => undefined);
      await client.disconnect();
    });
  } catch (error) {
    await client.disconnect().catch(() => undefined);
    throw error;
  }
}

const whoWeAre = ({ user }: OpcuaLink, secret: string | null): UserIdentityInfo =>
  user === ''
    ? { type: UserTokenType.Anonymous }
    : { type: UserTokenType.UserName, userName: user, password: secret ?? '' };

interface Found {
  readonly node: NodeId;
  /** Index of the namespace of job control on this server. */
  readonly index: number;
  readonly parts: ReadonlyMap<string, NodeId>;
}

function receiverOver(
  session: ClientSession,
  { node, index, parts }: Found,
  close: () => Promise<void>,
): Receiver {
  const part = (name: string): NodeId => {
    const id = parts.get(name);
    if (!id) throw new Error(`The job order receiver of the machine has no ${name}.`);
    return id;
  };
  const call = async (method: string, first: Variant, why: string): Promise<bigint> => {
    const comment = new Variant({
      dataType: DataType.LocalizedText,
      arrayType: VariantArrayType.Array,
      value: why === '' ? [] : [{ text: why }],
    });
    const { statusCode, outputArguments } = await session.call({
      objectId: node,
      methodId: part(method),
      inputArguments: [first, comment],
    });
    const status = returnStatusFrom(outputArguments?.[0]?.value);
    if (!statusCode.isGood() || status === null) throw new Error(`${method}: ${statusCode.toString()}`);
    return status;
  };
  return {
    jobs: async () => {
      const { value, statusCode } = await session.read({
        nodeId: part('JobOrderList'),
        attributeId: AttributeIds.Value,
      });
      if (!statusCode.isGood()) throw new Error(`JobOrderList: ${statusCode.toString()}`);
      return jobsFrom(value.value);
    },
    send: async (method, job) => {
      const order = await session.constructExtensionObject(
        resolveNodeId(`ns=${index};i=${JOB_ORDER_TYPE}`),
        fieldsOf(job),
      );
      return call(method, new Variant({ dataType: DataType.ExtensionObject, value: order }), job.why);
    },
    command: (command, task, why) =>
      call(command, new Variant({ dataType: DataType.String, value: task }), why),
    close,
  };
}

function jobsFrom(value: unknown): Map<TaskId, JobState> {
  const jobs = new Map<TaskId, JobState>();
  for (const { jobOrder, state } of HeldJobs.parse([...((value ?? []) as Iterable<unknown>)])) {
    const task = TaskId.safeParse(jobOrder.jobOrderID);
    const top = jobStateFrom(state[0]?.stateNumber);
    if (task.success && top) jobs.set(task.data, top);
  }
  return jobs;
}

/** What comes sooner has the higher priority: of several that may start, the machine takes the highest. */
const fieldsOf = (job: JobOrder): Record<string, unknown> => ({
  jobOrderID: job.jobOrderId,
  description: [{ text: `${job.orderName}: ${job.description}` }],
  startTime: new Date(job.startTime),
  endTime: new Date(job.endTime),
  priority: Math.max(1, 10_000 - job.position),
  equipmentRequirements: [{ ID: job.equipmentId }],
  materialRequirements: [
    {
      materialDefinitionID: job.materialDefinitionId,
      materialUse: 'Produced',
      quantity: String(job.quantity),
    },
  ],
});

/** Both the list and the events say that something differs; what it is, the list is then asked. */
async function subscribe(
  session: ClientSession,
  { node, index, parts }: Found,
  onChange: () => void,
): Promise<void> {
  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: 250,
    requestedLifetimeCount: 240,
    requestedMaxKeepAliveCount: 40,
    maxNotificationsPerPublish: 100,
    publishingEnabled: true,
    priority: 1,
  });
  // A machine that gives no subscription is looked at all the same; an error that nobody hears would end the station.
  (subscription as EventEmitter).on('error', () => undefined);
  const watchNode = (nodeId: NodeId, attributeId: AttributeIds, more: object): void => {
    const item = ClientMonitoredItem.create(
      subscription,
      { nodeId, attributeId },
      { queueSize: 100, discardOldest: true, ...more },
      TimestampsToReturn.Neither,
    );
    item.on('changed', onChange);
    item.on('err', () => undefined); // a receiver without events is looked at all the same
  };
  const list = parts.get('JobOrderList');
  if (list) watchNode(list, AttributeIds.Value, { samplingInterval: 250 });
  const filter = constructEventFilter([`${index}:JobOrder`, `${index}:JobState`]);
  watchNode(node, AttributeIds.EventNotifier, { filter });
}

/** The receiver that was named, or the only one below the objects folder. */
async function findReceiver(session: ClientSession, named: string): Promise<Found> {
  const index = (await session.readNamespaceArray()).indexOf(JOB_CONTROL);
  if (index < 0)
    throw new Error(
      'The machine does not offer ISA-95 job control (OPC 10031-4, version 2).\nMaybe it is another server.',
    );
  const types = new Set(RECEIVER_TYPES.map((id) => resolveNodeId(`ns=${index};i=${id}`).toString()));
  const node = named === '' ? await searchReceiver(session, types) : resolveNodeId(named);
  const parts = new Map(
    (await children(session, node)).map(({ browseName, nodeId }) => [browseName.name ?? '', nodeId]),
  );
  if (!parts.has('Store'))
    throw new Error(
      `${node.toString()} is no job order receiver: it has no method Store.\nMaybe its node id is another.`,
    );
  return { node, index, parts };
}

async function searchReceiver(session: ClientSession, types: ReadonlySet<string>): Promise<NodeId> {
  const seen = new Set<string>();
  let level = [resolveNodeId('i=85')];
  const found: NodeId[] = [];
  for (let depth = 0; depth < DEPTH && level.length > 0 && seen.size < MAX_NODES; depth += 1) {
    const next: NodeId[] = [];
    for (const parent of level) {
      for (const { nodeId, typeDefinition } of await children(session, parent)) {
        if (seen.has(nodeId.toString()) || nodeId.toString() === 'ns=0;i=2253') continue; // the server's own object
        seen.add(nodeId.toString());
        if (types.has(typeDefinition.toString())) found.push(nodeId);
        else next.push(nodeId);
      }
    }
    level = next;
  }
  const [one, ...others] = found;
  if (!one)
    throw new Error('The machine has no job order receiver.\nMaybe name its node id in the connection.');
  if (others.length > 0)
    throw new Error(
      `The machine has several job order receivers: ${found.map(String).join(', ')}.\nName one of them in the connection.`,
    );
  return one;
}

async function children(session: ClientSession, nodeId: NodeId) {
  const { references } = await session.browse({
    nodeId,
    browseDirection: BrowseDirection.Forward,
    referenceTypeId: 'HierarchicalReferences',
    includeSubtypes: true,
    resultMask: 63,
  });
  return references ?? [];
}
