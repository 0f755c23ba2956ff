// The whole kit, with equal bits: the backend says that it is deterministic.

import { describe, test } from "@jest/globals";
import { jitBackend } from "@netwright/backend-jit";
import { describeConformance } from "@netwright/conformance";
import { examplePrograms } from "netwright";

describeConformance(
  jitBackend,
  { describe, test },
  {
    programs: examplePrograms(),
    // The program's memory is one ArrayBuffer, outside of the heap.
    heapBytes: () => process.memoryUsage().arrayBuffers,
  },
);
