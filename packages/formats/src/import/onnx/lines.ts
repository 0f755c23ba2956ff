// Lines, (x - centre) scale + offset: several in a row are one, and some end an activation.

import { at } from "@netwright/definitions";
import { type Constant, scalar } from "./constant.ts";
import { isAffine, lineOf, near } from "./line-of.ts";
import { misfit, type NodeContext } from "./node-context.ts";
import { onEach } from "./on-each.ts";
import { type Affine, type Flow, layerOf, partOf, type Term } from "./terms.ts";

export type Operation = "add" | "subtract" | "multiply" | "subtract from";

/** One line for several in a row, and the layers that end with one. */
export function lineUp(
  c: NodeContext,
  flow: Flow,
  constant: Constant,
  operation: Operation,
  axis: number,
): Term {
  const { term } = flow;
  const values = Array.from(constant.data);
  const isAll = values.length === 1;
  const before = term.meaning.kind === "affine" && fits(term.meaning, isAll, axis) ? term.meaning : null;
  const [inside] = term.inputs;
  const from = before !== null && inside !== undefined ? inside : term;
  const line = next(
    before ?? { kind: "affine", axis, centre: [0], scale: [1], offset: [0] },
    values,
    operation,
  );
  const meaning = isAll ? line : { ...line, axis };
  const named = ending(c, { ...flow, term: from }, meaning);
  return named?.term ?? c.term(meaning, [from], from.shape);
}

function fits(line: Affine, isAll: boolean, axis: number): boolean {
  const isOfAll = line.centre.length === 1 && line.scale.length === 1 && line.offset.length === 1;
  return isAll || isOfAll || line.axis === axis;
}

function next(line: Affine, by: readonly number[], operation: Operation): Affine {
  const { centre, scale, offset } = line;
  const isStill = scale.every((one) => one === 1) && offset.every((one) => one === 0);
  switch (operation) {
    case "add":
      return { ...line, offset: pairs(offset, by, (a, b) => a + b) };
    case "subtract":
      return isStill
        ? { ...line, centre: pairs(centre, by, (a, b) => a + b) }
        : { ...line, offset: pairs(offset, by, (a, b) => a - b) };
    case "multiply":
      return {
        ...line,
        scale: pairs(scale, by, (a, b) => a * b),
        offset: pairs(offset, by, (a, b) => a * b),
      };
    case "subtract from":
      return {
        ...line,
        scale: scale.map((one) => -one),
        offset: pairs(by, offset, (a, b) => a - b),
      };
  }
}

function pairs(
  a: readonly number[],
  b: readonly number[],
  combine: (a: number, b: number) => number,
): readonly number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) =>
    combine(at(a, a.length === 1 ? 0 : i), at(b, b.length === 1 ? 0 : i)),
  );
}

/** A layer whose last step is a line of all numbers alike; null for a plain line. */
function ending(c: NodeContext, flow: Flow, meaning: Affine): Flow | null {
  const line = lineOf(meaning);
  if (line === null) return null;
  const { a, b } = line;
  const { term } = flow;
  const [x] = term.inputs;
  if (a === 1 && b === 0) return flow;
  if (x === undefined) return null;
  const over = (input: Term) => ({ ...flow, term: input });
  if (b === 0 && near(a, 0.5) && partOf(term, "GeluTwice") !== null) return onEach(c, over(x), "gelu");
  if (b === 0 && near(a, 1 / 6) && partOf(term, "HardSwish6") !== null)
    return onEach(c, over(x), "hard_swish");
  const held = partOf(term, "Clip");
  if (b === 0 && near(a, 1 / 6) && held?.numbers[0] === 0 && held.numbers[1] === 6) {
    const [inner] = x.inputs;
    if (inner !== undefined && isAffine(x, 1, 3)) return onEach(c, over(inner), "hard_sigmoid");
  }
  if (b === 0 && a === -1 && layerOf(term, "softplus") !== null && isAffine(x, -1, 0)) {
    const [inner] = x.inputs;
    if (inner !== undefined) return onEach(c, over(inner), "log_sigmoid");
  }
  const sum = layerOf(term, "add");
  if (sum !== null && b === 0) {
    const root = squareRootOf(term, a);
    if (root !== null) return onEach(c, over(root.x), "squareplus", { b: root.b });
    if (term.inputs.length > 1 && near(a, 1 / term.inputs.length))
      return { ...flow, term: c.layer("average", term.inputs, term.shape) };
  }
  return null;
}

/** x + sqrt(x^2 + b). */
function squareRootOf(term: Term, half: number): { readonly x: Term; readonly b: number } | null {
  if (!near(half, 0.5) || term.inputs.length !== 2) return null;
  for (const [x, other] of [term.inputs, term.inputs.toReversed()]) {
    if (x === undefined || other === undefined || partOf(other, "Sqrt") === null) continue;
    const [inside] = other.inputs;
    const line = inside === undefined ? null : lineOf(inside.meaning);
    const [square] = inside?.inputs ?? [];
    if (line === null || line.a !== 1 || square === undefined) continue;
    if (partOf(square, "Square") !== null && square.inputs[0] === x) return { x, b: line.b };
  }
  return null;
}

export function scaledBy(c: NodeContext, flow: Flow, by: number): Flow {
  if (by === 1) return flow;
  if (!Number.isFinite(by)) misfit("multiplies by what is no number");
  return { ...flow, term: lineUp(c, flow, scalar(by), "multiply", -1) };
}
