// A compiled function that several devices of a client run together: of each its lists of arguments and results, which are
// used again in every call.

import { at } from "@netwright/ir";
import type { Client, DeviceBuffer } from "./client.ts";
import type { Types } from "./executable.ts";
import { holdArgument, holdResults } from "./hold-types.ts";
import { Memory, type Struct } from "./memory.ts";

export class SharedExecutable {
  readonly #client: Client;
  readonly #pointer: number;
  readonly #types: Types;
  /** Of each device. */
  readonly #arguments: readonly Memory[];
  readonly #outputs: readonly Memory[];
  readonly #events: Memory;
  readonly #execute: Struct<"LoadedExecutable_Execute">;

  /**
   * For the first so many devices; `pointer` is of a loaded executable, which this is the owner of from now on, and destroys
   * where it throws.
   * @throws BackendError where its results are others
   */
  constructor(client: Client, pointer: number, types: Types, devices: number) {
    const { api } = client;
    const { native } = api;
    this.#client = client;
    this.#pointer = pointer;
    this.#types = types;
    try {
      holdResults(client, pointer, types.results);
    } catch (error) {
      this.dispose();
      throw error;
    }
    const lists = (entries: number) => Array.from({ length: devices }, () => new Memory(native, 8 * entries));
    this.#arguments = lists(types.parameters.length);
    this.#outputs = lists(types.results.length);
    this.#events = new Memory(native, 8 * devices);
    this.#execute = api.struct("LoadedExecutable_Execute", {
      executable: pointer,
      options: api.struct("ExecuteOptions"),
      arguments: listOf(native, this.#arguments),
      num_devices: devices,
      num_args: types.parameters.length,
      outputs: listOf(native, this.#outputs),
      complete_events: this.#events,
    });
  }

  /** Of each device its arguments; gives its results. @throws BackendError */
  run(given: readonly (readonly DeviceBuffer[])[]): readonly (readonly DeviceBuffer[])[] {
    const { api } = this.#client;
    given.forEach((buffers, device) => {
      buffers.forEach(({ pointer, type }, i) => {
        if (type !== this.#types.parameters[i]) holdArgument(type, this.#types.parameters[i], i);
        at(this.#arguments, device).set(8 * i, pointer);
      });
    });
    api.call("LoadedExecutable_Execute", this.#execute);
    const results = this.#outputs.map((list) =>
      this.#types.results.map((type, i) => ({ pointer: list.get(8 * i), type })),
    );
    const failures = this.#outputs.flatMap((_, device) => this.#failure(device));
    if (failures.length === 0) return results;
    // Each device has been waited for: nothing runs any more on what is freed here.
    for (const buffer of results.flat()) this.#client.free(buffer);
    throw at(failures, 0);
  }

  dispose(): void {
    this.#client.api.invoke("LoadedExecutable_Destroy", { executable: this.#pointer });
  }

  #failure(device: number): readonly unknown[] {
    try {
      this.#client.api.await(this.#events.get(8 * device));
      return [];
    } catch (error) {
      return [error];
    }
  }
}

/** A list of the addresses of lists, which it holds. */
function listOf(native: Client["api"]["native"], lists: readonly Memory[]): Memory {
  const list = new Memory(native, 8 * lists.length);
  lists.forEach((each, i) => {
    list.point(8 * i, each);
  });
  return list;
}
