import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  DataType,
  MessageSecurityMode,
  SecurityPolicy,
  StatusCodes,
  Variant,
  VariantArrayType,
} from 'node-opcua-client';
import { nodesets } from 'node-opcua-nodesets';
import { OPCUAServer } from 'node-opcua-server';
import { must } from '#shared/base/must.ts';
import { freePort } from './free-port.ts';

const JOB_CONTROL = 'http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/';
const STATES = ['', 'NotAllowedToStart', 'AllowedToStart', 'Running', 'Interrupted', 'Ended', 'Aborted'];

/** Which states a command may be given in, and where it leads (OPC 10031-4, the thirteen transitions and the two removals). */
const COMMANDS: Readonly<Record<string, { readonly from: readonly number[]; readonly to: number | null }>> = {
  Start: { from: [1], to: 2 },
  RevokeStart: { from: [2], to: 1 },
  Pause: { from: [3], to: 4 },
  Resume: { from: [4], to: 3 },
  Stop: { from: [3, 4], to: 5 },
  Abort: { from: [1, 2, 3, 4], to: 6 },
  Cancel: { from: [1, 2], to: null },
  Clear: { from: [5, 6], to: null },
};

interface Job {
  readonly order: Record<string, unknown>;
  state: number;
}

/** A machine with a real OPC UA server and the node set of job control; a test says what it does. */
export interface OpcuaMachine {
  readonly address: string;
  /** Every call of a method that got through, as `Store A/mix`. */
  readonly calls: string[];
  /** State of each job that it holds. */
  readonly jobs: () => Record<string, string>;
  readonly order: (job: string) => Record<string, unknown>;
  /** The machine itself begins, ends, interrupts; tells subscribers as it does. */
  readonly become: (job: string, state: (typeof STATES)[number]) => void;
  /** Loses what it holds, without a word. */
  readonly forget: (job: string) => void;
  /** What the next calls are answered with in place of doing anything. */
  answer: bigint | null;
  /** As new: holds nothing, was asked nothing. */
  readonly reset: () => void;
  readonly stop: () => Promise<void>;
  /** Comes back on the same port with what it held. */
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function opcuaMachine({
  subscribable = true,
}: { readonly subscribable?: boolean } = {}): Promise<OpcuaMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'shiftwright-machine-'));
  const port = await freePort();
  const held = new Map<string, Job>();
  const calls: string[] = [];
  let server: OPCUAServer | null = null;
  let tellList: () => void = () => undefined;
  let tellEvent: (job: string) => void = () => undefined;
  const changed = (job: string): void => {
    tellList();
    tellEvent(job);
  };
  const machine: OpcuaMachine = {
    address: `opc.tcp://127.0.0.1:${port}`,
    calls,
    answer: null,
    jobs: () => Object.fromEntries([...held].map(([id, { state }]) => [id, STATES[state] ?? ''])),
    order: (job) => must(held.get(job), job).order,
    become: (job, state) => {
      must(held.get(job), job).state = STATES.indexOf(state);
      changed(job);
    },
    forget: (job) => {
      held.delete(job);
      tellList();
    },
    reset: () => {
      held.clear();
      calls.length = 0;
      machine.answer = null;
      tellList();
    },
    start: async () => {
      const certificates = new OPCUACertificateManager({
        rootFolder: join(folder, 'pki'),
        automaticallyAcceptUnknownCertificate: true,
      });
      await certificates.initialize();
      server = new OPCUAServer({
        port,
        hostname: '127.0.0.1',
        nodesets: [nodesets.standard, nodesets.isa95JobControl],
        securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
        securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
        allowAnonymous: true,
        serverCertificateManager: certificates,
        userManager: { isValidUser: (user: string, password: string) => user === password },
      });
      await server.initialize();
      if (!subscribable) server.engine.serverCapabilities.maxSubscriptionsPerSession = 0;
      ({ tellList, tellEvent } = populate(server, held, calls, machine, changed));
      await server.start();
    },
    stop: async () => {
      const running = server;
      server = null;
      tellList = () => undefined;
      tellEvent = () => undefined;
      await running?.shutdown(0);
      running?.dispose();
    },
    remove: async () => {
      await machine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await machine.start();
  return machine;
}

function populate(
  server: OPCUAServer,
  held: Map<string, Job>,
  calls: string[],
  machine: OpcuaMachine,
  changed: (job: string) => void,
) {
  const space = must(server.engine.addressSpace, 'The address space');
  const index = space.getNamespaceIndex(JOB_CONTROL);
  const own = space.getOwnNamespace();
  const type = must(space.findObjectType('ISA95JobOrderReceiverObjectType', index), 'The receiver type');
  const methods = ['Store', 'StoreAndStart', 'Update', ...Object.keys(COMMANDS)];
  const receiver = type.instantiate({
    browseName: 'JobOrderReceiver',
    organizedBy: space.rootFolder.objects,
    optionals: [...methods, 'JobOrderList', 'MaxDownloadableJobOrders'],
    eventSourceOf: space.rootFolder.objects.server,
  });
  const construct = (name: string, fields: Record<string, unknown>) =>
    space.constructExtensionObject(must(space.findDataType(name, index), name), fields);
  const stateOf = (state: number) =>
    construct('ISA95StateDataType', { stateText: { text: STATES[state] }, stateNumber: state });
  const list = () =>
    new Variant({
      dataType: DataType.ExtensionObject,
      arrayType: VariantArrayType.Array,
      value: [...held.values()].map(({ order, state }) =>
        construct('ISA95JobOrderAndStateDataType', { jobOrder: order, state: [stateOf(state)] }),
      ),
    });
  const variable = must(receiver.getComponentByName('JobOrderList', index), 'JobOrderList') as unknown as {
    setValueFromSource: (value: Variant) => void;
  };
  variable.setValueFromSource(list());
  const abstract = must(space.findEventType('ISA95JobOrderStatusEventType', index), 'The event type');
  const event = own.addEventType({ browseName: 'MachineStatusEventType', subtypeOf: abstract });

  const answered = (code: bigint) => ({
    statusCode: StatusCodes.Good,
    outputArguments: [
      new Variant({
        dataType: DataType.UInt64,
        arrayType: VariantArrayType.Scalar,
        value: [Number(code >> 32n), Number(code & 0xffff_ffffn)],
      }),
    ],
  });
  for (const name of methods) {
    const method = must(receiver.getMethodByName(name, index), name);
    const called = (value: unknown): ReturnType<typeof answered> => {
      const isOrder = name === 'Store' || name === 'StoreAndStart' || name === 'Update';
      const order = isOrder ? (value as Record<string, unknown>) : null;
      const id = String(order ? order['jobOrderID'] : value);
      if (machine.answer !== null) return answered(machine.answer);
      calls.push(`${name} ${id}`);
      const known = held.get(id);
      if (order) {
        if (name !== 'Update' && known) return answered(1n << 4n);
        if (name === 'Update' && (!known || known.state > 2)) return answered(1n << (known ? 3n : 1n));
        held.set(id, { order, state: known?.state ?? (name === 'StoreAndStart' ? 2 : 1) });
      } else {
        const command = must(COMMANDS[name], name);
        if (!known) return answered(1n << 1n);
        if (!command.from.includes(known.state)) return answered(1n << 3n);
        if (command.to === null) held.delete(id);
        else known.state = command.to;
      }
      changed(id);
      return answered(1n);
    };
    method.bindMethod((input: Variant[], _context: unknown, done: (error: null, result: object) => void) =>
      done(null, called(input[0]?.value)),
    );
  }
  return {
    tellList: () => variable.setValueFromSource(list()),
    tellEvent: (id: string) => {
      const job = held.get(id);
      if (!job) return;
      const response = construct('ISA95JobResponseDataType', {
        jobResponseID: `${id} ${job.state}`,
        jobOrderID: id,
        jobState: [stateOf(job.state)],
      });
      receiver.raiseEvent(event, {
        jobOrder: { dataType: DataType.ExtensionObject, value: job.order },
        jobState: {
          dataType: DataType.ExtensionObject,
          arrayType: VariantArrayType.Array,
          value: [stateOf(job.state)],
        },
        jobResponse: { dataType: DataType.ExtensionObject, value: response },
      } as never);
    },
  };
}
