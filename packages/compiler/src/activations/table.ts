// Every activation by name.

import { byName } from "@netwright/definitions";
import { elu } from "./elu.ts";
import { exponential } from "./exponential.ts";
import { gelu } from "./gelu.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { linear } from "./linear.ts";
import { mish } from "./mish.ts";
import { relu } from "./relu.ts";
import { selu } from "./selu.ts";
import { sigmoid } from "./sigmoid.ts";
import { softmax } from "./softmax.ts";
import { softplus } from "./softplus.ts";
import { softsign } from "./softsign.ts";
import { swish } from "./swish.ts";
import { tanh } from "./tanh.ts";

export const activations = byName([
  relu,
  elu,
  selu,
  swish,
  sigmoid,
  tanh,
  gelu,
  leakyRelu,
  softplus,
  softsign,
  mish,
  exponential,
  hardSigmoid,
  softmax,
  linear,
]);
