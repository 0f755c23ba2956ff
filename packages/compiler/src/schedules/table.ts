// Every schedule of the learning rate by name.

import { byName } from "@netwright/definitions";
import { cosine } from "./cosine.ts";
import { exponentialDecay } from "./exponential-decay.ts";

export const schedules = byName([cosine, exponentialDecay]);
