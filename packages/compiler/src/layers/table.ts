// Every layer by name: the layers proper, then each activation under its own name.

import { byName } from "@netwright/definitions";
import { activation, activationLayers } from "./activation.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import { add, average, concat, multiply } from "./joins.ts";

export const layers = byName([
  dense,
  activation,
  dropout,
  flatten,
  concat,
  add,
  average,
  multiply,
  ...activationLayers,
]);
