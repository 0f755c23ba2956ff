import { describe, test } from "@jest/globals";
import { wasmBackend } from "@netwright/backend-wasm";
import { describeConformance } from "@netwright/conformance";
import { examplePrograms } from "netwright";
import { heapBytes, wasmInstance } from "./helpers.ts";

describeConformance(
  wasmBackend,
  { describe, test },
  {
    programs: examplePrograms(),
    memory: () => wasmInstance().numDataIds(),
    heapBytes,
  },
);
