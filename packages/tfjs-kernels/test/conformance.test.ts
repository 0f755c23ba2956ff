import { describe, test } from "@jest/globals";
import { describeConformance } from "@netwright/conformance";
import { cpuBackend, cpuDevice } from "./cpu-backend.ts";

describeConformance(
  cpuBackend(),
  { describe, test },
  {
    memory: () => cpuDevice().backend.numDataIds(),
    // This backend adds products up in f64.
    tolerance: { accumulation: { absolute: 1e-5, relative: 1e-5 } },
  },
);
