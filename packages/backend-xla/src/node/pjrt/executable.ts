// A compiled function on the client's device: its lists of arguments and results, which are used again in every call.

import type { TensorType } from "@netwright/ir";
import type { Client, DeviceBuffer } from "./client.ts";
import { holdArgument, holdResults } from "./hold-types.ts";
import { Memory, type Struct } from "./memory.ts";

/** What a function takes and gives, on each device. */
export interface Types {
  readonly parameters: readonly TensorType[];
  readonly results: readonly TensorType[];
}

export class Executable {
  readonly #client: Client;
  readonly #pointer: number;
  readonly #parameters: readonly TensorType[];
  readonly #results: readonly TensorType[];
  readonly #arguments: Memory;
  readonly #outputs: Memory;
  readonly #options: Struct<"ExecuteOptions">;
  readonly #execute: Struct<"LoadedExecutable_Execute">;

  /**
   * `pointer`: of a loaded executable, which this is the owner of from now on, and destroys where it throws.
   * @throws BackendError where its results are others
   */
  constructor(client: Client, pointer: number, types: Types) {
    const { api } = client;
    const { native } = api;
    this.#client = client;
    this.#pointer = pointer;
    this.#parameters = types.parameters;
    this.#results = types.results;
    try {
      holdResults(client, pointer, types.results);
    } catch (error) {
      this.dispose();
      throw error;
    }
    // Behind each list its own address: the list of the lists of all devices, of which there is one.
    const [inputs, outputs] = [8 * types.parameters.length, 8 * types.results.length];
    this.#arguments = new Memory(native, inputs + 8);
    this.#outputs = new Memory(native, outputs + 8);
    this.#arguments.set(inputs, this.#arguments.address);
    this.#outputs.set(outputs, this.#outputs.address);
    this.#options = api.struct("ExecuteOptions");
    this.#execute = api.struct("LoadedExecutable_Execute", {
      executable: pointer,
      options: this.#options,
      arguments: this.#arguments.address + inputs,
      num_devices: 1,
      num_args: types.parameters.length,
      outputs: this.#outputs.address + outputs,
    });
  }

  /** @throws BackendError */
  run(given: readonly DeviceBuffer[]): readonly DeviceBuffer[] {
    given.forEach(({ pointer, type }, i) => {
      // The plugin looks at sizes alone: numbers of another kind would be taken for what they are not.
      if (type !== this.#parameters[i]) holdArgument(type, this.#parameters[i], i);
      this.#arguments.set(8 * i, pointer);
    });
    this.#client.api.call("LoadedExecutable_Execute", this.#execute);
    return this.#results.map((type, i) => ({ pointer: this.#outputs.get(8 * i), type }));
  }

  dispose(): void {
    this.#client.api.invoke("LoadedExecutable_Destroy", { executable: this.#pointer });
  }
}
