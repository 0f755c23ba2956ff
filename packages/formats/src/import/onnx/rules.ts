// What is read of each operation, by its domain and name.

import { activationRules } from "./activations.ts";
import { arithmeticRules } from "./arithmetic.ts";
import { attentionRules } from "./attention-operation.ts";
import { convolutionRules } from "./convolution.ts";
import { mlRules } from "./ml.ts";
import type { NodeRule } from "./node-context.ts";
import { normalRules } from "./normal-operations.ts";
import { productRules } from "./products.ts";
import { recurrentRules } from "./recurrent.ts";
import { reduceRules } from "./reduce.ts";
import { shapeRules } from "./shapes.ts";

export const nodeRules: ReadonlyMap<string, ReadonlyMap<string, NodeRule>> = new Map([
  [
    "",
    new Map([
      ...activationRules,
      ...arithmeticRules,
      ...attentionRules,
      ...convolutionRules,
      ...normalRules,
      ...productRules,
      ...recurrentRules,
      ...reduceRules,
      ...shapeRules,
    ]),
  ],
  ["ai.onnx.ml", mlRules],
]);
