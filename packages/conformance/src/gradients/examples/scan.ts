// Gradient examples of scan: through the carries, the sequences and the value for all steps.

import { tensorOf } from "@netwright/backend-reference";
import { tensor } from "@netwright/ir";
import { scanAttributes, scanBody } from "../../cases/scan.ts";
import { between } from "../../values/smooth-tensor.ts";
import type { GradientExample } from "./example.ts";

const type = tensor("f32", [2]);

export const scanExamples: readonly GradientExample<"scan">[] = [
  {
    variant: "four steps",
    application: {
      operands: [
        between(-1, 1, [2], 1),
        tensorOf(tensor("i32"), [1]),
        between(-1, 1, [4, 2], 2),
        tensorOf(tensor("i32", [4]), [1, 2, 3, 4]),
        between(-1, 1, [2], 3),
      ],
      attributes: scanAttributes(type, 4),
      functions: [scanBody(type)],
    },
  },
];
