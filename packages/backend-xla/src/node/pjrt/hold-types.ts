// What a plugin is given and gives is of the types that a function has: it looks at sizes alone.

import { formatType, type TensorType } from "@netwright/ir";
import { BackendError } from "@netwright/runtime";
import { BACKEND_NAME } from "../../error.ts";
import type { Client } from "./client.ts";
import { ELEMENT_TYPES } from "./layout.ts";

const OURS = "This is a mistake of Netwright or of the plugin: please tell us.";

/** `loaded`: of a loaded executable. @throws BackendError where its results are others */
export function holdResults({ api }: Client, loaded: number, results: readonly TensorType[]): void {
  const executable = api.invoke("LoadedExecutable_GetExecutable", { loaded }).get("executable");
  try {
    const count = api.invoke("Executable_NumOutputs", { executable }).get("num_outputs");
    const found = api.invoke("Executable_OutputElementTypes", { executable });
    const types = count === 0 ? [] : new Int32Array(api.native.read(found.get("output_types"), 4 * count));
    const isRight =
      count === results.length && results.every(({ dtype }, i) => types[i] === ELEMENT_TYPES[dtype]);
    if (!isRight) throw new BackendError(BACKEND_NAME, "a compiled program gives other results", OURS);
  } finally {
    if (api.has("Executable_Destroy")) api.invoke("Executable_Destroy", { executable });
  }
}

/** @throws BackendError where the types differ */
export function holdArgument(given: TensorType, expected: TensorType | undefined, place: number): void {
  if (expected !== undefined && formatType(given) === formatType(expected)) return;
  throw new BackendError(
    BACKEND_NAME,
    `argument ${place} is ${formatType(given)}, expected ${expected === undefined ? "none" : formatType(expected)}`,
    OURS,
  );
}
