// The operation `Attention` of opset 23.

import { at } from "@netwright/definitions";
import { stepsSeen } from "./attention.ts";
import { before, headsOf, projectionOf, scaledBy } from "./heads.ts";
import { count, hasRows, reshaped, type Size, shapeOf } from "./layout.ts";
import { misfit, type NodeRule } from "./node-context.ts";
import type { Attention, Flow } from "./terms.ts";

const READ: ReadonlySet<string> = new Set([
  "q_num_heads",
  "kv_num_heads",
  "scale",
  "is_causal",
  "softmax_precision",
]);

/** The operation of opset 23, of [rows, steps, heads x numbers] or [rows, heads, steps, numbers]. */
const attentionRule: NodeRule = (c) => {
  for (const [name, { int, float }] of c.node.attributes)
    if (!READ.has(name) && (int !== 0 || float !== 0))
      return misfit(`has \`${name}\`, which \`multi_head_attention\` has not`);
  const mask = c.optional(3);
  const sees = mask === null ? "all" : stepsSeen(mask, !mask.isFloat);
  if (sees === null || c.value(4) !== null || c.value(5) !== null)
    return misfit("has a mask or a past, which `multi_head_attention` has not");
  const flows = [c.flow(0), c.flow(1), c.flow(2)];
  const heads = [c.int("q_num_heads", 0), c.int("kv_num_heads", 0), c.int("kv_num_heads", 0)];
  const isFlat = flows.every(({ dims }) => dims.length === 3);
  const apart = flows.map((flow, i) => (isFlat ? inHeads(flow, at(heads, i)) : flow));
  const [q, k, v] = apart.map((flow) => (flow === null ? null : headsOf(flow)));
  if (q == null || k == null || v == null)
    return misfit("takes queries, keys and values in an order that is not read");
  const [asked, looked] = [before(q.term), before(k.term)];
  if (asked.isTurned || looked.isTurned) return misfit("turns its queries in a way that is not read");
  const stated = c.float("scale", 0);
  const by = stated === 0 ? 1 : stated * Math.sqrt(q.numbers);
  const meaning: Attention = {
    kind: "attention",
    heads: q.heads,
    shared: k.heads,
    causal: c.int("is_causal", 0) === 1 || sees === "before",
    rotary: false,
    query: scaledBy(projectionOf(asked.term, q.width), by * asked.by * looked.by),
    key: projectionOf(looked.term, k.width),
    value: projectionOf(v.term, v.width),
  };
  const [query] = apart;
  const value = apart[2];
  if (query == null || value == null) return misfit("has no inputs");
  const steps = query.dims.at(-2) ?? [];
  const last = value.dims.at(-1) ?? [];
  const joined: Size = [...q.head, ...last];
  const inputs = [...new Set([meaning.query.input, meaning.key.input, meaning.value.input])];
  const term = c.term(meaning, inputs, shapeOf([steps, joined]));
  const rows = query.dims.find(hasRows) ?? [];
  const dims = isFlat ? [rows, steps, joined] : [...query.dims.slice(0, -1), last];
  return { kind: "flow", term, axes: [steps, joined], dims };
};

function inHeads(flow: Flow, heads: number): Flow | null {
  const [rows = 1, steps = 1, width = 1] = flow.dims.map(count);
  const apart = heads === 0 ? null : reshaped(flow, [rows, steps, heads, width / heads]);
  if (apart === null) return null;
  const [a = [], b = [], d = [], e = []] = apart.dims;
  return { ...apart, dims: [a, d, b, e] };
}

export const attentionRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Attention", attentionRule],
]);
