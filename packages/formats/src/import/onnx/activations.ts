// Activations: those that are one operation of ONNX, and those that exporters write as several, found from the last of them back.

import type { Args } from "@netwright/definitions";
import type { ActivationName } from "../../model/layer-names.ts";
import { alongAxes, placed } from "./arrange.ts";
import { clipped } from "./clip.ts";
import { compare, extreme, where } from "./conditions.ts";
import { count, hasRows } from "./layout.ts";
import { isAffine, near } from "./line-of.ts";
import { misfit, type NodeRule } from "./node-context.ts";
import { onEach } from "./on-each.ts";
import { layerOf } from "./terms.ts";

const plain =
  (layer: ActivationName): NodeRule =>
  (c) =>
    onEach(c, c.flow(), layer);

/** Over one size, which becomes the last. */
const overOne =
  (layer: "softmax" | "log_softmax"): NodeRule =>
  (c) => {
    const flow = c.flow();
    const rank = flow.dims.length;
    const stated = c.int("axis", c.opset < 13 ? 1 : -1);
    const axis = stated < 0 ? stated + rank : stated;
    const over = flow.dims[axis] ?? misfit(`is told of a size ${stated}, and its input has ${rank}`);
    if (hasRows(over)) return misfit("goes over the rows, of which each is predicted by itself");
    // Before opset 13 it was over all sizes from there on.
    if (c.opset < 13 && flow.dims.slice(axis + 1).some((size) => count(size) > 1))
      return misfit("goes over several sizes together");
    const last = flow.axes.at(-1) ?? [];
    if (flow.axes.length > 0 && last.length === over.length && over.every((one) => last.includes(one)))
      return onEach(c, flow, layer);
    const others = flow.dims.flatMap((size, d) => (d === axis || hasRows(size) ? [] : [d]));
    return onEach(c, placed(c, flow, [...others, axis]), layer);
  };

const clip: NodeRule = (c) => {
  const bound = (name: string, input: number, none: number) => {
    const attribute = c.node.attributes.get(name);
    if (attribute !== undefined) return attribute.float;
    return c.optional(input)?.data[0] ?? none;
  };
  return clipped(
    c,
    c.flow(),
    bound("min", 1, Number.NEGATIVE_INFINITY),
    bound("max", 2, Number.POSITIVE_INFINITY),
  );
};

const hardSigmoid: NodeRule = (c) => {
  const [alpha, beta] = [c.float("alpha", 0.2), c.float("beta", 0.5)];
  if (near(alpha, 1 / 6) && near(beta, 0.5)) return onEach(c, c.flow(), "hard_sigmoid");
  const flow = c.flow();
  const moved = c.term(
    { kind: "affine", axis: -1, centre: [0], scale: [alpha], offset: [beta] },
    [flow.term],
    flow.term.shape,
  );
  return onEach(c, { ...flow, term: moved }, "relu", { max_value: 1 });
};

const selu: NodeRule = (c) => {
  const isStandard = near(c.float("alpha", 1.6732632), 1.6732632) && near(c.float("gamma", 1.0507), 1.0507);
  return isStandard ? onEach(c, c.flow(), "selu") : misfit("has constants that are not those of selu");
};

const gelu: NodeRule = (c) => {
  if (c.text("approximate", "none") !== "none") return misfit(TANH_GELU);
  return onEach(c, c.flow(), "gelu");
};

export const TANH_GELU =
  'is the gelu that is approximated by tanh, which differs by up to 5e-4 from that of erf, the one that Netwright has: export with `approximate="none"`';

export const TRAINING = "works as it does while training: export the model for inference";

const shrink: NodeRule = (c) => {
  const [threshold, bias] = [c.float("lambd", 0.5), c.float("bias", 0)];
  if (bias === 0) return onEach(c, c.flow(), "hard_shrink", { threshold });
  return near(bias, threshold)
    ? onEach(c, c.flow(), "soft_shrink", { threshold })
    : misfit("shrinks by another number than its threshold");
};

const prelu: NodeRule = (c) => {
  const flow = c.flow();
  const slope = c.constant(1);
  const [only] = slope.data;
  if (slope.data.every((value) => value === only) && only !== undefined && only >= 0 && !c.file.isOwn)
    return onEach(c, flow, "leaky_relu", { negative_slope: only });
  // A list is along the last size; one of channels, which does not fit there, along the second.
  const isChannels =
    slope.shape.length === 1 &&
    flow.dims.length > 2 &&
    count(flow.dims.at(-1) ?? []) !== slope.data.length &&
    count(flow.dims[1] ?? []) === slope.data.length;
  const shaped = isChannels
    ? { ...slope, shape: [slope.data.length, ...flow.dims.slice(2).map(() => 1)] }
    : slope;
  const along = alongAxes(shaped, flow);
  const shared = along.shape.flatMap((size, axis) =>
    size === 1 && (flow.term.shape[axis] ?? 1) > 1 ? [axis + 1] : [],
  );
  const args: Args =
    shared.length === 0 ? {} : { shared_axes: shared.length === 1 ? (shared[0] ?? 1) : shared };
  const alpha = { shape: along.shape, data: Float32Array.from(along.data) };
  return {
    ...flow,
    term: c.layer("prelu", [flow.term], flow.term.shape, args, new Map([["alpha", alpha]]), c.wanted(slope)),
  };
};

const unaryPart: NodeRule = (c) => {
  const flow = c.flow();
  return c.part(c.op, [flow], flow);
};

/** log(exp(x) + 1), and the log of a softmax or a sigmoid. */
const log: NodeRule = (c) => {
  const flow = c.flow();
  const { inputs } = flow.term;
  if (isAffine(flow.term, 1, 1)) {
    const [inside] = inputs;
    const x = inside === undefined ? null : layerOf(inside, "exponential") === null ? null : inside.inputs[0];
    if (x !== null && x !== undefined) return onEach(c, { ...flow, term: x }, "softplus");
  }
  for (const [share, layer] of [
    ["softmax", "log_softmax"],
    ["sigmoid", "log_sigmoid"],
  ] as const)
    if (layerOf(flow.term, share) !== null && inputs[0] !== undefined)
      return onEach(c, { ...flow, term: inputs[0] }, layer);
  return c.part("Log", [flow], flow);
};

const sqrt: NodeRule = (c) => {
  const flow = c.flow();
  return c.part("Sqrt", [flow], flow);
};

const identity: NodeRule = (c) => c.flow();

/** Where it predicts, it does nothing; kept for those who train on. */
const dropout: NodeRule = (c) => {
  const flow = c.flow();
  if (c.optional(2)?.data[0] === 1) return misfit(TRAINING);
  const rate = c.node.attributes.get("ratio")?.float ?? c.optional(1)?.data[0] ?? 0.5;
  if (!(rate > 0 && rate < 1)) return flow;
  return { ...flow, term: c.layer("dropout", [flow.term], flow.term.shape, { rate }) };
};

export const activationRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Identity", identity],
  ["Relu", plain("relu")],
  ["Elu", (c) => onEach(c, c.flow(), "elu", { alpha: c.float("alpha", 1) })],
  ["Celu", (c) => onEach(c, c.flow(), "celu", { alpha: c.float("alpha", 1) })],
  ["Selu", selu],
  ["Sigmoid", plain("sigmoid")],
  ["Tanh", plain("tanh")],
  ["Gelu", gelu],
  [
    "LeakyRelu",
    (c) => {
      const negative_slope = c.float("alpha", 0.01);
      return negative_slope >= 0
        ? onEach(c, c.flow(), "leaky_relu", { negative_slope })
        : misfit("has a slope below 0, which `leaky_relu` has not");
    },
  ],
  ["Softplus", plain("softplus")],
  ["Softsign", plain("softsign")],
  ["Mish", plain("mish")],
  [
    "Swish",
    (c) =>
      c.float("alpha", 1) === 1
        ? onEach(c, c.flow(), "swish")
        : misfit("multiplies inside of its sigmoid, which `swish` does not"),
  ],
  ["Exp", plain("exponential")],
  ["HardSigmoid", hardSigmoid],
  ["HardSwish", plain("hard_swish")],
  ["ThresholdedRelu", (c) => onEach(c, c.flow(), "relu", { threshold: c.float("alpha", 1) })],
  ["Softmax", overOne("softmax")],
  ["LogSoftmax", overOne("log_softmax")],
  ["Shrink", shrink],
  ["PRelu", prelu],
  ["Clip", clip],
  ["Min", extreme],
  ["Max", extreme],
  ["Erf", unaryPart],
  ["Abs", unaryPart],
  ["IsNaN", unaryPart],
  ["Sqrt", sqrt],
  ["Log", log],
  ["Where", where],
  ["Greater", compare],
  ["GreaterOrEqual", compare],
  ["Dropout", dropout],
]);
