// A program on a client: its state stays on the device, each function is compiled when it is first called.

import { at, type Func, feedsOf, outputsOf, type Program } from "@netwright/ir";
import type { Call, Machine, NamedTensors } from "@netwright/runtime";
import { printStablehlo } from "@netwright/stablehlo";
import type { Client, DeviceBuffer, Host, Sendable } from "./pjrt/client.ts";
import { Executable } from "./pjrt/executable.ts";

/**
 * Gives what `take` makes of the loaded executable of a module's text; for the first so many devices, by default for one. `kept`:
 * whether it was compiled at an earlier time.
 */
export type Compile = <T>(text: string, take: (loaded: number, kept: boolean) => T, devices?: number) => T;

export interface MachineOptions {
  readonly compile: Compile;
  readonly threads: number;
}

export function machineOn(client: Client, program: Program, { compile, threads }: MachineOptions): Machine {
  const held = stateOn(client, program);
  const executables: Executable[] = [];
  return {
    threads,
    call: (name) => {
      const func = functionOf(program, name);
      const executable = compiled(client, compile, program, func);
      executables.push(executable);
      return callOf(client, func, executable, held);
    },
    readState: held.read,
    writeState: (written) => {
      for (const [name, host] of hostsOf(client, program, written)) held.replace(name, client.send(host));
    },
    dispose: () => {
      held.free();
      for (const executable of executables) executable.dispose();
    },
  };
}

/** What is written of the state, as arrays that can be sent. */
export function hostsOf(
  client: Client,
  { state }: Program,
  written: NamedTensors,
): readonly (readonly [name: string, host: Host])[] {
  return state.flatMap(({ name, type }) => {
    const data = written.get(name);
    if (data === undefined) return [];
    const host = client.host(type);
    host.data.set(data);
    return [[name, host] as const];
  });
}

/** All of the state on one device. */
export interface State {
  /** @throws BackendError where there is no room for it */
  readonly get: (name: string) => DeviceBuffer;
  readonly replace: (name: string, buffer: DeviceBuffer) => void;
  /** Copies. */
  readonly read: () => NamedTensors;
  readonly free: () => void;
}

/** All zeros at first, which are sent for whoever reads them: a training begins by writing all of it. */
export function stateOn(client: Client, { state }: Program, device = client.device): State {
  const types = new Map(state.map(({ name, type }) => [name, type]));
  const held = new Map<string, DeviceBuffer>();
  const get = (name: string): DeviceBuffer => {
    const known = held.get(name);
    if (known !== undefined) return known;
    const type = types.get(name);
    if (type === undefined) throw new Error(`there is no state variable ${name}`);
    const zeros = client.send(client.host(type), device);
    held.set(name, zeros);
    return zeros;
  };
  return {
    get,
    replace: (name, buffer) => {
      // One that was given away is gone from the device, and still has to be destroyed.
      const old = held.get(name);
      held.set(name, buffer);
      if (old !== undefined) client.free(old);
    },
    read: () => new Map([...types.keys()].map((name) => [name, client.read(get(name))])),
    free: () => {
      for (const buffer of held.values()) client.free(buffer);
      held.clear();
    },
  };
}

export function functionOf({ name: program, functions }: Program, name: string): Func {
  const func = functions.find((each) => each.name === name);
  if (func === undefined) throw new Error(`program ${program} has no function ${name}`);
  return func;
}

export function compiled(client: Client, compile: Compile, program: Program, func: Func): Executable {
  const types = {
    parameters: func.parameters.map(({ value }) => client.one(value.type)),
    results: func.results.map(({ value }) => client.one(value.type)),
  };
  const text = printStablehlo(program, func.name, { donate: true });
  return compile(text, (loaded) => new Executable(client, loaded, types));
}

/** All of them on the device, or none. @throws BackendError */
export function sendAll(
  client: Client,
  hosts: readonly Sendable[],
  device?: number,
): readonly DeviceBuffer[] {
  const sent: DeviceBuffer[] = [];
  try {
    for (const host of hosts) sent.push(client.send(host, device));
    return sent;
  } catch (error) {
    for (const buffer of sent) client.free(buffer);
    throw error;
  }
}

export function callOf(client: Client, func: Func, executable: Executable, state: State): Call {
  const hostFor = ({ value }: { readonly value: { readonly type: Host["type"] } }) => client.host(value.type);
  const inputs = feedsOf(func).map(hostFor);
  const outputs = outputsOf(func).map(hostFor);
  const run = (fed: readonly DeviceBuffer[]): readonly DeviceBuffer[] => {
    try {
      return executable.run([...func.reads.map(state.get), ...fed]);
    } finally {
      for (const buffer of fed) client.free(buffer);
    }
  };
  return {
    inputs: inputs.map(({ data }) => data),
    outputs: outputs.map(({ data }) => data),
    run: () => {
      const results = run(sendAll(client, inputs));
      // What stands before `next` has an owner; the rest is destroyed, whatever happens.
      let next = 0;
      try {
        for (const name of func.writes) state.replace(name, at(results, next++));
        for (const host of outputs) receive(client, at(results, next++), host);
      } finally {
        for (const buffer of results.slice(next)) client.free(buffer);
      }
    },
  };
}

export function receive(client: Client, buffer: DeviceBuffer, host: Host): void {
  try {
    client.receive(buffer, host);
  } finally {
    client.free(buffer);
  }
}
