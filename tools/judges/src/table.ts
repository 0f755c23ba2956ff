// All judges, in the order in which they are heard.

import type { Judge } from "./judge.ts";
import { arm } from "./judges/arm.ts";
import { jax } from "./judges/jax.ts";
import { jpmml } from "./judges/jpmml.ts";
import { keras } from "./judges/keras.ts";
import { kerasImport } from "./judges/keras-import.ts";
import { libreoffice } from "./judges/libreoffice.ts";
import { onnx } from "./judges/onnx.ts";
import { onnxImport } from "./judges/onnx-import.ts";
import { safetensors } from "./judges/safetensors.ts";
import { sources } from "./judges/sources.ts";
import { sqlJudges } from "./judges/sql.ts";
import { stablehlo } from "./judges/stablehlo.ts";
import { tfjs } from "./judges/tfjs.ts";
import { xlaOnNode } from "./judges/xla-on-node.ts";

export const JUDGES: readonly Judge[] = [
  stablehlo,
  xlaOnNode,
  jax,
  onnx,
  keras,
  tfjs,
  safetensors,
  sources,
  arm,
  ...sqlJudges,
  libreoffice,
  jpmml,
  kerasImport,
  onnxImport,
];
