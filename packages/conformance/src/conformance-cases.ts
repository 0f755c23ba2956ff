// All cases of the kit, in the order in which a new backend wants to see them: single operations first.

import { fusedCases, opCases } from "./cases/table.ts";
import { initCases } from "./contract/init-cases.ts";
import { lifecycleCases } from "./contract/lifecycle-cases.ts";
import { stateCases } from "./contract/state-cases.ts";
import { gradientCases } from "./gradients/gradient-cases.ts";
import type { Case, ConformanceOptions } from "./kit/case.ts";
import { givenPrograms } from "./programs/given-programs.ts";
import { programCases } from "./programs/program-cases.ts";
import { memoryCase } from "./training/memory-case.ts";
import { trainingCases } from "./training/training-cases.ts";

/** The same options give the same cases. */
export function conformanceCases(options: ConformanceOptions = {}): Case[] {
  return [
    ...opCases(options),
    ...fusedCases(options),
    ...programCases(options),
    ...gradientCases(options),
    ...stateCases(),
    ...initCases(options),
    ...lifecycleCases(),
    ...trainingCases(options),
    ...givenPrograms(options),
    memoryCase(options),
  ];
}
