// The network that is measured: 8-512-512-512-1, ReLU, MAE, Adam.

import { definitions } from "@netwright/compiler";
import { analyze } from "@netwright/lang";

const text =
  "netwright 1\nmodel {\n input(8)\n repeat 3 { dense(512, relu) }\n dense(1)\n}\n" +
  "train {\n optimizer: adam(0.001)\n loss: mae\n}\n";
const catalog = {
  layer: definitions.layer,
  // Older builds had all families but the layers in a table of their own.
  definitions: {
    ...(definitions.definitions ?? definitions),
    encoder: new Map([["zscore", { name: "zscore", doc: "", params: {} }]]),
    missing: new Map(),
    column: new Map(),
  },
  metrics: new Map(),
};
const host = { readFile: () => undefined, columns: () => undefined };
const { model: resolved, diagnostics } = analyze({ file: "bench.net", text }, { catalog, host });
if (resolved === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));

export const model = resolved;
/** Rows of the functions that a training of concrete.net has, with batches of 128. */
export const sizes = { step: [128, 81], evaluate: [155] };
