import { describe, test } from "@jest/globals";
import { wasmBackend } from "@netwright/backend-wasm";
import { describeConformance } from "@netwright/conformance";
import { heapBytes, wasmInstance } from "./helpers.ts";

describeConformance(
  wasmBackend,
  { describe, test },
  {
    memory: () => wasmInstance().numDataIds(),
    heapBytes,
  },
);
