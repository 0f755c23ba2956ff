import { describe, test } from "@jest/globals";
import { createXlaBackend } from "@netwright/backend-xla";
import { describeConformance } from "@netwright/conformance";
import { examplePrograms } from "netwright";
import { declaredGaps } from "./declared-gaps.ts";
import { describeWithPlugin } from "./with-plugin.ts";

// Compiling takes nearly all of the time, once for each generated shape.
const RUNS = 3;

describeWithPlugin("conformance", () => {
  describeConformance(
    createXlaBackend({ keep: false }),
    { describe, test },
    { declaredGaps, programs: examplePrograms(), runs: RUNS },
  );
});
