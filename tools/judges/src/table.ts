// All judges, in the order in which they are heard.

import type { Judge } from "./judge.ts";
import { jax } from "./judges/jax.ts";
import { onnx } from "./judges/onnx.ts";
import { sqlJudges } from "./judges/sql.ts";
import { stablehlo } from "./judges/stablehlo.ts";
import { xlaOnNode } from "./judges/xla-on-node.ts";

export const JUDGES: readonly Judge[] = [stablehlo, xlaOnNode, jax, onnx, ...sqlJudges];
