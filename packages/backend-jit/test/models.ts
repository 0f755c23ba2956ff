// Programs from the text of a model, and batches for them.

import { definitions, type LowerOptions, lower } from "@netwright/compiler";
import { dataDefinitions } from "@netwright/data";
import type { Catalog } from "@netwright/definitions";
import type { Program } from "@netwright/ir";
import { analyze, renderDiagnostics } from "@netwright/lang";
import type { Batch } from "@netwright/runtime";

const catalog: Catalog = {
  layer: definitions.layer,
  definitions: {
    ...definitions,
    ...dataDefinitions,
  },
  metrics: new Map(),
};

export interface ModelText {
  /** As `input` takes them: `8`, or `20, 3`. */
  readonly inputs: number | string;
  readonly flow: string;
  readonly train: string;
}

/** Throws with the rendered diagnostics when the text is wrong. */
export function programOf({ inputs, flow, train }: ModelText, sizes: LowerOptions): Program {
  const text = `netwright 1\nmodel {\n input(${inputs})\n ${flow}\n}\ntrain {\n ${train}\n}\n`;
  const host = { readFile: () => undefined, columns: () => undefined };
  const { model, diagnostics, sources } = analyze({ file: "test.net", text }, { catalog, host });
  if (model === undefined) throw new Error(renderDiagnostics(diagnostics, sources));
  return lower(model, sizes);
}

/** Numbers between -1 and 1 without pattern, the same every time. */
export function numbers(count: number, offset = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1 + offset) ** 1.3));
}

export function batchOf(rows: number, inputs: number, outputs: number, offset = 0): Batch {
  const feeds = {
    x: numbers(rows * inputs, offset),
    y: numbers(rows * outputs, offset + 7),
    weight: numbers(rows, offset + 11),
  };
  return { rows, feeds };
}
