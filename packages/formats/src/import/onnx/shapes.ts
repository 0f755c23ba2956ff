// Nodes that move numbers, leave some out, repeat them or put them side by side. Most are no layer: where numbers lie is kept beside
// the value, until a layer needs them in another order.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { ELEMENT_TYPES } from "../../onnx/fields.ts";
import { flowOf, oneForAll, placed } from "./arrange.ts";
import { rotaryOf } from "./attention.ts";
import { slicesOf, squeezedPlaces, targetOf, widenedPlaces } from "./fold.ts";
import { isFloatType } from "./inputs.ts";
import {
  count,
  hasRows,
  reshaped,
  rowsAt,
  type Size,
  sameFactors,
  shapeOf,
  sizeBy,
  transposed,
  widened,
  without,
} from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { type Flow, layerOf, partOf } from "./terms.ts";

const sizes = ({ dims }: Flow) => dims.map(count);

/** In a file of Netwright a node by itself is a layer, also where the layout alone changes. */
function asLayer(c: NodeContext, flow: Flow): Flow {
  if (!c.file.alone.has(c.node)) return flow;
  const places = flow.dims.flatMap((size, d) => (hasRows(size) ? [] : [d]));
  return placed(c, flow, places);
}

function reshapedTo(c: NodeContext, flow: Flow, target: readonly number[]): Flow {
  const made = reshaped(flow, target);
  if (made === null)
    return misfit(
      `makes [${target.join(", ")}] of [${sizes(flow).join(", ")}], with rows and other numbers in one size`,
    );
  return asLayer(c, made);
}

const reshape: NodeRule = (c) => {
  const flow = c.flow();
  return reshapedTo(c, flow, targetOf(c, sizes(flow)));
};

const flatten: NodeRule = (c) => {
  const flow = c.flow();
  const own = sizes(flow);
  const stated = c.int("axis", 1);
  const axis = stated < 0 ? stated + own.length : stated;
  return reshapedTo(c, flow, [sizeOf(own.slice(0, axis)), sizeOf(own.slice(axis))]);
};

const transpose: NodeRule = (c) => {
  const flow = c.flow();
  const order = c.ints("perm") ?? flow.dims.map((_, d) => flow.dims.length - 1 - d);
  if (order.length !== flow.dims.length || order.some((d) => flow.dims[d] === undefined))
    return misfit(`orders ${order.length} sizes anew, and its input has ${flow.dims.length}`);
  return asLayer(c, transposed(flow, order));
};

const squeeze: NodeRule = (c) => {
  const flow = c.flow();
  const places = squeezedPlaces(c, sizes(flow)).filter((d) => count(flow.dims[d] ?? []) === 1);
  return without(flow, places);
};

const unsqueeze: NodeRule = (c) => {
  const flow = c.flow();
  return widened(flow, widenedPlaces(c, flow.dims.length));
};

/** Numbers of one dimension, from a place on. */
export function cut(c: NodeContext, given: Flow, d: number, start: number, length: number): Flow {
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
  const last =
    axis === 0 && rest.length === 0 && length === 1 && start === size - 1 ? lastStep(c, flow, d) : null;
  if (last !== null) return last;
  const inner = count(rest);
  const made = sizeBy(length);
  const { term } = flow;
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
    axes: flow.axes.map((one, i) => (i === axis ? [...made, ...rest] : one)),
    dims: flow.dims.map((one, place) => (place === d ? made : one)),
  };
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
  const args = { ...layer.args, return_sequences: false };
  const made = c.term({ ...layer, args }, term.inputs, term.shape.slice(1), term.wanted);
  return {
    kind: "flow",
    term: made,
    axes: flow.axes.slice(1),
    dims: flow.dims.map((one, place) => (place === d ? [] : one)),
  };
}

const slice: NodeRule = (c) => {
  const flow = c.flow();
  const slices = slicesOf(c, sizes(flow));
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

function edged(
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

const pad: NodeRule = (c) => {
  const given = c.flow();
  const rank = given.dims.length;
  const pads = c.intsOf("pads", 1) ?? misfit("is told no numbers");
  const stated = c.optional(3);
  const axes =
    stated === null ? given.dims.map((_, d) => d) : Array.from(stated.data, (d) => (d < 0 ? d + rank : d));
  const value = c.node.attributes.get("value")?.float ?? c.optional(2)?.data[0] ?? 0;
  if (c.text("mode", "constant") !== "constant" || value !== 0)
    return misfit("puts around other numbers than 0, which no layer of Netwright does");
  const edges = given.dims.map((_, d) => {
    const i = axes.indexOf(d);
    return i < 0 ? [0, 0] : [pads[i] ?? 0, pads[i + axes.length] ?? 0];
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

/** Where each axis is among the dimensions; null where one is none of them. */
function orderOf(flow: Flow): readonly number[] | null {
  const places = flow.axes.map((axis) =>
    flow.dims.findIndex((size) => size.length > 0 && sameFactors(size, axis)),
  );
  return places.includes(-1) ? null : places;
}

const concat: NodeRule = (c) => {
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
  const { meaning, inputs } = rest.term;
  const isRest =
    meaning.kind === "affine" &&
    inputs[0] === share.term &&
    meaning.scale[0] === -1 &&
    meaning.centre[0] === 0;
  if (!isRest || meaning.offset[0] !== 1 || sizeOf(share.term.shape) !== 1) return null;
  return { ...share, kind: "flow", dims: share.dims };
}

const split: NodeRule = (c) => {
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
const gather: NodeRule = (c) => {
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

/** Each size so many times as long: the same numbers again, behind all of them. */
const tile: NodeRule = (c) => {
  const flow = c.flow();
  const times = c.intsOf("repeats", 1) ?? [];
  return again(
    flow,
    flow.dims.map((_, d) => times[d] ?? 1),
  );
};

const expand: NodeRule = (c) => {
  const given = c.flow();
  const target = Array.from(c.constant(1).data);
  const pad = target.length - given.dims.length;
  const flow =
    pad > 0
      ? widened(
          given,
          Array.from({ length: pad }, (_, i) => i),
        )
      : given;
  const front = Math.max(0, -pad);
  return again(
    flow,
    flow.dims.map((size, d) => {
      const to = target[d - front] ?? 1;
      return count(size) === 1 && to > 1 && !hasRows(size) ? to : 1;
    }),
  );
};

function again(flow: Flow, times: readonly number[]): Flow {
  const dims = flow.dims.map((size, d): Size => {
    const own = times[d] ?? 1;
    if (own === 1) return size;
    if (hasRows(size)) return misfit("repeats rows, of which each is predicted by itself");
    return own > 1 && Number.isInteger(own)
      ? [...sizeBy(own), ...size]
      : misfit(`repeats a size ${own} times`);
  });
  return { ...flow, dims };
}

/** Places of an image or a sequence, whole times as many. */
const resize: NodeRule = (c) => {
  const given = c.flow();
  const own = sizes(given);
  const isOld = c.op === "Upsample";
  const scales = isOld ? (c.intsOf("scales", 1) ?? c.floats("scales")) : (c.optional(2)?.data ?? []);
  const target = isOld ? null : c.optional(3);
  const factors = own.map((size, d) =>
    target === null || target.data.length === 0 ? (scales[d] ?? 1) : (target.data[d] ?? size) / size,
  );
  const [, , ...spatial] = factors;
  if (factors.some((one) => !Number.isInteger(one) || one < 1) || factors[0] !== 1 || factors[1] !== 1)
    return misfit("makes of an image one that is not whole times as large");
  if (spatial.length < 1 || spatial.length > 2)
    return misfit("makes larger what is no sequence and no image");
  const mode = c.text("mode", "nearest");
  const places = isOld ? "asymmetric" : c.text("coordinate_transformation_mode", "half_pixel");
  const rounding = isOld ? "floor" : c.text("nearest_mode", "round_prefer_floor");
  const isHalf = places === "half_pixel" || places === "pytorch_half_pixel";
  const isNearest =
    mode === "nearest" &&
    (isHalf || (places === "asymmetric" && (rounding === "floor" || spatial.every((one) => one <= 2))));
  const isLinear = mode === "linear" && isHalf && spatial.length === 2;
  if (!isNearest && !isLinear)
    return misfit(`makes larger by \`${mode}\` with \`${places}\`, which no layer of Netwright does`);
  const flow = placed(c, given, [...own.slice(2).map((_, d) => d + 2), 1]);
  const lengths = spatial.map((one, d) => one * (own[d + 2] ?? 1));
  const made = lengths.map(sizeBy);
  const channels = flow.axes.at(-1) ?? [];
  const args = { size: oneForAll(spatial), ...(isLinear ? { interpolation: "bilinear" } : {}) };
  const layer = spatial.length === 1 ? "upsampling1d" : "upsampling2d";
  const term = c.layer(layer, [flow.term], [...lengths, count(channels)], args);
  return { kind: "flow", term, axes: [...made, channels], dims: [flow.dims[0] ?? [], channels, ...made] };
};

/** Between types of numbers, which are all f32 here. What makes whole numbers of others is none. */
const cast: NodeRule = (c) => {
  const flow = c.flow();
  const to = c.op === "CastLike" ? ELEMENT_TYPES.float : c.int("to", ELEMENT_TYPES.float);
  return isFloatType(to) || flow.term.meaning.kind === "input"
    ? flow
    : misfit("makes whole numbers or truth values of what the network gives");
};

export const shapeRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Reshape", reshape],
  ["Flatten", flatten],
  ["Transpose", transpose],
  ["Squeeze", squeeze],
  ["Unsqueeze", unsqueeze],
  ["Slice", slice],
  ["Split", split],
  ["Gather", gather],
  ["Concat", concat],
  ["Pad", pad],
  ["Tile", tile],
  ["Expand", expand],
  ["Resize", resize],
  ["Upsample", resize],
  ["Cast", cast],
  ["CastLike", cast],
]);
