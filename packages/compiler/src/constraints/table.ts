// Every constraint by name.

import { byName } from "@netwright/definitions";
import { maxNorm } from "./max-norm.ts";
import { minMaxNorm } from "./min-max-norm.ts";
import { nonNeg } from "./non-neg.ts";
import { unitNorm } from "./unit-norm.ts";

export const constraints = byName([maxNorm, nonNeg, unitNorm, minMaxNorm]);
