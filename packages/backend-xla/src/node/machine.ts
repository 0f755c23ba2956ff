// A program on a client: its state stays on the device, each function is compiled when it is first called.

import { at, type Func, feedsOf, outputsOf, type Program, type TensorType } from "@netwright/ir";
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
      for (const [name, host] of hostsOf(client, program, written))
        held.slot(name).replace(client.send(host));
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

/** A variable on one device. */
export interface Slot {
  /** @throws BackendError where there is no room for it */
  readonly get: () => DeviceBuffer;
  readonly replace: (buffer: DeviceBuffer) => void;
}

/** All of the state on one device. */
export interface State {
  readonly slot: (name: string) => Slot;
  /** Copies. */
  readonly read: () => NamedTensors;
  readonly free: () => void;
}

/** All zeros at first, which are sent for whoever reads them: a training begins by writing all of it. */
export function stateOn(client: Client, { state }: Program, device = client.device): State {
  const held = new Map(state.map(({ name, type }) => [name, slotOn(client, type, device)]));
  return {
    slot: (name) => {
      const slot = held.get(name);
      if (slot === undefined) throw new Error(`there is no state variable ${name}`);
      return slot;
    },
    read: () => new Map([...held].map(([name, { get }]) => [name, client.read(get())])),
    free: () => {
      for (const { free } of held.values()) free();
    },
  };
}

function slotOn(client: Client, type: TensorType, device: number): Slot & { readonly free: () => void } {
  let held: DeviceBuffer | undefined;
  const set = (buffer: DeviceBuffer | undefined): void => {
    // One that was given away is gone from the device, and still has to be destroyed.
    const old = held;
    held = buffer;
    if (old !== undefined) client.free(old);
  };
  return {
    get: () => {
      held ??= client.send(client.host(type), device);
      return held;
    },
    replace: set,
    free: () => set(undefined),
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
  const [read, written] = [func.reads.map(state.slot), func.writes.map(state.slot)];
  const run = (fed: readonly DeviceBuffer[]): readonly DeviceBuffer[] => {
    try {
      return executable.run([...read.map((slot) => slot.get()), ...fed]);
    } finally {
      for (const buffer of fed) client.free(buffer);
    }
  };
  const begin = (): (() => void) => {
    const results = run(sendAll(client, inputs));
    // What stands before `next` has an owner; the rest is destroyed, whatever happens.
    let next = 0;
    const freeing = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        for (const buffer of results.slice(next)) client.free(buffer);
        throw error;
      }
    };
    freeing(() => {
      for (const slot of written) slot.replace(at(results, next++));
    });
    return () =>
      freeing(() => {
        for (const host of outputs) receive(client, at(results, next++), host);
      });
  };
  return {
    inputs: inputs.map(({ data }) => data),
    outputs: outputs.map(({ data }) => data),
    run: () => begin()(),
    ...(client.isAsynchronous && { begin }),
  };
}

export function receive(client: Client, buffer: DeviceBuffer, host: Host): void {
  try {
    client.receive(buffer, host);
  } finally {
    client.free(buffer);
  }
}
