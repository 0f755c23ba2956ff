// Embeddings of numbers: of each number of a row functions of its own, and weighted sums of these, number by number.

import { BEYOND_ALL } from "@netwright/definitions";
import { numberIn, weightIn } from "../../model/layers.ts";
import type { Name } from "../graph-builder.ts";
import { productOfEach } from "./members.ts";
import { type LayerContext, type LayerRule, placed, withActivation } from "./rule.ts";

/** Cosines of learnt frequencies. In the order in which Netwright multiplies: an angle is rounded as there. */
export const periodicEmbedding: LayerRule = (context) => {
  const { g, weight } = context;
  const turns = g.op("Mul", [
    apart(context),
    placed(context, "frequencies", weightIn(context, "frequencies")),
  ]);
  const angles = g.op("Mul", [turns, g.floats([2 * Math.PI], [])]);
  const phases = weight("phases");
  const waves =
    phases === null
      ? g.op("Concat", [g.op("Cos", [angles]), g.op("Sin", [angles])], { axis: -1 })
      : g.op("Cos", [g.op("Add", [angles, placed(context, "phases", phases)])]);
  return summed(context, waves);
};

/** How far a number has come through each bin; the first and the last go on beyond their ends. */
export const piecewiseLinearEmbedding: LayerRule = (context) => {
  const { g, args } = context;
  const bins = numberIn(args, "bins");
  const low = numberIn(args, "low");
  const width = (numberIn(args, "high") - low) / bins;
  const perBin = (numberOf: (bin: number) => number): Name =>
    g.floats(Array.from({ length: bins }, (_, bin) => numberOf(bin)));
  const from = g.op("Sub", [apart(context), perBin((bin) => low + bin * width)]);
  const shares = g.op("Div", [from, g.floats([width], [])]);
  const most = g.op("Max", [shares, perBin((bin) => (bin === 0 ? -BEYOND_ALL : 0))]);
  return summed(context, g.op("Min", [most, perBin((bin) => (bin === bins - 1 ? BEYOND_ALL : 1))]));
};

/** [rows, numbers] to [rows, numbers, 1]. */
function apart({ g, x }: LayerContext): Name {
  return g.op("Unsqueeze", [x, g.ints([-1])]);
}

/** Weighted sums of [rows, numbers, functions] side by side, and behind them the numbers where they are asked for. */
function summed(context: LayerContext, values: Name): Name {
  const { g, x, args, shape, output } = context;
  const sums = g.op("Add", [
    productOfEach(context, values, 2, "mixing"),
    placed(context, "offsets", weightIn(context, "offsets")),
  ]);
  const made = withActivation(context, "activation", sums);
  if (args["append"] !== true) return g.reshape(made, output);
  const [numbers = 0] = shape;
  const [width = 0] = output;
  return g.op("Concat", [g.reshape(made, [width - numbers]), x], { axis: -1 });
}
