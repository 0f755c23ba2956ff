// What a model is made of: a row for each layer, totals, and what training and predicting take.

import { lower, nodeVariables } from "@netwright/compiler";
import { type Shape, some } from "@netwright/definitions";
import { bytesOf, findFunc, macsByLayer, type Program, peakBytes, sizeOf } from "@netwright/ir";
import { type Model, type ModelInput, type Node, placesOf, receptiveFields } from "@netwright/lang";
import { type CatalogOption, catalog, type FullCatalog } from "../catalog/catalog.ts";

export interface LayerRow {
  readonly name: string;
  readonly layer: string;
  /** Without the batch dimension. */
  readonly output: Shape;
  readonly parameters: number;
  /**
   * Places of the input that each number follows from, along steps, or height and width; `all` where it follows from all. Null without
   * such directions. Places beyond the input are padding.
   */
  readonly receptiveField: readonly number[] | "all" | null;
  /** Multiply-accumulates for one row. */
  readonly macs: number;
  /** Bytes of what it gives for one row. */
  readonly activations: number;
}

export interface Explanation {
  readonly name: string;
  readonly inputs: readonly ModelInput[];
  readonly layers: readonly LayerRow[];
  /** Of an ensemble inside the network, whose mean predicts; null for a single one. */
  readonly members: number | null;
  readonly totals: { readonly parameters: number; readonly macs: number; readonly activations: number };
  /** Bytes, estimated: all values that are alive at once, on one batch; `train` is null without a train section. */
  readonly memory: {
    /** Those that predict: averages in place of their weights. */
    readonly weights: number;
    readonly predict: number;
    readonly train: { readonly batch: number; readonly bytes: number } | null;
  };
}

/** Of a number, and of an index. */
const BYTES = 4;

export function explain(model: Model, { catalog: known = catalog }: CatalogOption = {}): Explanation {
  const { compiler: definitions } = known;
  const program = lower(model, { predict: [1], definitions });
  const predict = functionOf(program, "predict", 1);
  const macs = macsByLayer(program, predict);
  const fields = receptiveFields(model, known);
  const layers = model.nodes.map((node): LayerRow => {
    const field = fields.get(node.name) ?? null;
    return {
      name: node.name,
      layer: node.layer,
      output: node.type.shape,
      receptiveField: field === null || field === "all" ? field : placesOf(field),
      parameters: countParameters(node, known),
      macs: macs.get(node.name) ?? 0,
      activations: BYTES * sizeOf(node.type.shape),
    };
  });
  const total = (count: (row: LayerRow) => number) => layers.reduce((sum, row) => sum + count(row), 0);
  return {
    name: model.name,
    inputs: model.inputs,
    layers,
    members: some(model.outputs)[0].members ?? null,
    totals: {
      parameters: total((row) => row.parameters),
      macs: total((row) => row.macs),
      activations: total((row) => row.activations),
    },
    memory: {
      weights: program.state
        .filter(({ name }) => predict.reads.includes(name))
        .reduce((sum, { type }) => sum + bytesOf(type), 0),
      predict: peakBytes(predict),
      train: model.train === null ? null : trainingMemory(model, model.train.batch, known),
    },
  };
}

/** Numbers that the node keeps; none where it shares those of another. */
export function countParameters(node: Node, { compiler }: Pick<FullCatalog, "compiler"> = catalog): number {
  return nodeVariables(node, compiler).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function trainingMemory(model: Model, batch: number, { compiler: definitions }: FullCatalog) {
  const program = lower(model, { step: [batch], stepsPerEpoch: 1, definitions });
  return { batch, bytes: peakBytes(functionOf(program, "step", batch)) };
}

function functionOf(program: Program, kind: "predict" | "step", batch: number) {
  const func = findFunc(program, kind, batch);
  if (func === undefined) throw new Error(`the program has no ${kind} for ${batch} rows`);
  return func;
}
