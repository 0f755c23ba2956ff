// Models from text for the tests of the compiler, run on the reference backend.

import { referenceBackend } from "@netwright/backend-reference";
import { definitions, type LowerOptions, lower } from "@netwright/compiler";
import { dataDefinitions } from "@netwright/data";
import type { Catalog } from "@netwright/definitions";
import { print } from "@netwright/ir";
import { analyze, type Model, renderDiagnostics } from "@netwright/lang";
import { compile, type Executable } from "@netwright/runtime";

const catalog: Catalog = {
  layer: definitions.layer,
  definitions: {
    ...definitions,
    ...dataDefinitions,
  },
  metrics: new Map(),
};

export interface ModelText {
  /** What stands in the parentheses of `input`. */
  readonly input?: number | string;
  readonly flow: string;
  readonly train?: string;
  /** Lines before the model. */
  readonly params?: string;
}

/** The model of a flow; throws with the rendered diagnostics when the text is wrong. */
export function modelOf({
  input = 3,
  flow,
  train = "loss: mse\n optimizer: sgd",
  params = "",
}: ModelText): Model {
  const text = `netwright 1\n${params}\nmodel {\n input(${input})\n ${flow}\n}\ntrain {\n ${train}\n}\n`;
  const host = { readFile: () => undefined, columns: () => undefined };
  const { model, diagnostics, sources } = analyze({ file: "test.net", text }, { catalog, host });
  if (model === undefined) throw new Error(renderDiagnostics(diagnostics, sources));
  return model;
}

export function textOf(model: ModelText, sizes: LowerOptions = { step: [4], predict: [4] }): string {
  return print(lower(modelOf(model), sizes));
}

export async function compiled(model: ModelText, sizes: LowerOptions): Promise<Executable> {
  return compile(referenceBackend, lower(modelOf(model), sizes));
}

/** Numbers between -1 and 1 without pattern, the same every time. */
export function numbers(count: number, offset = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1 + offset) ** 1.3));
}
