import { describe, test } from "@jest/globals";
import { nativeBackend } from "@netwright/backend-native";
import { describeConformance } from "@netwright/conformance";
import { examplePrograms } from "netwright";
import { declaredGaps } from "./declared-gaps.ts";
import { describeWithLibrary } from "./with-library.ts";

describeWithLibrary("conformance", () => {
  describeConformance(nativeBackend, { describe, test }, { declaredGaps, programs: examplePrograms() });
});
