// The reference backend passes its own kit, with equal bits: what goes through the contract (state out and in,
// pred as i32, programs, composites) gives what the interpreter gives.

import { describe, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { describeConformance } from "@netwright/conformance";
import { examplePrograms } from "netwright";
import { collectedHeap } from "./collected-heap.ts";

describeConformance(
  referenceBackend,
  { describe, test },
  { programs: examplePrograms(), heapBytes: collectedHeap },
);
