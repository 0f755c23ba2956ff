// Every regularizer by name.

import { byName } from "@netwright/definitions";
import { l1, l1L2, l2 } from "./l1-l2.ts";

export const regularizers = byName([l1, l2, l1L2]);
