// Activations: those that are one operation of ONNX, and those that exporters write as several, found from the last of them back.

import type { Args } from "@netwright/definitions";
import type { ActivationName } from "../../model/layer-names.ts";
import { alongAxes, placed } from "./arrange.ts";
import { count, hasRows } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { type Flow, layerOf, type Part, partOf, type Term } from "./terms.ts";

/** A layer that works number by number: its numbers lie where those of its input do. */
export function onEach(c: NodeContext, flow: Flow, layer: ActivationName, args: Args = {}): Flow {
  return { ...flow, term: c.layer(layer, [flow.term], flow.term.shape, args) };
}

const plain =
  (layer: ActivationName): NodeRule =>
  (c) =>
    onEach(c, c.flow(), layer);

/** Nearly: constants of exporters are rounded, some of them twice. */
export function near(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) <= 2e-6 * Math.max(1, Math.abs(b));
}

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

/** x held between two numbers. It stays a part, as it may be one of a hard_swish; `finish` makes a layer of it. */
export function clipped(c: NodeContext, flow: Flow, least: number, most: number): Flow {
  const before = partOf(flow.term, "Clip");
  if (before !== null) {
    const [from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY] = before.numbers;
    return clipped(c, innerOf(flow, before), Math.max(from, least), Math.min(to, most));
  }
  if (least === 0 && most === Number.POSITIVE_INFINITY) return onEach(c, flow, "relu");
  const [x] = flow.term.inputs;
  const above = layerOf(flow.term, "relu");
  if (
    above !== null &&
    above.args["max_value"] === undefined &&
    x !== undefined &&
    most > 0 &&
    most < Number.POSITIVE_INFINITY
  )
    if (least <= 0) return onEach(c, { ...flow, term: x }, "relu", { ...above.args, max_value: most });
  if (least === 0 && most === 1 && x !== undefined && isAffine(flow.term, 1 / 6, 0.5))
    return onEach(c, { ...flow, term: x }, "hard_sigmoid");
  return c.part("Clip", [flow], flow, { numbers: [least, most] });
}

/** The flow that a part of one flow is made of, with the numbers where those of the part are. */
export function innerOf(flow: Flow, part: Part): Flow {
  const [first] = part.flows;
  return first === undefined ? flow : { ...flow, term: first.term };
}

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
  // A list of channels, as PyTorch has it, is along the second size.
  const isChannels =
    slope.shape.length === 1 && flow.dims.length > 2 && count(flow.dims[1] ?? []) === slope.data.length;
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

/** log(exp(x) + 1), and the log of a softmax. */
const log: NodeRule = (c) => {
  const flow = c.flow();
  const { inputs } = flow.term;
  if (isAffine(flow.term, 1, 1)) {
    const [inside] = inputs;
    const x = inside === undefined ? null : layerOf(inside, "exponential") === null ? null : inside.inputs[0];
    if (x !== null && x !== undefined) return onEach(c, { ...flow, term: x }, "softplus");
  }
  if (layerOf(flow.term, "softmax") !== null && inputs[0] !== undefined)
    return onEach(c, { ...flow, term: inputs[0] }, "log_softmax");
  return c.part("Log", [flow], flow);
};

/** Whether it is a x + b of two numbers. */
export function isAffine({ meaning }: Term, a: number, b: number): boolean {
  const line = lineOf(meaning);
  return line !== null && near(line.a, a) && near(line.b, b);
}

/** a x + b, where all numbers are treated alike. */
export function lineOf(meaning: Term["meaning"]): { readonly a: number; readonly b: number } | null {
  if (meaning.kind !== "affine" || meaning.centre.length + meaning.scale.length + meaning.offset.length !== 3)
    return null;
  const [centre = 0, a = 1, offset = 0] = [meaning.centre[0], meaning.scale[0], meaning.offset[0]];
  return { a, b: offset - centre * a };
}

const sqrt: NodeRule = (c) => {
  const flow = c.flow();
  return c.part("Sqrt", [flow], flow);
};

const identity: NodeRule = (c) => c.flow();

/** Where it predicts, it does nothing; kept for those who train on. */
const dropout: NodeRule = (c) => {
  const flow = c.flow();
  const rate = c.node.attributes.get("ratio")?.float ?? c.optional(1)?.data[0] ?? 0.5;
  if (!(rate > 0 && rate < 1)) return flow;
  return { ...flow, term: c.layer("dropout", [flow.term], flow.term.shape, { rate }) };
};

/** Two constants and a condition of the value itself: relu with a threshold, sparse_plus, a share that is no number. */
const where: NodeRule = (c) => {
  const [condition, a, b] = [c.value(0), c.value(1), c.value(2)];
  if (condition?.kind === "constant") {
    // Of attention: what a step does not see.
    const x = c.flow(1);
    const instead = c.constant(2);
    return c.part("Masked", [x], x, { constant: condition, numbers: Array.from(instead.data.slice(0, 1)) });
  }
  const test = c.flow(0);
  const isMissing = partOf(test.term, "IsNaN");
  if (
    isMissing !== null &&
    b?.kind === "flow" &&
    a?.kind === "constant" &&
    isMissing.flows[0]?.term === b.term
  )
    return b;
  if (a?.kind === "flow" && b?.kind === "constant") {
    const [instead] = b.data;
    const above = partOf(test.term, "Greater");
    if (above !== null && instead === 0 && above.flows[0]?.term === a.term)
      return onEach(c, a, "relu", { threshold: above.numbers[0] ?? 0 });
  }
  if (a?.kind === "flow" && b?.kind === "flow") {
    const from = partOf(test.term, "GreaterOrEqual");
    if (from !== null && from.numbers[0] === 1 && from.flows[0]?.term === a.term && isBend(b.term, a.term))
      return onEach(c, a, "sparse_plus");
  }
  return misfit("chooses by a condition that is none of an activation of Netwright");
};

/** (clip(x, -1, 1) + 1)^2 / 4. */
function isBend(term: Term, x: Term): boolean {
  const [square] = term.inputs;
  if (!isAffine(term, 0.25, 0) || square === undefined) return false;
  const product = partOf(square, "Square");
  const [next] = product === null ? [] : square.inputs;
  const [held] = next === undefined || !isAffine(next, 1, 1) ? [] : next.inputs;
  const part = held === undefined ? null : partOf(held, "Clip");
  return part !== null && held?.inputs[0] === x && part.numbers[0] === -1 && part.numbers[1] === 1;
}

/** A comparison with a number. */
const compare: NodeRule = (c) => {
  const flow = c.flow();
  const other = c.constant(1);
  const [only] = other.data;
  if (only === undefined || other.data.some((value) => value !== only))
    return misfit("compares with several numbers");
  return c.part(c.op, [flow], flow, { numbers: [only] });
};

/** min and max with a number; of flows they are no layer. */
const extreme: NodeRule = (c) => {
  const flows = c.inputs.filter((value) => value?.kind === "flow");
  const numbers = c.inputs.flatMap((value) => (value?.kind === "constant" ? [value] : []));
  const [flow] = flows;
  if (flow?.kind !== "flow" || flows.length > 1 || numbers.length === 0)
    return misfit("takes the greatest or least of several values, which no layer of Netwright does");
  const all = numbers.flatMap(({ data }) => Array.from(data));
  if (all.some((value) => value !== all[0])) return misfit("holds each number within another bound");
  const bound = all[0] ?? 0;
  return c.op === "Max"
    ? clipped(c, flow, bound, Number.POSITIVE_INFINITY)
    : clipped(c, flow, Number.NEGATIVE_INFINITY, bound);
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
