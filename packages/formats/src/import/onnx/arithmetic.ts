// Sums and products of values: joins of branches, and what exporters write of a layer or an activation as several nodes.

import type { Args } from "@netwright/definitions";
import { ACTIVATION_NAMES } from "../../model/layer-names.ts";
import { instanceOf } from "../foreign-model.ts";
import { isAffine, lineOf, near, onEach, TANH_GELU } from "./activations.ts";
import { scaledBy, withConstant } from "./affine.ts";
import { flowOf, together } from "./arrange.ts";
import { type Constant, constantOf } from "./constant.ts";
import { sameSizes } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { normalized } from "./normal.ts";
import { type Flow, layerOf, partOf, type Term } from "./terms.ts";

const add: NodeRule = (c) => {
  const [a, b] = [c.value(0), c.value(1)];
  if (b?.kind === "constant") return withConstant(c, c.flow(0), b, "add", c.isLast(0));
  if (a?.kind === "constant") return withConstant(c, c.flow(1), a, "add", c.isLast(1));
  return added(c, [c.flow(0), c.flow(1)]);
};

function added(c: NodeContext, given: readonly Flow[]): Flow {
  const flows = together(c, given);
  const [a, b] = flows;
  if (a === undefined) return misfit("has no inputs");
  if (b === undefined) return a;
  for (const [x, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const found =
      flows.length === 2 ? (highway(c, x, other) ?? parametric(c, x, other) ?? sloped(c, x, other)) : null;
    if (found !== null) return found;
  }
  // What Netwright has written of one layer is one layer again.
  const [before] = flows;
  const isOneLayer =
    c.file.isOwn &&
    before !== undefined &&
    layerOf(before.term, "add") !== null &&
    before.term.wanted === c.wanted();
  const terms = isOneLayer
    ? [...before.term.inputs, ...flows.slice(1).map(({ term }) => term)]
    : flows.map(({ term }) => term);
  return { ...a, term: c.layer("add", terms, a.term.shape) };
}

/** x + gate (made - x). */
function highway(c: NodeContext, x: Flow, other: Flow): Flow | null {
  if (layerOf(other.term, "multiply") === null) return null;
  for (const [gate, difference] of [other.term.inputs, other.term.inputs.toReversed()]) {
    if (gate === undefined || difference === undefined) continue;
    const apart = partOf(difference, "Sub");
    const [made] = difference.inputs;
    if (apart === null || made === undefined || difference.inputs[1] !== x.term) continue;
    const transform = gate.inputs[0];
    if (layerOf(gate, "sigmoid") === null || transform === undefined) continue;
    const gates = layerOf(transform, "dense");
    const isLinear = layerOf(made, "dense") !== null;
    const body = isLinear ? made : made.inputs[0];
    const dense = body === undefined ? null : layerOf(body, "dense");
    if (gates === null || dense === null || transform.inputs[0] !== x.term || body?.inputs[0] !== x.term)
      continue;
    const kernel = dense.weights.get("kernel");
    const turn = gates.weights.get("kernel");
    const offset = gates.weights.get("bias");
    if (kernel === undefined || turn === undefined || offset === undefined) continue;
    if (kernel.shape[0] !== kernel.shape[1] || turn.shape[0] !== turn.shape[1]) continue;
    const bias = dense.weights.get("bias");
    const activation = isLinear ? null : activationOf(made);
    if (!isLinear && activation === null) continue;
    const args: Args = {
      activation: activation ?? instanceOf("activation", "linear"),
      ...(bias === undefined ? { use_bias: false } : {}),
    };
    const weights = new Map([
      ["kernel", kernel],
      ["transform_kernel", turn],
      ...(bias === undefined ? [] : [["bias", bias] as const]),
      ["transform_bias", offset],
    ]);
    return { ...x, term: c.layer("highway", [x.term], x.term.shape, args, weights, body?.wanted) };
  }
  return null;
}

/** The activation that a layer is, as an argument. */
export function activationOf(term: Term) {
  const layer = layerOf(term);
  const known = ACTIVATION_NAMES.find((name) => name === layer?.layer);
  return layer === null || known === undefined ? null : instanceOf("activation", known, layer.args);
}

/** x + alpha (function(x) - x), with a share for each number of the last size. */
function parametric(c: NodeContext, x: Flow, other: Flow): Flow | null {
  const { meaning, inputs } = other.term;
  const [difference] = inputs;
  if (meaning.kind !== "affine" || difference === undefined || partOf(difference, "Sub") === null)
    return null;
  const [made] = difference.inputs;
  if (made === undefined || difference.inputs[1] !== x.term || made.inputs[0] !== x.term) return null;
  const own = activationOf(made);
  const width = x.term.shape.at(-1) ?? 1;
  const isPlain = meaning.offset.every((one) => one === 0) && meaning.centre.every((one) => one === 0);
  if (own === null || !isPlain) return null;
  const { scale } = meaning;
  const data = Float32Array.from(
    { length: width },
    (_, i) => (scale.length === 1 ? scale[0] : scale[i]) ?? 1,
  );
  const weights = new Map([["alpha", { shape: [width], data }]]);
  return {
    ...x,
    term: c.layer(
      "parametric_activation",
      [x.term],
      x.term.shape,
      { function: own },
      weights,
      other.term.wanted,
    ),
  };
}

/** relu, and below its threshold a line. */
function sloped(c: NodeContext, x: Flow, other: Flow): Flow | null {
  const relu = layerOf(x.term, "relu");
  const line = lineOf(other.term.meaning);
  const [held] = other.term.inputs;
  const part = held === undefined ? null : partOf(held, "Clip");
  const [input] = x.term.inputs;
  const [below] = held?.inputs ?? [];
  if (relu === null || line === null || line.b !== 0 || part?.numbers[1] !== 0 || below === undefined)
    return null;
  const threshold = relu.args["threshold"];
  const isSame =
    below === input ||
    (below.inputs[0] === input && typeof threshold === "number" && isAffine(below, 1, -threshold));
  if (!isSame || input === undefined || part.numbers[0] !== Number.NEGATIVE_INFINITY) return null;
  return onEach(c, { ...x, term: input }, "relu", { ...relu.args, negative_slope: line.a });
}

const sub: NodeRule = (c) => {
  const [a, b] = [c.value(0), c.value(1)];
  if (b?.kind === "constant") return withConstant(c, c.flow(0), b, "subtract", c.isLast(0));
  if (a?.kind === "constant") return withConstant(c, c.flow(1), a, "subtract from", false);
  const [x, mean] = [c.flow(0), c.flow(1)];
  const part = partOf(mean.term, "Mean");
  if (part?.flows[0]?.term === x.term && sameSizes(part.flows[0].axes, x.axes))
    return c.part("Centred", part.flows, part.flows[0], { numbers: part.numbers });
  const [first, second] = together(c, [x, mean]);
  if (first === undefined || second === undefined) return misfit("has no inputs");
  if (layerOf(second.term, "tanh") !== null && second.term.inputs[0] === first.term)
    return onEach(c, first, "tanh_shrink");
  return c.part("Sub", [first, second], first);
};

const mul: NodeRule = (c) => {
  const [a, b] = [c.value(0), c.value(1)];
  if (b?.kind === "constant") return withConstant(c, c.flow(0), b, "multiply", c.isLast(0));
  if (a?.kind === "constant") return withConstant(c, c.flow(1), a, "multiply", c.isLast(1));
  return multiplied(c, c.flow(0), c.flow(1));
};

function multiplied(c: NodeContext, first: Flow, second: Flow): Flow {
  const normal = normalized(c, first, second) ?? normalized(c, second, first);
  if (normal !== null) return normal;
  const [a, b] = together(c, [first, second]);
  if (a === undefined || b === undefined) return misfit("has no inputs");
  if (a.term === b.term) return squared(c, a);
  const found = activated(c, a, b) ?? activated(c, b, a) ?? gated(c, a, b) ?? gated(c, b, a);
  if (found !== null) return found;
  const isOneLayer = c.file.isOwn && layerOf(a.term, "multiply") !== null && a.term.wanted === c.wanted();
  const terms = isOneLayer ? [...a.term.inputs, b.term] : [a.term, b.term];
  return { ...a, term: c.layer("multiply", terms, a.term.shape) };
}

function squared(c: NodeContext, x: Flow): Flow {
  return c.part("Square", [x], x);
}

/** Activations that are x times something of x. */
function activated(c: NodeContext, x: Flow, other: Flow): Flow | null {
  const { term } = other;
  const [inside] = term.inputs;
  if (inside === undefined) return null;
  if (layerOf(term, "sigmoid") !== null && inside === x.term) return onEach(c, x, "swish");
  if (layerOf(term, "hard_sigmoid") !== null && inside === x.term) return onEach(c, x, "hard_swish");
  if (layerOf(term, "tanh") !== null && layerOf(inside, "softplus") !== null && inside.inputs[0] === x.term)
    return onEach(c, x, "mish");
  const held = partOf(term, "Clip");
  if (
    held?.numbers[0] === 0 &&
    held.numbers[1] === 6 &&
    isAffine(inside, 1, 3) &&
    inside.inputs[0] === x.term
  )
    return c.part("HardSwish6", [x], x);
  const reciprocal = partOf(term, "Reciprocal");
  if (reciprocal !== null && isAffine(inside, 1, 1)) {
    const [size] = inside.inputs;
    if (size !== undefined && partOf(size, "Abs") !== null && size.inputs[0] === x.term)
      return onEach(c, x, "softsign");
  }
  return gelu(c, x, other);
}

/** x (1 + erf(x / sqrt 2)) / 2, with the half at any place. */
function gelu(c: NodeContext, x: Flow, other: Flow): Flow | null {
  const line = lineOf(other.term.meaning);
  const [curve] = other.term.inputs;
  if (line === null || curve === undefined || !near(line.a, line.b)) return null;
  const [argument] = curve.inputs;
  if (argument === undefined) return null;
  const own = lineOf(x.term.meaning);
  const [base] = x.term.inputs;
  const candidates = [
    { input: x.term, by: 1 },
    ...(own !== null && own.b === 0 && base !== undefined ? [{ input: base, by: own.a }] : []),
  ];
  for (const { input, by } of candidates) {
    if (
      partOf(curve, "Erf") !== null &&
      isAffine(argument, Math.SQRT1_2, 0) &&
      argument.inputs[0] === input
    ) {
      const all = by * line.a;
      const over = { ...x, term: input };
      if (near(all, 0.5)) return onEach(c, over, "gelu");
      if (near(all, 1)) return c.part("GeluTwice", [over], over);
    }
    if (layerOf(curve, "tanh") !== null && isCubic(argument, input)) return misfit(TANH_GELU);
  }
  return null;
}

/** Whether the term is made of the cube of x, as the argument of the approximated gelu is. */
function isCubic(term: Term, x: Term): boolean {
  const open = [...term.inputs];
  for (let steps = 0; steps < 16; steps++) {
    const next = open.pop();
    if (next === undefined) return false;
    if (partOf(next, "Cube", "Square") !== null) return true;
    if (next !== x) open.push(...next.inputs);
  }
  return false;
}

/** a times what an activation makes of b, halves of one value. */
function gated(c: NodeContext, a: Flow, b: Flow): Flow | null {
  const activation = activationOf(b.term);
  const [half] = b.term.inputs;
  if (activation === null || half === undefined) return null;
  const [first, second] = [halfOf(a.term), halfOf(half)];
  if (first === null || second === null || first.of !== second.of || first.start !== 0 || second.start === 0)
    return null;
  const shape = a.term.shape;
  const term =
    activation.name === "swish" && Object.keys(activation.args).length === 0
      ? c.layer("swiglu", [first.of], shape)
      : c.layer("glu", [first.of], shape, activation.name === "sigmoid" ? {} : { activation });
  return { ...a, term };
}

/** Half of the last size of another value. */
function halfOf(term: Term): { readonly of: Term; readonly start: number } | null {
  const slice = layerOf(term, "slice");
  const [of] = term.inputs;
  const width = of?.shape.at(-1) ?? 0;
  if (slice === null || of === undefined || 2 * (term.shape.at(-1) ?? 0) !== width) return null;
  const { axis, start } = slice.args;
  return (axis === -1 || axis === of.shape.length) && typeof start === "number" ? { of, start } : null;
}

const div: NodeRule = (c) => {
  const [a, b] = [c.value(0), c.value(1)];
  if (b?.kind === "constant") return withConstant(c, c.flow(0), inverse(b), "multiply", c.isLast(0));
  const under = reciprocal(c, c.flow(1));
  if (a?.kind === "constant") return withConstant(c, under, a, "multiply", false);
  return multiplied(c, c.flow(0), under);
};

function inverse({ shape, data, name }: Constant): Constant {
  return constantOf(
    shape,
    Float64Array.from(data, (value) => 1 / value),
    true,
    name,
  );
}

function reciprocal(c: NodeContext, x: Flow): Flow {
  const [curve] = x.term.inputs;
  const [turned] = curve?.inputs ?? [];
  const [inner] = turned?.inputs ?? [];
  if (isAffine(x.term, 1, 1) && curve !== undefined && layerOf(curve, "exponential") !== null)
    if (turned !== undefined && inner !== undefined && isAffine(turned, -1, 0))
      return onEach(c, { ...x, term: inner }, "sigmoid");
  return c.part("Reciprocal", [x], x);
}

const pow: NodeRule = (c) => {
  const flow = c.flow();
  const [power] = c.constant(1).data;
  if (c.constant(1).data.length !== 1) return misfit("takes powers of several numbers");
  switch (power) {
    case 1:
      return flow;
    case 2:
      return squared(c, flow);
    case 3:
      return c.part("Cube", [flow], flow);
    case 0.5:
      return c.part("Sqrt", [flow], flow);
    case -0.5:
      return reciprocal(c, c.part("Sqrt", [flow], flow));
    case -1:
      return reciprocal(c, flow);
    default:
      return c.part("Pow", [flow], flow, { numbers: [power ?? 1] });
  }
};

const sum: NodeRule = (c) =>
  added(
    c,
    c.inputs.map((value) => flowOf(value)),
  );

const mean: NodeRule = (c) => {
  const all = sum(c);
  const flow = flowOf("kind" in all ? all : null);
  return scaledBy(c, flow, 1 / c.inputs.length);
};

export const arithmeticRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Add", add],
  ["Sub", sub],
  ["Mul", mul],
  ["Div", div],
  ["Neg", (c) => scaledBy(c, c.flow(), -1)],
  ["Pow", pow],
  ["Sum", sum],
  ["Mean", mean],
  ["Reciprocal", (c) => reciprocal(c, c.flow())],
]);
