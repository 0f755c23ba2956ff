// Values side by side.

import { sizeOf } from "@netwright/ir";
import { flowOf, placed } from "./arrange.ts";
import { hasRows, sameFactors, sizeBy } from "./layout.ts";
import { misfit, type NodeRule } from "./node-context.ts";
import { rotaryOf } from "./rotary.ts";
import { type Flow, layerOf } from "./terms.ts";

/** Where each axis is among the dimensions; null where one is none of them. */
function orderOf(flow: Flow): readonly number[] | null {
  const places = flow.axes.map((axis) =>
    flow.dims.findIndex((size) => size.length > 0 && sameFactors(size, axis)),
  );
  return places.includes(-1) ? null : places;
}

export const concat: NodeRule = (c) => {
  const flows = c.inputs.map((value) => flowOf(value));
  const [first] = flows;
  if (first === undefined) return misfit("has no inputs");
  const stated = c.int("axis", 1);
  const axis = stated < 0 ? stated + first.dims.length : stated;
  if (flows.length === 1) return first;
  const turned = rotaryOf(c, flows) ?? wholeOf(flows, axis) ?? twoClasses(flows, axis);
  if (turned !== null) return turned;
  if (hasRows(first.dims[axis] ?? []))
    return misfit("puts rows behind rows, of which each is predicted by itself");
  const orders = flows.map(orderOf);
  const [order] = orders;
  const isReady = order?.at(-1) === axis && orders.every((one) => one?.join() === order.join());
  const others = first.dims.flatMap((size, d) => (d === axis || hasRows(size) ? [] : [d]));
  const ready = isReady ? flows : flows.map((flow) => placed(c, flow, [...others, axis]));
  const model = ready[0] ?? first;
  const total = ready.reduce((sum, flow) => sum + (flow.term.shape.at(-1) ?? 1), 0);
  const size = sizeBy(total);
  const shape = [...model.term.shape.slice(0, -1), total];
  return {
    kind: "flow",
    term: c.layer(
      "concat",
      ready.map(({ term }) => term),
      shape,
    ),
    axes: [...model.axes.slice(0, -1), size],
    dims: model.dims.map((own, d) => (d === axis ? size : own)),
  };
};

/** Slices side by side that together are what they were taken of. */
function wholeOf(flows: readonly Flow[], axis: number): Flow | null {
  const [first] = flows;
  const of = first?.term.inputs[0];
  if (first === undefined || of === undefined) return null;
  let at = 0;
  for (const { term } of flows) {
    const layer = layerOf(term, "slice");
    if (layer === null || term.inputs[0] !== of || layer.args["start"] !== at || layer.args["axis"] !== -1)
      return null;
    at += term.shape.at(-1) ?? 0;
  }
  const last = first.axes.at(-1);
  if (at !== of.shape.at(-1) || last === undefined || !sameFactors(last, first.dims[axis] ?? [])) return null;
  const size = sizeBy(at);
  return {
    kind: "flow",
    term: of,
    axes: [...first.axes.slice(0, -1), size],
    dims: first.dims.map((own, d) => (d === axis ? size : own)),
  };
}

/** [1 - p, p] is the share p of the second class, as Netwright has it of two. */
function twoClasses(flows: readonly Flow[], axis: number): Flow | null {
  const [rest, share] = flows;
  if (rest === undefined || share === undefined || flows.length !== 2 || axis !== 1) return null;
  if (layerOf(share.term, "sigmoid") === null) return null;
  const { meaning, inputs } = rest.term;
  const isRest =
    meaning.kind === "affine" &&
    inputs[0] === share.term &&
    meaning.scale[0] === -1 &&
    meaning.centre[0] === 0;
  if (!isRest || meaning.offset[0] !== 1 || sizeOf(share.term.shape) !== 1) return null;
  return { ...share, kind: "flow", dims: share.dims };
}
