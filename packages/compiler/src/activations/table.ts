// Every activation by name.

import { byName } from "@netwright/definitions";
import { celu } from "./celu.ts";
import { elu } from "./elu.ts";
import { exponential } from "./exponential.ts";
import { gelu } from "./gelu.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";
import { hardSwish } from "./hard-swish.ts";
import { hardTanh } from "./hard-tanh.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { linear } from "./linear.ts";
import { logSigmoid } from "./log-sigmoid.ts";
import { logSoftmax } from "./log-softmax.ts";
import { mish } from "./mish.ts";
import { relu } from "./relu.ts";
import { relu6 } from "./relu6.ts";
import { selu } from "./selu.ts";
import { hardShrink, softShrink } from "./shrinks.ts";
import { sigmoid } from "./sigmoid.ts";
import { softmax } from "./softmax.ts";
import { softplus } from "./softplus.ts";
import { softsign } from "./softsign.ts";
import { sparsePlus } from "./sparse-plus.ts";
import { squareplus } from "./squareplus.ts";
import { swish } from "./swish.ts";
import { tanh } from "./tanh.ts";
import { tanhShrink } from "./tanh-shrink.ts";

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
  relu6,
  celu,
  hardSwish,
  hardTanh,
  tanhShrink,
  hardShrink,
  softShrink,
  logSigmoid,
  logSoftmax,
  squareplus,
  sparsePlus,
]);
