// A program on several devices of a client, which train together: each has all of the state. A function that changes state
// runs on all of them, each with a share of a batch's rows; XLA puts in what they sum up between them. One that only reads runs
// on the first device, which has what the others have.

import { at, type Func, feedsOf, outputsOf, type Program, sizeOf, type TensorType } from "@netwright/ir";
import type { Call, Machine, NamedTensors } from "@netwright/runtime";
import { isDivided, printStablehlo } from "@netwright/stablehlo";
import {
  type Compile,
  callOf,
  compiled,
  functionOf,
  hostsOf,
  type MachineOptions,
  receive,
  type State,
  sendAll,
  stateOn,
} from "./machine.ts";
import type { Client, DeviceBuffer, Host, Sendable } from "./pjrt/client.ts";
import { SharedExecutable } from "./pjrt/shared-executable.ts";

export interface DevicesMachine extends Machine {
  /** A copy of the whole state as the device of that place has it. */
  readonly readStateOf: (device: number) => NamedTensors;
}

/** On the first `devices` of the client, two or more. @throws BackendError */
export function machineOnDevices(
  client: Client,
  program: Program,
  { compile, threads }: MachineOptions,
  devices: number,
): DevicesMachine {
  const places = client.devices.slice(0, devices);
  const states = places.map((device) => stateOn(client, program, device));
  const first = at(states, 0);
  const executables: { readonly dispose: () => void }[] = [];
  const kept = <T extends { readonly dispose: () => void }>(executable: T): T => {
    executables.push(executable);
    return executable;
  };
  return {
    threads,
    call: (name) => {
      const func = functionOf(program, name);
      return func.writes.length === 0
        ? callOf(client, func, kept(compiled(client, compile, program, func)), first)
        : callOnAll(client, func, kept(compiledForAll(client, compile, program, func, devices)), states);
    },
    readState: first.read,
    readStateOf: (device) => at(states, device).read(),
    writeState: (written) => {
      for (const [name, host] of hostsOf(client, program, written)) {
        states.forEach((state, i) => {
          state.slot(name).replace(client.send(host, at(places, i)));
        });
      }
    },
    dispose: () => {
      for (const state of states) state.free();
      for (const executable of executables) executable.dispose();
    },
  };
}

function compiledForAll(
  client: Client,
  compile: Compile,
  program: Program,
  func: Func,
  devices: number,
): SharedExecutable {
  const share = isDivided(func, devices) ? devices : 1;
  const types = {
    parameters: func.parameters.map(({ value: { type } }, i) =>
      client.one(i < func.reads.length ? type : shareOf(type, share)),
    ),
    results: func.results.map(({ value }) => client.one(value.type)),
  };
  const text = printStablehlo(program, func.name, { donate: true, devices });
  return compile(text, (loaded) => new SharedExecutable(client, loaded, types, devices), devices);
}

function shareOf({ dtype, shape }: TensorType, share: number): TensorType {
  return { dtype, shape: shape.map((size, i) => (i === 0 ? size / share : size)) };
}

/** `states`: of each device. */
function callOnAll(client: Client, func: Func, executable: SharedExecutable, states: readonly State[]): Call {
  const hostFor = ({ value }: { readonly value: { readonly type: TensorType } }) => client.host(value.type);
  const inputs = feedsOf(func).map(hostFor);
  const outputs = outputsOf(func).map(hostFor);
  const isShared = isDivided(func, states.length);
  const parts = inputs.map((host) =>
    isShared ? sharesOf(client, host, states.length) : states.map(() => host),
  );
  const read = states.map((state) => func.reads.map(state.slot));
  const written = states.map((state) => func.writes.map(state.slot));
  const run = (fed: readonly (readonly DeviceBuffer[])[]) => {
    try {
      return executable.run(read.map((slots, i) => [...slots.map((slot) => slot.get()), ...at(fed, i)]));
    } finally {
      for (const buffer of fed.flat()) client.free(buffer);
    }
  };
  return {
    inputs: inputs.map(({ data }) => data),
    outputs: outputs.map(({ data }) => data),
    run: () => {
      const results = run(sendShares(client, parts, states.length)).map((each) => [...each]);
      // What is taken out of the lists has an owner; the rest is destroyed, whatever happens.
      try {
        written.forEach((slots, i) => {
          for (const slot of slots) slot.replace(taken(at(results, i)));
        });
        // All devices have them.
        for (const host of outputs) receive(client, taken(at(results, 0)), host);
      } finally {
        for (const buffer of results.flat()) client.free(buffer);
      }
    },
  };
}

function taken(results: DeviceBuffer[]): DeviceBuffer {
  const first = results.shift();
  if (first === undefined) throw new Error("a function has more results than it gave");
  return first;
}

/** Equal shares of the first dimension, in order, where they lie. */
function sharesOf(client: Client, host: Host, devices: number): readonly Sendable[] {
  const type = shareOf(host.type, devices);
  const { dimensions } = client.host(type);
  const bytes = 4 * sizeOf(type.shape);
  const { memory } = host;
  // What points to a part holds the whole.
  return Array.from({ length: devices }, (_, i) => ({
    memory: { address: memory.address + i * bytes, memory },
    type,
    dimensions,
  }));
}

/** `parts`: of each input, of each device. Gives for each device its inputs, or none at all. @throws BackendError */
function sendShares(
  client: Client,
  parts: readonly (readonly Sendable[])[],
  devices: number,
): readonly (readonly DeviceBuffer[])[] {
  const sent: (readonly DeviceBuffer[])[] = [];
  try {
    for (const [i, device] of client.devices.slice(0, devices).entries())
      sent.push(
        sendAll(
          client,
          parts.map((shares) => at(shares, i)),
          device,
        ),
      );
    return sent;
  } catch (error) {
    for (const buffer of sent.flat()) client.free(buffer);
    throw error;
  }
}
