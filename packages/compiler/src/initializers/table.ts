// Every initializer by name.

import { byName } from "@netwright/definitions";
import { constant, zeros } from "./constant.ts";
import { varianceScaling } from "./variance-scaling.ts";

export const initializers = byName([...varianceScaling, zeros, constant]);
