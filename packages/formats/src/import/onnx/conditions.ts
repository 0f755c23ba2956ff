// Conditions and bounds: a choice by a comparison of the value itself, the greatest and the least.

import { clipped } from "./clip.ts";
import { isAffine } from "./line-of.ts";
import { misfit, type NodeRule } from "./node-context.ts";
import { onEach } from "./on-each.ts";
import { layerOf, partOf, type Term } from "./terms.ts";

/** Two constants and a condition of the value itself: relu with a threshold, sparse_plus, a share that is no number. */
export const where: NodeRule = (c) => {
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
    // Above so much the softplus of a number is the number.
    const far = partOf(test.term, "Greater");
    if ((far?.numbers[0] ?? 0) >= 16 && far?.flows[0]?.term === a.term && isSoftplus(b.term, a.term))
      return b;
    const from = partOf(test.term, "GreaterOrEqual");
    if (from !== null && from.numbers[0] === 1 && from.flows[0]?.term === a.term && isBend(b.term, a.term))
      return onEach(c, a, "sparse_plus");
  }
  return misfit("chooses by a condition that is none of an activation of Netwright");
};

function isSoftplus(term: Term, x: Term): boolean {
  return layerOf(term, "softplus") !== null && term.inputs[0] === x;
}

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
export const compare: NodeRule = (c) => {
  const flow = c.flow();
  const other = c.constant(1);
  const [only] = other.data;
  if (only === undefined || other.data.some((value) => value !== only))
    return misfit("compares with several numbers");
  return c.part(c.op, [flow], flow, { numbers: [only] });
};

/** min and max with a number; of flows they are no layer. */
export const extreme: NodeRule = (c) => {
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
