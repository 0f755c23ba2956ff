// A value held between two numbers.

import { isAffine } from "./line-of.ts";
import type { NodeContext } from "./node-context.ts";
import { onEach } from "./on-each.ts";
import { type Flow, layerOf, type Part, partOf } from "./terms.ts";

/** x held between two numbers. It stays a part, as it may be one of a hard_swish; `finish` makes a layer of it. */
export function clipped(c: NodeContext, flow: Flow, least: number, most: number): Flow {
  const before = partOf(flow.term, "Clip");
  if (before !== null) {
    const [from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY] = before.numbers;
    return clipped(c, innerOf(flow, before), Math.max(from, least), Math.min(to, most));
  }
  if (least === Number.NEGATIVE_INFINITY && most === Number.POSITIVE_INFINITY) return flow;
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
