// A program on a client: its state stays on the device, each function is compiled when it is first called.

import { at, type Func, feedsOf, outputsOf, type Program } from "@netwright/ir";
import type { Call, Machine, NamedTensors } from "@netwright/runtime";
import { printStablehlo } from "@netwright/stablehlo";
import type { Client, DeviceBuffer, Host } from "./pjrt/client.ts";
import { Executable } from "./pjrt/executable.ts";

/** Gives what `take` makes of the loaded executable of a module's text. `kept`: whether it was compiled at an earlier time. */
export type Compile = <T>(text: string, take: (loaded: number, kept: boolean) => T) => T;

export interface MachineOptions {
  readonly compile: Compile;
  readonly threads: number;
}

export function machineOn(client: Client, program: Program, { compile, threads }: MachineOptions): Machine {
  const hosts = new Map(program.state.map(({ name, type }) => [name, client.host(type)]));
  const sent = sendAll(client, [...hosts.values()]);
  const state = new Map([...hosts.keys()].map((name, i) => [name, at(sent, i)]));
  const executables: Executable[] = [];
  const replace = (name: string, buffer: DeviceBuffer): void => {
    // One that was given away is gone from the device, and still has to be destroyed.
    const old = state.get(name);
    state.set(name, buffer);
    if (old !== undefined) client.free(old);
  };
  return {
    threads,
    call: (name) => {
      const func = functionOf(program, name);
      const executable = compiled(client, compile, program, func);
      executables.push(executable);
      return callOf(client, func, executable, { state, replace });
    },
    readState: () => {
      const copies = new Map<string, NamedTensors extends ReadonlyMap<string, infer T> ? T : never>();
      for (const [name, host] of hosts) {
        client.receive(stateOf(state, name), host);
        copies.set(name, host.data.slice());
      }
      return copies;
    },
    writeState: (written) => {
      for (const [name, data] of written) {
        const host = hosts.get(name);
        if (host === undefined) continue;
        host.data.set(data);
        replace(name, client.send(host));
      }
    },
    dispose: () => {
      for (const buffer of state.values()) client.free(buffer);
      for (const executable of executables) executable.dispose();
      state.clear();
    },
  };
}

function functionOf({ name: program, functions }: Program, name: string): Func {
  const func = functions.find((each) => each.name === name);
  if (func === undefined) throw new Error(`program ${program} has no function ${name}`);
  return func;
}

function compiled(client: Client, compile: Compile, program: Program, func: Func): Executable {
  const types = {
    parameters: func.parameters.map(({ value }) => value.type),
    results: func.results.map(({ value }) => value.type),
  };
  const text = printStablehlo(program, func.name, { donate: true });
  return compile(text, (loaded) => new Executable(client, loaded, types));
}

interface State {
  readonly state: ReadonlyMap<string, DeviceBuffer>;
  readonly replace: (name: string, buffer: DeviceBuffer) => void;
}

function stateOf(state: ReadonlyMap<string, DeviceBuffer>, name: string): DeviceBuffer {
  const buffer = state.get(name);
  if (buffer === undefined) throw new Error(`there is no state variable ${name}`);
  return buffer;
}

/** All of them on the device, or none. @throws BackendError */
function sendAll(client: Client, hosts: readonly Host[]): readonly DeviceBuffer[] {
  const sent: DeviceBuffer[] = [];
  try {
    for (const host of hosts) sent.push(client.send(host));
    return sent;
  } catch (error) {
    for (const buffer of sent) client.free(buffer);
    throw error;
  }
}

function callOf(client: Client, func: Func, executable: Executable, { state, replace }: State): Call {
  const hostFor = ({ value }: { readonly value: { readonly type: Host["type"] } }) => client.host(value.type);
  const inputs = feedsOf(func).map(hostFor);
  const outputs = outputsOf(func).map(hostFor);
  const run = (fed: readonly DeviceBuffer[]): readonly DeviceBuffer[] => {
    try {
      return executable.run([...func.reads.map((name) => stateOf(state, name)), ...fed]);
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
        for (const name of func.writes) replace(name, taken(results));
        for (const host of outputs) receive(client, taken(results), host);
      } finally {
        for (const buffer of results) client.free(buffer);
      }
    },
  };
}

function taken(results: DeviceBuffer[]): DeviceBuffer {
  const first = results.shift();
  if (first === undefined) throw new Error("a function has more results than it gave");
  return first;
}

function receive(client: Client, buffer: DeviceBuffer, host: Host): void {
  try {
    client.receive(buffer, host);
  } finally {
    client.free(buffer);
  }
}
