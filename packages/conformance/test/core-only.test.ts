// A backend with kernels for core operations alone passes the whole kit: derived operations and composites reach it
// as what they mean. It runs the kernels of the reference, so each derived operation's decomposition is held to the
// bits of its kernel there, and the other way round.

import { describe, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { describeConformance } from "@netwright/conformance";
import { isDerived } from "@netwright/ir";
import type { Backend } from "@netwright/runtime";

const coreOnly: Backend = {
  ...referenceBackend,
  supports: (op) => (isDerived(op) || op.name === "composite" ? "there is no kernel for it" : true),
  load: async (program) => {
    const body = program.functions.flatMap((func) => func.body);
    const found = body.find((op) => coreOnly.supports(op) !== true);
    if (found !== undefined) throw new Error(`${found.name} has reached the backend`);
    return referenceBackend.load(program);
  },
};

describeConformance(coreOnly, { describe, test });
