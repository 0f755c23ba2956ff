// Sums and products of values: joins of branches, and what exporters write of a layer or an activation as several nodes.

import { withConstant } from "./affine.ts";
import { flowOf, together } from "./arrange.ts";
import { type Constant, constantOf } from "./constant.ts";
import { sameSizes } from "./layout.ts";
import { isAffine } from "./line-of.ts";
import { scaledBy } from "./lines.ts";
import { activated, gated } from "./multiples.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { normalized } from "./normal.ts";
import { onEach } from "./on-each.ts";
import { highway, parametric, sloped } from "./sums.ts";
import { type Flow, layerOf, partOf } from "./terms.ts";

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

export function reciprocal(c: NodeContext, x: Flow): Flow {
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
