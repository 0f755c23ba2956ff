// Every initializer by name.

import { byName } from "@netwright/definitions";
import { constant, ones, zeros } from "./constant.ts";
import { orthogonal } from "./orthogonal.ts";
import { randomNormal, randomSign, randomUniform } from "./random.ts";
import { varianceScaling } from "./variance-scaling.ts";

export const initializers = byName([
  ...varianceScaling,
  randomUniform,
  randomNormal,
  randomSign,
  orthogonal,
  zeros,
  ones,
  constant,
]);
