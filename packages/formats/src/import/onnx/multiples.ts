// Products that are one activation or a gate.

import { TANH_GELU } from "./activations.ts";
import { isAffine, lineOf, near } from "./line-of.ts";
import { misfit, type NodeContext } from "./node-context.ts";
import { onEach } from "./on-each.ts";
import { activationOf } from "./sums.ts";
import { type Flow, layerOf, partOf, type Term } from "./terms.ts";

/** Activations that are x times something of x. */
export function activated(c: NodeContext, x: Flow, other: Flow): Flow | null {
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
export function gated(c: NodeContext, a: Flow, b: Flow): Flow | null {
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
