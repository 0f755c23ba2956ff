// Parts of a value: places of a size, one or several in a row, and vectors of a table by their indices.

import { at } from "@netwright/definitions";
import { placed } from "./arrange.ts";
import { edged } from "./edges.ts";
import { count, hasRows, rowsAt, sameFactors, shapeOf, sizeBy, without } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { slicesOf } from "./node-sizes.ts";
import { type Flow, layerOf, partOf, type Term } from "./terms.ts";

/** Numbers of one dimension, from a place on. */
export function cut(c: NodeContext, given: Flow, d: number, start: number, length: number): Flow {
  const isLastStep = start + length === count(given.dims[d] ?? []) && length === 1 && c.isLast(0);
  const last = isLastStep ? lastStep(c, given, d) : null;
  return last ?? piece(c, given, d, start, length);
}

export function piece(c: NodeContext, given: Flow, d: number, start: number, length: number): Flow {
  const own = given.dims[d] ?? [];
  const size = count(own);
  if (start === 0 && length === size) return given;
  if (start < 0 || length < 1 || start + length > size)
    return misfit(`takes ${length} from ${start} on, of ${size}`);
  if (hasRows(own)) return misfit("takes some of the rows, of which each is predicted by itself");
  const whole = given.axes.findIndex(
    (axis) => axis.length > 0 && sameFactors(axis.slice(0, own.length), own),
  );
  if (whole < 0 && given.dims.length === 4 && d === 3 && 2 * length === size)
    return halved(c, given, start, length);
  const places = given.dims.flatMap((one, place) => (hasRows(one) ? [] : [place]));
  const flow = whole >= 0 ? given : placed(c, given, places);
  const axis = whole >= 0 ? whole : places.indexOf(d);
  const rest = (flow.axes[axis] ?? []).slice(own.length);
  const inner = count(rest);
  const made = sizeBy(length);
  const { term } = flow;
  const axes = flow.axes.map((one, i) => (i === axis ? [...made, ...rest] : one));
  const dims = flow.dims.map((one, place) => (place === d ? made : one));
  const input = axis === term.shape.length - 1 ? inputOf(term, start * inner, length * inner) : null;
  if (input !== null) return { kind: "flow", term: input, axes, dims };
  const shape = term.shape.map((one, i) => (i === axis ? length * inner : one));
  const to = (start + length) * inner;
  const args = {
    ...(start === 0 ? {} : { start: start * inner }),
    ...(start + length === size ? {} : { end: to }),
    ...(axis === term.shape.length - 1 ? {} : { axis: axis + 1 }),
  };
  const all = { start: 0, end: null, axis: -1, ...args };
  return {
    kind: "flow",
    term: c.layer("slice", [term], shape, all),
    axes,
    dims,
  };
}

/** Of values side by side the one that lies there; null where it is none of them. */
function inputOf(term: Term, start: number, length: number): Term | null {
  if (layerOf(term, "concat") === null) return null;
  let at = 0;
  for (const input of term.inputs) {
    const width = input.shape.at(-1) ?? 1;
    if (at === start && width === length) return input;
    at += width;
  }
  return null;
}

/** Half of the numbers of each head: a part of what attention turns. */
function halved(c: NodeContext, given: Flow, start: number, length: number): Flow {
  const [own, made] = [given.dims[3] ?? [], sizeBy(length)];
  const [first] = own;
  const axes = given.axes.map((axis) =>
    axis.flatMap((one) => (one === first ? made : own.includes(one) ? [] : [one])),
  );
  return c.part(
    "Half",
    [given],
    { axes, dims: [...given.dims.slice(0, 3), made] },
    { numbers: [3, start, length] },
  );
}

/** Of all steps of a layer that goes forward the last is what it gives without `return_sequences`. */
function lastStep(c: NodeContext, flow: Flow, d: number): Flow | null {
  const { term } = flow;
  const layer = layerOf(term, "simple_rnn", "lstm", "gru");
  if (layer === null || layer.args["return_sequences"] !== true || layer.args["go_backwards"] === true)
    return null;
  if (!sameFactors(flow.axes[0] ?? [], flow.dims[d] ?? [])) return null;
  const args = { ...layer.args, return_sequences: false };
  const made = c.term({ ...layer, args }, term.inputs, term.shape.slice(1), term.wanted);
  return {
    kind: "flow",
    term: made,
    axes: flow.axes.slice(1),
    dims: flow.dims.map((one, place) => (place === d ? [] : one)),
  };
}

export const slice: NodeRule = (c) => {
  const flow = c.flow();
  const slices = slicesOf(c, shapeOf(flow.dims));
  const turned = slices.findIndex(({ step }) => step !== 1);
  if (turned >= 0) {
    const { step, count: length } = at(slices, turned);
    const part = partOf(flow.term, "Reversed");
    const [inner] = part?.flows ?? [];
    const isAll = step === -1 && length === count(flow.dims[turned] ?? []);
    if (isAll && inner !== undefined && sameFactors(flow.axes[0] ?? [], flow.dims[turned] ?? []))
      return { ...flow, term: inner.term };
    return misfit("takes steps that are not 1, which no layer of Netwright does");
  }
  const isCropping =
    c.file.isOwn && /cropping/.test(c.wanted()) && rowsAt(flow) === 0 && !hasRows(flow.dims[1] ?? []);
  if (isCropping && flow.axes.length === flow.dims.length - 1) return cropped(c, flow, slices);
  return slices.reduce((sofar, { start, count: length }, d) => cut(c, sofar, d, start, length), flow);
};

function cropped(
  c: NodeContext,
  given: Flow,
  slices: readonly { readonly start: number; readonly count: number }[],
): Flow {
  const flow = placed(
    c,
    given,
    given.dims.slice(1).map((_, d) => d + 1),
  );
  const spatial = slices.slice(1, -1);
  const edges = spatial.map(({ start, count: length }, d) => [
    start,
    (flow.term.shape[d] ?? 1) - start - length,
  ]);
  return edged(
    c,
    flow,
    "cropping",
    edges,
    spatial.map(({ count: length }) => length),
  );
}

export const split: NodeRule = (c) => {
  const flow = c.flow();
  const rank = flow.dims.length;
  const stated = c.int("axis", 0);
  const axis = stated < 0 ? stated + rank : stated;
  const size = count(flow.dims[axis] ?? []);
  const parts = c.node.outputs.length;
  const even = Math.ceil(size / parts);
  const lengths =
    c.intsOf("split", 1) ?? Array.from({ length: parts }, (_, i) => Math.min(even, size - i * even));
  let start = 0;
  return lengths.map((length) => {
    const made = cut(c, flow, axis, start, length);
    start += length;
    return made;
  });
};

/** One place of a size, or several in a row; of a table of vectors those of indices. */
export const gather: NodeRule = (c) => {
  const [data, indices] = [c.value(0), c.value(1)];
  if (data?.kind === "constant" && indices?.kind === "flow") return embedded(c, indices);
  const flow = c.flow();
  const given = c.constant(1);
  const stated = c.int("axis", 0);
  const axis = stated < 0 ? stated + flow.dims.length : stated;
  const size = count(flow.dims[axis] ?? []);
  const places = Array.from(given.data, (place) => (place < 0 ? place + size : place));
  const [start = 0] = places;
  if (places.some((place, i) => place !== start + i) || given.shape.length > 1)
    return misfit("takes places that do not stand in a row, which no layer of Netwright does");
  const part = cut(c, flow, axis, start, places.length);
  return given.shape.length === 0 ? without(part, [axis]) : part;
};

function embedded(c: NodeContext, indices: Flow): Flow {
  const table = c.constant(0);
  const [below = 1, numbers = 1] = table.shape;
  if (table.shape.length !== 2 || c.int("axis", 0) !== 0)
    return misfit("looks up in a table that has other sizes than indices and vectors");
  if (layerOf(indices.term) !== null || indices.term.meaning.kind !== "input")
    return misfit("looks up what the network makes, which no layer of Netwright does");
  c.file.indexed(indices.term, below);
  const places = indices.dims.flatMap((size, d) => (hasRows(size) ? [] : [d]));
  const flow = placed(c, indices, places);
  const shape = [...flow.term.shape, numbers];
  const embeddings = { shape: table.shape, data: Float32Array.from(table.data) };
  const term = c.layer(
    "embedding",
    [flow.term],
    shape,
    { output_dim: numbers },
    new Map([["embeddings", embeddings]]),
    c.wanted(table),
  );
  const size = sizeBy(numbers);
  return { kind: "flow", term, axes: [...flow.axes, size], dims: [...flow.dims, size] };
}
