// A compiled function on the client's device: its lists of arguments and results, which are used again in every call.

import { formatType, type TensorType } from "@netwright/ir";
import { BackendError } from "@netwright/runtime";
import { BACKEND_NAME } from "../../error.ts";
import type { Client, DeviceBuffer } from "./client.ts";
import { ELEMENT_TYPES } from "./layout.ts";
import { Memory, type Struct } from "./memory.ts";

const OURS = "This is a mistake of Netwright or of the plugin: please tell us.";

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
  constructor(
    client: Client,
    pointer: number,
    types: { readonly parameters: readonly TensorType[]; readonly results: readonly TensorType[] },
  ) {
    const { api } = client;
    const { native } = api;
    this.#client = client;
    this.#pointer = pointer;
    this.#parameters = types.parameters.map((type) => client.one(type));
    this.#results = types.results.map((type) => client.one(type));
    try {
      this.#holdResults();
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
      const expected = this.#parameters[i];
      if (type !== expected) throw unlike(`argument ${i}`, type, expected);
      this.#arguments.set(8 * i, pointer);
    });
    this.#client.api.call("LoadedExecutable_Execute", this.#execute);
    return this.#results.map((type, i) => ({ pointer: this.#outputs.get(8 * i), type }));
  }

  dispose(): void {
    this.#client.api.invoke("LoadedExecutable_Destroy", { executable: this.#pointer });
  }

  #holdResults(): void {
    const { api } = this.#client;
    const executable = api
      .invoke("LoadedExecutable_GetExecutable", { loaded: this.#pointer })
      .get("executable");
    try {
      const count = api.invoke("Executable_NumOutputs", { executable }).get("num_outputs");
      const found = api.invoke("Executable_OutputElementTypes", { executable });
      const types = count === 0 ? [] : new Int32Array(api.native.read(found.get("output_types"), 4 * count));
      const isRight =
        count === this.#results.length &&
        this.#results.every(({ dtype }, i) => types[i] === ELEMENT_TYPES[dtype]);
      if (!isRight) throw new BackendError(BACKEND_NAME, "a compiled program gives other results", OURS);
    } finally {
      if (api.has("Executable_Destroy")) api.invoke("Executable_Destroy", { executable });
    }
  }
}

function unlike(what: string, given: TensorType, expected: TensorType | undefined): BackendError {
  const wanted = expected === undefined ? "none" : formatType(expected);
  return new BackendError(BACKEND_NAME, `${what} is ${formatType(given)}, expected ${wanted}`, OURS);
}
