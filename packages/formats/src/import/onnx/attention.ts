// Attention, of the products, shares and projections that exporters write, or as the operation of opset 23.

import type { Constant } from "./constant.ts";
import { before, headsOf, projectionOf, scaledBy } from "./heads.ts";
import { type Size, shapeOf } from "./layout.ts";
import { lineOf } from "./line-of.ts";
import { misfit, type NodeContext } from "./node-context.ts";
import { type Attention, type Flow, layerOf, partOf, type Term } from "./terms.ts";

/** The product of two values: shares of attention, or what it takes by them. */
export function attended(c: NodeContext, a: Flow, b: Flow): Flow {
  if (layerOf(a.term, "softmax") !== null) {
    const made = attention(c, a, b);
    if (made !== null) return made;
    return misfit("is a product of two values that is no attention that Netwright has");
  }
  const lead = a.dims.slice(0, -1);
  const columns = b.dims.at(-1) ?? [];
  const dims = [...lead, columns];
  return c.part("MatMul", [a, b], { dims, axes: axesOf(dims) });
}

function axesOf(dims: readonly Size[]): readonly Size[] {
  return dims.map((size) => size.filter(({ isRows }) => !isRows)).filter((size) => size.length > 0);
}

/** What holds the scores before their shares: a scale, and which steps are not seen. */
interface Scores {
  readonly query: Flow;
  readonly key: Flow;
  readonly scale: number;
  readonly causal: boolean;
}

function scoresIn(given: Term): Scores | null {
  let [term, scale, causal] = [given, 1, false];
  for (let steps = 0; steps < 6; steps++) {
    const product = partOf(term, "MatMul");
    const [query, key] = product?.flows ?? [];
    if (query !== undefined && key !== undefined) return { query, key, scale, causal };
    const mask = partOf(term, "MaskAdd", "Masked");
    const line = lineOf(term.meaning);
    const [inside] = term.inputs;
    if (inside === undefined) return null;
    if (mask?.constant != null) {
      const areTruths = mask.op === "Masked";
      if (areTruths && !mask.numbers.every((value) => isHidden(value * scale)))
        return misfit("puts numbers in the place of scores that do not hide them, which is no attention");
      const sees = stepsSeen(mask.constant, areTruths, scale);
      if (sees === null)
        return misfit("sees other steps than all or those before, which `multi_head_attention` does not");
      if (sees === "before") causal = true;
    } else if (line !== null && line.b === 0) scale *= line.a;
    else return null;
    term = inside;
  }
  return null;
}

/** The greatest score whose share is 0 beside any that occurs. */
const isHidden = (score: number) => score <= -1e4;

/**
 * The steps that a mask lets each step see: all of them, or itself and those before it; null for any others. A mask has numbers that
 * are added, 0 or far below it after `scale`, or truth values of what is seen.
 */
export function stepsSeen({ shape, data }: Constant, areTruths: boolean, scale = 1): "all" | "before" | null {
  const isSeen = (value: number) => (areTruths ? value !== 0 : value === 0);
  if (!areTruths && !data.every((value) => value === 0 || isHidden(value * scale))) return null;
  if (data.every(isSeen)) return "all";
  const [steps, keys] = shape.slice(-2);
  if (steps === undefined || steps !== keys) return null;
  const isBefore = data.every((value, i) => isSeen(value) === i % keys <= Math.floor(i / keys) % steps);
  return isBefore ? "before" : null;
}

function attention(c: NodeContext, shares: Flow, value: Flow): Flow | null {
  const [softmax] = shares.term.inputs;
  const scores = softmax === undefined ? null : scoresIn(softmax);
  if (scores === null) return null;
  const { query, key, causal } = scores;
  // [..., keys, numbers], as the value has it.
  const turned = { ...key, dims: [...key.dims.slice(0, -2), key.dims.at(-1) ?? [], key.dims.at(-2) ?? []] };
  const q = headsOf(query);
  const k = headsOf(turned);
  const v = headsOf(value);
  if (q === null || k === null || v === null) return null;
  if (q.kept !== q.heads || k.kept !== v.kept || k.heads !== q.heads || v.heads !== q.heads) return null;
  const [asked, looked] = [before(q.term), before(k.term)];
  if (asked.isTurned !== looked.isTurned) return null;
  const by = scores.scale * asked.by * looked.by * Math.sqrt(q.numbers);
  const meaning: Attention = {
    kind: "attention",
    heads: q.heads,
    shared: k.kept,
    causal,
    rotary: asked.isTurned,
    query: scaledBy(projectionOf(asked.term, q.width), by),
    key: projectionOf(looked.term, k.width),
    value: projectionOf(v.term, v.width),
  };
  const heads: Size = q.head;
  const last = value.dims.at(-1) ?? [];
  const steps = query.dims.at(-2) ?? [];
  const axes = [steps, [...heads, ...last]];
  const inputs = [...new Set([meaning.query.input, meaning.key.input, meaning.value.input])];
  const term = c.term(meaning, inputs, shapeOf(axes));
  return { kind: "flow", term, axes, dims: [...query.dims.slice(0, -1), last] };
}
