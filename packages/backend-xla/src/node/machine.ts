// A program on a client: its state stays on the device, each function is compiled when it is first called.

import { at, type Func, feedsOf, outputsOf, type Program } from "@netwright/ir";
import type { Call, Machine, NamedTensors } from "@netwright/runtime";
import { printStablehlo } from "@netwright/stablehlo";
import type { Client, DeviceBuffer, Host } from "./pjrt/client.ts";
import { Executable } from "./pjrt/executable.ts";

/** Gives the loaded executable of a module's text. */
export type Compile = (text: string) => number;

export interface MachineOptions {
  readonly compile: Compile;
  readonly threads: number;
}

export function machineOn(client: Client, program: Program, { compile, threads }: MachineOptions): Machine {
  const hosts = new Map(program.state.map(({ name, type }) => [name, client.host(type)]));
  const state = new Map([...hosts].map(([name, host]) => [name, client.send(host)]));
  const executables: Executable[] = [];
  const replace = (name: string, buffer: DeviceBuffer): void => {
    // One that was given away is gone from the device, and still has to be destroyed.
    const old = state.get(name);
    if (old !== undefined) client.free(old);
    state.set(name, buffer);
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
  const pointer = compile(printStablehlo(program, func.name, { donate: true }));
  return new Executable(client, pointer, {
    parameters: func.parameters.map(({ value }) => value.type),
    results: func.results.map(({ value }) => value.type),
  });
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

function ran(
  executable: Executable,
  given: readonly DeviceBuffer[],
  after: () => void,
): readonly DeviceBuffer[] {
  try {
    return executable.run(given);
  } finally {
    after();
  }
}

function callOf(client: Client, func: Func, executable: Executable, { state, replace }: State): Call {
  const hostFor = ({ value }: { readonly value: { readonly type: Host["type"] } }) => client.host(value.type);
  const inputs = feedsOf(func).map(hostFor);
  const outputs = outputsOf(func).map(hostFor);
  return {
    inputs: inputs.map(({ data }) => data),
    outputs: outputs.map(({ data }) => data),
    run: () => {
      const fed = inputs.map((host) => client.send(host));
      const results = ran(executable, [...func.reads.map((name) => stateOf(state, name)), ...fed], () => {
        for (const buffer of fed) client.free(buffer);
      });
      func.writes.forEach((name, i) => {
        replace(name, at(results, i));
      });
      outputs.forEach((host, i) => {
        const buffer = at(results, func.writes.length + i);
        client.receive(buffer, host);
        client.free(buffer);
      });
    },
  };
}
