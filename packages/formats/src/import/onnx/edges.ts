// What is put around a sequence or an image, or cut off of it.

import { at } from "@netwright/definitions";
import { placed } from "./arrange.ts";
import { count, hasRows, sameFactors, shapeOf, sizeBy } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import type { Flow } from "./terms.ts";

export function edged(
  c: NodeContext,
  flow: Flow,
  kind: "cropping" | "zero_padding",
  edges: readonly (readonly number[])[],
  lengths: readonly number[],
): Flow {
  const places = lengths.map(sizeBy);
  const axes = flow.axes.map((axis, i) => places[i] ?? axis);
  const dims = flow.dims.map((size) => {
    const i = flow.axes.findIndex(
      (axis, place) => place < places.length && sameFactors(axis, size) && size.length > 0,
    );
    return i < 0 ? size : (places[i] ?? size);
  });
  const argument = kind === "cropping" ? "cropping" : "padding";
  const args = { [argument]: shortEdges(edges) };
  const layer = edges.length === 1 ? (`${kind}1d` as const) : (`${kind}2d` as const);
  const shape = shapeOf(axes);
  return { kind: "flow", term: c.layer(layer, [flow.term], shape, args), axes, dims };
}

/** One number for all edges, or one for each direction, where that says it. */
function shortEdges(edges: readonly (readonly number[])[]): number | readonly (number | readonly number[])[] {
  const each = edges.map((ends) => (ends[0] === ends[1] ? (ends[0] ?? 0) : ends));
  const [first = 0, ...others] = each;
  if (typeof first === "number" && others.every((one) => one === first)) return first;
  return edges.length === 1 ? at(edges, 0) : each;
}

export const pad: NodeRule = (c) => {
  const given = c.flow();
  const rank = given.dims.length;
  const pads = c.intsOf("pads", 1) ?? misfit("is told no numbers");
  const stated = c.optional(3);
  const axes =
    stated === null ? given.dims.map((_, d) => d) : Array.from(stated.data, (d) => (d < 0 ? d + rank : d));
  const value = c.node.attributes.get("value")?.float ?? c.optional(2)?.data[0] ?? 0;
  if (c.text("mode", "constant") !== "constant" || value !== 0)
    return misfit("puts around other numbers than 0, which no layer of Netwright does");
  if (pads.length !== 2 * axes.length)
    return misfit(`is told ${pads.length} numbers for the ends of ${axes.length} sizes`);
  const edges = given.dims.map((_, d) => {
    const i = axes.indexOf(d);
    return i < 0 ? [0, 0] : [at(pads, i), at(pads, i + axes.length)];
  });
  return padded(c, given, edges);
};

/** Zeros around the dimensions of the file, with negative numbers for what is cut off. */
export function padded(c: NodeContext, given: Flow, edges: readonly (readonly number[])[]): Flow {
  const around = given.dims.flatMap((_, d) => ((edges[d] ?? []).some((one) => one !== 0) ? [d] : []));
  if (around.length === 0) return given;
  if (around.some((d) => hasRows(given.dims[d] ?? []))) return misfit("puts rows around the rows");
  const others = given.dims.flatMap((size, d) => (around.includes(d) || hasRows(size) ? [] : [d]));
  // All places of an image, also where one direction alone has zeros around it.
  const isImage =
    given.axes.length === 3 &&
    around.every((d) => given.axes.slice(0, 2).some((axis) => sameFactors(axis, given.dims[d] ?? [])));
  const placesOfAxes = given.axes.map((axis) =>
    given.dims.findIndex((size) => size.length > 0 && sameFactors(size, axis)),
  );
  const order = isImage && placesOfAxes.every((d) => d >= 0) ? placesOfAxes : [...around, ...others];
  if (order.length < 2 || order.length > 3)
    return misfit("puts zeros around other sizes than those of a sequence or an image");
  const spatial = order.slice(0, -1);
  if (around.includes(order.at(-1) ?? -1))
    return misfit("puts zeros beside channels, which no layer of Netwright does");
  const flow = placed(c, given, order);
  const own = spatial.map((d) => edges[d] ?? [0, 0]);
  const lengths = spatial.map((d, i) => count(given.dims[d] ?? []) + (own[i]?.[0] ?? 0) + (own[i]?.[1] ?? 0));
  const isCut = own.every((ends) => ends.every((one) => one <= 0));
  if (!isCut && own.some((ends) => ends.some((one) => one < 0)))
    return misfit("puts zeros on one side and cuts off at another");
  return isCut
    ? edged(
        c,
        flow,
        "cropping",
        own.map((ends) => ends.map((one) => -one)),
        lengths,
      )
    : edged(c, flow, "zero_padding", own, lengths);
}
