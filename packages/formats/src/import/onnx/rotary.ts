// Pairs of numbers turned by their step, as Netwright writes it of queries and keys.

import { at } from "@netwright/definitions";
import { cosine, sine } from "@netwright/ir/numerics";
import { anglesOf } from "../../model/positions.ts";
import type { Constant } from "./constant.ts";
import { count } from "./layout.ts";
import type { NodeContext } from "./node-context.ts";
import { type Flow, layerOf, type Part, partOf, type Term } from "./terms.ts";

/** Pairs of numbers turned by their step, put together again: a part, of which attention knows. */
export function rotaryOf(c: NodeContext, flows: readonly Flow[]): Flow | null {
  const [left, right] = flows;
  if (left === undefined || right === undefined || flows.length !== 2) return null;
  const difference = partOf(left.term, "Sub");
  const sum = layerOf(right.term, "add");
  const [a, b] = left.term.inputs;
  const [d, e] = right.term.inputs;
  if (
    difference === null ||
    sum === null ||
    a === undefined ||
    b === undefined ||
    d === undefined ||
    e === undefined
  )
    return null;
  const parts = [a, b, d, e].map(partTimes);
  const [first, second, third, fourth] = parts;
  if (first == null || second == null || third == null || fourth == null) return null;
  // first cos - second sin, second cos + first sin.
  const isPaired = first.half === fourth.half && second.half === third.half;
  const [source] = first.half.flows;
  const model = difference.flows[0];
  if (!isPaired || source === undefined || source.term !== second.half.flows[0]?.term || model === undefined)
    return null;
  if (first.half.numbers[1] !== 0) return null;
  const steps = model.dims.at(-2) ?? [];
  const half = count(model.dims.at(-1) ?? []);
  const angles = anglesOf(count(steps), half, 2 * half, 10_000);
  const isTurn = (by: Constant, of: (angle: number) => number) =>
    by.data.length === angles.length &&
    by.data.every((value, i) => Math.abs(value - of(at(angles, i))) < 1e-5);
  if (
    !isTurn(first.by, cosine) ||
    !isTurn(third.by, cosine) ||
    !isTurn(second.by, sine) ||
    !isTurn(fourth.by, sine)
  )
    return null;
  return c.part("Rotary", [source], source);
}

interface Turned {
  readonly half: Part;
  readonly by: Constant;
}

function partTimes(term: Term): Turned | null {
  const part = partOf(term, "Turned");
  const [inside] = term.inputs;
  const half = inside === undefined ? null : partOf(inside, "Half");
  return part?.constant == null || half === null ? null : { half, by: part.constant };
}
