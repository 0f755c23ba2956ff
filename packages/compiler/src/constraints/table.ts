// Every constraint by name.

import { byName } from "@netwright/definitions";
import { maxNorm } from "./max-norm.ts";
import { nonNeg } from "./non-neg.ts";

export const constraints = byName([maxNorm, nonNeg]);
