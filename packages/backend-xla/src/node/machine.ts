// A program on a client: its state stays on the device, each function is compiled when it is first called.

import { at, type Func, feedsOf, outputsOf, type Program } from "@netwright/ir";
import type { Call, Machine } from "@netwright/runtime";
import { printStablehlo } from "@netwright/stablehlo";
import type { Client, DeviceBuffer, Host } from "./pjrt/client.ts";
import { Executable } from "./pjrt/executable.ts";

/** Gives what `take` makes of the loaded executable of a module's text. */
export type Compile = <T>(text: string, take: (loaded: number) => T) => T;

export interface MachineOptions {
  readonly compile: Compile;
  readonly threads: number;
}

export function machineOn(client: Client, program: Program, { compile, threads }: MachineOptions): Machine {
  const types = new Map(program.state.map(({ name, type }) => [name, type]));
  const state = new Map<string, DeviceBuffer>();
  const executables: Executable[] = [];
  const replace = (name: string, buffer: DeviceBuffer): void => {
    // One that was given away is gone from the device, and still has to be destroyed.
    const old = state.get(name);
    state.set(name, buffer);
    if (old !== undefined) client.free(old);
  };
  /** All zeros at first, which are sent to whoever reads them: a training begins by writing all of it. */
  const current = (name: string): DeviceBuffer => {
    const known = state.get(name);
    if (known !== undefined) return known;
    const type = types.get(name);
    if (type === undefined) throw new Error(`there is no state variable ${name}`);
    const zeros = client.send(client.host(type));
    state.set(name, zeros);
    return zeros;
  };
  return {
    threads,
    call: (name) => {
      const func = functionOf(program, name);
      const executable = compiled(client, compile, program, func);
      executables.push(executable);
      return callOf(client, func, executable, { current, replace });
    },
    readState: () => new Map([...types.keys()].map((name) => [name, client.read(current(name))])),
    writeState: (written) => {
      for (const [name, data] of written) {
        const type = types.get(name);
        if (type === undefined) continue;
        const host = client.host(type);
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
  /** @throws BackendError where there is no room for it */
  readonly current: (name: string) => DeviceBuffer;
  readonly replace: (name: string, buffer: DeviceBuffer) => void;
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

function callOf(client: Client, func: Func, executable: Executable, { current, replace }: State): Call {
  const hostFor = ({ value }: { readonly value: { readonly type: Host["type"] } }) => client.host(value.type);
  const inputs = feedsOf(func).map(hostFor);
  const outputs = outputsOf(func).map(hostFor);
  const run = (fed: readonly DeviceBuffer[]): readonly DeviceBuffer[] => {
    try {
      return executable.run([...func.reads.map(current), ...fed]);
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
        for (const name of func.writes) replace(name, at(results, next++));
        for (const host of outputs) receive(client, at(results, next++), host);
      } finally {
        for (const buffer of results.slice(next)) client.free(buffer);
      }
    },
  };
}

function receive(client: Client, buffer: DeviceBuffer, host: Host): void {
  try {
    client.receive(buffer, host);
  } finally {
    client.free(buffer);
  }
}
