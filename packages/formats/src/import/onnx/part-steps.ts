// Parts that stand alone as layers, one after the other, where there are any that do the same.

import { at } from "@netwright/definitions";
import type { FloatTensor } from "../../model/layouts.ts";
import type { ForeignLayer, ForeignLayerName } from "../foreign-model.ts";
import { headed, withBiases } from "./attention-layer.ts";
import { partsOfMean } from "./global-pooling.ts";
import type { Factor } from "./layout.ts";
import type { Affine, Part, Term, Weights } from "./terms.ts";

interface Step {
  readonly layer: ForeignLayerName;
  readonly args: ForeignLayer["args"];
  readonly weights?: Weights;
  /** In place of the inputs of the term; `null` is the step before. */
  readonly inputs?: readonly (Term | null)[];
}

/** Layers one after the other that do what the term does; null where there are none. */
export function stepsOf(term: Term): readonly Step[] | null {
  const { meaning } = term;
  if (meaning.kind === "affine") return lineSteps(meaning, term.shape);
  if (meaning.kind === "attention") {
    const made = headed(
      (own, inputs, shape, wanted = term.wanted) => ({
        meaning: own,
        inputs,
        shape,
        wanted,
        place: term.place,
      }),
      meaning,
      null,
      term.shape[0] ?? 1,
      term.wanted,
    );
    if (made.meaning.kind !== "layer") return null;
    return [
      {
        layer: "multi_head_attention",
        args: {
          ...made.meaning.args,
          ...(made.meaning.weights.has("query_bias") ? {} : { use_bias: false }),
        },
        weights: withBiases(made.meaning.weights),
        inputs: made.inputs,
      },
    ];
  }
  return meaning.kind === "part" ? partSteps(term, meaning) : null;
}

function partSteps(term: Term, { op, flows, numbers }: Part): readonly Step[] | null {
  switch (op) {
    case "Clip":
      return clipSteps(numbers[0] ?? Number.NEGATIVE_INFINITY, numbers[1] ?? Number.POSITIVE_INFINITY);
    case "Square":
      return [{ layer: "multiply", args: {}, inputs: [...term.inputs, ...term.inputs] }];
    case "Cube":
      return [{ layer: "multiply", args: {}, inputs: [...term.inputs, ...term.inputs, ...term.inputs] }];
    case "Sub": {
      const [a, b] = term.inputs;
      if (a === undefined || b === undefined) return null;
      return [
        { layer: "rescaling", args: { centre: [0], by: [-1], inverse: true }, inputs: [b] },
        { layer: "add", args: {}, inputs: [a, null] },
      ];
    }
    case "HardSwish6":
      return [{ layer: "hard_swish", args: {} }, times(6)];
    case "GeluTwice":
      return [{ layer: "gelu", args: {} }, times(2)];
    case "Mean":
    case "Greatest": {
      const [flow] = flows;
      if (flow === undefined) return null;
      const gone = new Set<Factor>(numbers.flatMap((d) => flow.dims[d] ?? []));
      const directions = partsOfMean(flow, gone);
      if (directions === null) return null;
      const kind = op === "Mean" ? "average" : "max";
      const keepdims = term.shape.length > 1;
      return [{ layer: `global_${kind}_pooling${directions}d`, args: keepdims ? { keepdims } : {} }];
    }
    default:
      return null;
  }
}

const times = (by: number): Step => ({ layer: "rescaling", args: { centre: [0], by: [by], inverse: true } });

function clipSteps(least: number, most: number): readonly Step[] {
  if (least === 0)
    return [most === 6 ? { layer: "relu6", args: {} } : { layer: "relu", args: { max_value: most } }];
  if (least === -1 && most === 1) return [{ layer: "hard_tanh", args: {} }];
  const shift = (centre: number, by = 1): Step => ({
    layer: "rescaling",
    args: { centre: [centre], by: [by], inverse: true },
  });
  // At most: what is left above it is turned around.
  if (least === Number.NEGATIVE_INFINITY)
    return [shift(most, -1), { layer: "relu", args: {} }, shift(most, -1)];
  const args = most === Number.POSITIVE_INFINITY ? {} : { max_value: most - least };
  return [shift(-least), { layer: "relu", args }, shift(least)];
}

function lineSteps({ axis, centre, scale, offset }: Affine, shape: readonly number[]): readonly Step[] {
  const lengths = [centre, scale, offset].map(({ length }) => length);
  const isLast = lengths.every((length) => length === 1) || axis === shape.length - 1 || axis === -1;
  if (!isLast) return [alongAxis({ kind: "affine", axis, centre, scale, offset }, shape)];
  const width = Math.max(...lengths);
  const of = (list: readonly number[], i: number) => at(list, list.length === 1 ? 0 : i);
  const places = Array.from({ length: width }, (_, i) => i);
  const isPlain = centre.every((one) => one === 0);
  const hasNone = scale.some((one) => one === 0);
  if ((isPlain && offset.some((one) => one !== 0)) || hasNone) {
    const moved = isPlain ? offset : places.map((i) => of(offset, i) - of(centre, i) * of(scale, i));
    return [
      { layer: "rescaling", args: { centre: moved.map(settled), by: scale.map(settled), inverse: true } },
    ];
  }
  const isStill = offset.every((one) => one === 0);
  const from = isStill ? centre : places.map((i) => of(centre, i) - of(offset, i) / of(scale, i));
  return [
    {
      layer: "rescaling",
      args: { centre: from.map(settled), by: scale.map((one) => settled(1 / one)), inverse: false },
    },
  ];
}

/** The f32 that a number comes of, where it is next to one. */
function settled(value: number): number {
  const short = Math.fround(value);
  return Math.abs(short - value) <= 1e-14 * Math.abs(value) ? short : value;
}

/** As batch normalisation along another size than the last, with a variance of 1. */
function alongAxis({ axis, centre, scale, offset }: Affine, shape: readonly number[]): Step {
  const width = shape[axis] ?? 1;
  const list = (values: readonly number[]): FloatTensor => ({
    shape: [width],
    data: Float32Array.from({ length: width }, (_, i) => at(values, values.length === 1 ? 0 : i)),
  });
  return {
    layer: "batch_norm",
    args: { axis: axis + 1 },
    weights: new Map([
      ["gamma", list(scale)],
      ["beta", list(offset)],
      ["moving_mean", list(centre)],
      ["moving_variance", list([1 - EPSILON])],
    ]),
  };
}

/** The default of `batch_norm`. */
const EPSILON = 0.001;

export function whyNot(part: Part | null): string {
  switch (part?.op) {
    case "Reversed":
      return "goes backwards and gives its steps in the order of the file: put together with a layer that goes forward it is `bidirectional`, alone it is no layer of Netwright";
    case "state of the cell":
      return "gives the state of its cells, which the layers of Netwright keep for themselves";
    case "Masked":
    case "MaskAdd":
      return "puts other numbers in the place of some, which Netwright has within attention alone";
    case "MatMul":
      return "is a product of two values of the network, which Netwright has within attention alone";
    default:
      return "is an operation that Netwright has no layer of, neither alone nor with those around it";
  }
}
