// The table of all rules for a threshold. A new one is a file beside this one and a line here.

import { type ByName, byName } from "@netwright/definitions";
import { best } from "./best.ts";
import { cost } from "./cost.ts";
import type { Threshold } from "./threshold.ts";

export const thresholds: ByName<Threshold> = byName([best, cost]);
