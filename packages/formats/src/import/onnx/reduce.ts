// Means, sums and greatest numbers over some sizes: pooling, or a part of a normalisation.

import { partsOfMean } from "./global-pooling.ts";
import { type Factor, hasRows, type Size, sameFactors } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { type Flow, layerOf } from "./terms.ts";

const PARTS: Readonly<Record<string, string>> = {
  ReduceMean: "Mean",
  ReduceMax: "Greatest",
  ReduceSum: "Sum",
  ReduceProd: "Product",
  ReduceL2: "Length",
};

const reduce: NodeRule = (c) => {
  const flow = c.flow();
  const rank = flow.dims.length;
  const stated = c.intsOf("axes", 1);
  const given = stated === null || stated.length === 0 ? flow.dims.map((_, d) => d) : stated;
  const over = given.map((d) => (d < 0 ? d + rank : d)).toSorted((a, b) => a - b);
  return reduced(c, flow, over, c.int("keepdims", 1) === 1, PARTS[c.op] ?? c.op);
};

function reduced(c: NodeContext, flow: Flow, over: readonly number[], keeps: boolean, op: string): Flow {
  if (over.some((d) => hasRows(flow.dims[d] ?? [])))
    return misfit("goes over the rows, of which each is predicted by itself");
  const gone = new Set<Factor>(over.flatMap((d) => flow.dims[d] ?? []));
  const dims = flow.dims.flatMap((size, d): readonly Size[] =>
    over.includes(d) ? (keeps ? [[]] : []) : [size],
  );
  const both = bothWays(c, flow, gone, op);
  if (both !== null) return { ...flow, term: both.term, axes: both.axes, dims };
  const most = op === "Greatest" ? greatestOf(c, flow, gone) : null;
  if (most !== null) return { ...flow, term: most.term, axes: most.axes, dims };
  const stays = c.file.isOwn && keeps && partsOfMean(flow, gone) !== null;
  const axes = flow.axes.flatMap((axis): readonly Size[] => {
    const left = axis.filter((one) => !gone.has(one));
    return left.length > 0 || stays || (axis.length === 0 && !stays && flow.axes.length === 1) ? [left] : [];
  });
  return c.part(op, [flow], { dims, axes: axes.length === 0 ? [[]] : axes }, { numbers: over });
}

/** Both directions of a recurrent layer added up, averaged or multiplied. */
function bothWays(c: NodeContext, flow: Flow, gone: ReadonlySet<Factor>, op: string) {
  const layer = layerOf(flow.term, "bidirectional");
  const last = flow.axes.at(-1) ?? [];
  const [direction] = last;
  const mode = op === "Sum" ? "sum" : op === "Mean" ? "ave" : op === "Product" ? "mul" : null;
  if (layer === null || mode === null || gone.size !== 1 || direction === undefined || !gone.has(direction))
    return null;
  if (direction.size !== 2) return null;
  const shape = [...flow.term.shape.slice(0, -1), (flow.term.shape.at(-1) ?? 2) / 2];
  const term = c.term(
    { ...layer, args: { ...layer.args, merge_mode: mode } },
    flow.term.inputs,
    shape,
    flow.term.wanted,
  );
  return { term, axes: [...flow.axes.slice(0, -1), last.slice(1)] };
}

/** The greatest of each group of numbers that lie side by side. */
function greatestOf(c: NodeContext, flow: Flow, gone: ReadonlySet<Factor>) {
  const last = flow.axes.at(-1) ?? [];
  const kept = last.filter((one) => !gone.has(one));
  const isGroup = kept.length < last.length && sameFactors(last.slice(0, kept.length), kept);
  if (!isGroup || gone.size !== last.length - kept.length) return null;
  const units = kept.reduce((product, { size }) => product * size, 1);
  const term = c.layer("maxout", [flow.term], [...flow.term.shape.slice(0, -1), units], { units });
  return { term, axes: [...flow.axes.slice(0, -1), kept] };
}

const overPlaces =
  (op: "Mean" | "Greatest"): NodeRule =>
  (c) => {
    const flow = c.flow();
    return reduced(
      c,
      flow,
      flow.dims.flatMap((_, d) => (d > 1 ? [d] : [])),
      true,
      op,
    );
  };

export const reduceRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ...Object.keys(PARTS).map((op) => [op, reduce] as const),
  ["GlobalAveragePool", overPlaces("Mean")],
  ["GlobalMaxPool", overPlaces("Greatest")],
]);
