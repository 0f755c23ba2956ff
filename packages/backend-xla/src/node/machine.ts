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
  const hosts = hostsOf(client, program);
  const held = stateOn(client, hosts, client.device);
  const executables: Executable[] = [];
  return {
    threads,
    call: (name) => {
      const func = functionOf(program, name);
      const executable = compiled(client, compile, program, func);
      executables.push(executable);
      return callOf(client, func, executable, held);
    },
    readState: () => readAll(client, hosts, held),
    writeState: (written) => {
      for (const [name, data] of written) {
        const host = hosts.get(name);
        if (host === undefined) continue;
        host.data.set(data);
        held.replace(name, client.send(host));
      }
    },
    dispose: () => {
      held.free();
      for (const executable of executables) executable.dispose();
    },
  };
}

/** Of each state variable an array of the host's, zeros. */
export function hostsOf(client: Client, { state }: Program): ReadonlyMap<string, Host> {
  return new Map(state.map(({ name, type }) => [name, client.host(type)]));
}

/** All of the state on one device. */
export interface State {
  readonly get: (name: string) => DeviceBuffer;
  readonly replace: (name: string, buffer: DeviceBuffer) => void;
  readonly free: () => void;
}

/** With the values of `hosts`. @throws BackendError */
export function stateOn(client: Client, hosts: ReadonlyMap<string, Host>, device: number): State {
  const sent = sendAll(client, [...hosts.values()], device);
  const state = new Map([...hosts.keys()].map((name, i) => [name, at(sent, i)]));
  return {
    get: (name) => {
      const buffer = state.get(name);
      if (buffer === undefined) throw new Error(`there is no state variable ${name}`);
      return buffer;
    },
    replace: (name, buffer) => {
      // One that was given away is gone from the device, and still has to be destroyed.
      const old = state.get(name);
      state.set(name, buffer);
      if (old !== undefined) client.free(old);
    },
    free: () => {
      for (const buffer of state.values()) client.free(buffer);
      state.clear();
    },
  };
}

/** Copies. */
export function readAll(client: Client, hosts: ReadonlyMap<string, Host>, state: State): NamedTensors {
  const copies = new Map<string, NamedTensors extends ReadonlyMap<string, infer T> ? T : never>();
  for (const [name, host] of hosts) {
    client.receive(state.get(name), host);
    copies.set(name, host.data.slice());
  }
  return copies;
}

export function functionOf({ name: program, functions }: Program, name: string): Func {
  const func = functions.find((each) => each.name === name);
  if (func === undefined) throw new Error(`program ${program} has no function ${name}`);
  return func;
}

export function compiled(client: Client, compile: Compile, program: Program, func: Func): Executable {
  const types = {
    parameters: func.parameters.map(({ value }) => value.type),
    results: func.results.map(({ value }) => value.type),
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
      const fed = sendAll(client, inputs);
      const results = [...run(fed)];
      // What is taken out of the list has an owner; the rest is destroyed, whatever happens.
      try {
        for (const name of func.writes) state.replace(name, taken(results));
        for (const host of outputs) receive(client, taken(results), host);
      } finally {
        for (const buffer of results) client.free(buffer);
      }
    },
  };
}

export function taken(results: DeviceBuffer[]): DeviceBuffer {
  const first = results.shift();
  if (first === undefined) throw new Error("a function has more results than it gave");
  return first;
}

export function receive(client: Client, buffer: DeviceBuffer, host: Host): void {
  try {
    client.receive(buffer, host);
  } finally {
    client.free(buffer);
  }
}
