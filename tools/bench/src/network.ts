// Three hidden layers of any width, and rows to train them on: the network of the benchmarks that look at sizes.

import type { Model } from "@netwright/lang";
import type { Batch } from "@netwright/runtime";
import { nodeFiles, openProject } from "netwright";

export const INPUTS = 8;
export const HIDDEN = 3;

/** ReLU, mean absolute error, Adam, as in the concrete example. */
export function networkOf(width: number): Model {
  const layers = [...Array.from({ length: HIDDEN }, () => `dense(${width}, relu)`), "dense(1)"];
  const model = `model {\n  input(${INPUTS})\n${layers.map((layer) => `  ${layer}`).join("\n")}\n}\n`;
  const text = `netwright 1\n\n${model}\ntrain {\n  loss: mae\n  optimizer: adam(learning_rate: 1e-3)\n}\n`;
  const project = openProject({ file: "sizes.net", text }, { files: nodeFiles() });
  if (project.model === undefined) throw new Error(`a model of width ${width} is broken:\n${text}`);
  return project.model;
}

/** Numbers between -1 and 1, always the same. */
export function rowsOf(rows: number): Batch {
  const numbers = (count: number) =>
    Float32Array.from({ length: count }, (_, i) => ((Math.imul(i + 1, 2654435761) >>> 8) & 2047) / 1024 - 1);
  return { rows, feeds: { x: numbers(rows * INPUTS), y: numbers(rows) } };
}

/** Multiplications and additions of the products of a step: forward, and backward but for the inputs' gradient. */
export function productFlops(width: number, batch: number): number {
  const hidden = (HIDDEN - 1) * width * width + width;
  return 2 * batch * (2 * INPUTS * width + 3 * hidden);
}
