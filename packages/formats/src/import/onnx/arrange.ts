// Values brought into the order that a layer needs: by a reshape, a permutation, a repetition, as few as it takes.

import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type Constant, constantOf } from "./constant.ts";
import {
  alike,
  count,
  type Factor,
  hasRows,
  rowsAt,
  type Size,
  sameFactors,
  sameLayout,
  sameSet,
  sameSizes,
  shapeOf,
} from "./layout.ts";
import { misfit, type NodeContext, type Value } from "./node-context.ts";
import { type Flow, layerOf, type Term } from "./terms.ts";

/** The same value with these dimensions as the axes of its term. */
export function arranged(c: NodeContext, flow: Flow, wanted: readonly Size[]): Flow {
  if (sameSizes(wanted, flow.axes)) return flow;
  const own = flow.axes.flat();
  const flat = wanted.flat();
  if (flat.some(({ isRows }) => isRows)) misfit("brings rows together, of which each is predicted by itself");
  if (flat.some((one) => !own.includes(one))) return repeated(c, flow, wanted);
  if (!sameSet(flat, own)) misfit("leaves out a size that its input has");
  const ordered = sameFactors(flat, own) ? flow.term : permuted(c, flow, flat);
  return { ...flow, term: inSizes(c, ordered, shapeOf(wanted)), axes: wanted };
}

/** The same with the dimensions of these places as axes. */
export function placed(c: NodeContext, flow: Flow, places: readonly number[]): Flow {
  const rows = flow.dims.find(hasRows) ?? [];
  if (rows.length !== 1)
    misfit("brings rows together with other numbers, and each row is predicted by itself");
  return arranged(
    c,
    flow,
    places.map((place) => flow.dims[place] ?? []),
  );
}

/** The same numbers in other sizes. */
export function inSizes(c: NodeContext, given: Term, shape: readonly number[]): Term {
  const isSame = (term: Term) =>
    term.shape.length === shape.length && term.shape.every((size, i) => size === shape[i]);
  if (isSame(given)) return given;
  // Sizes of sizes: what Netwright has written stays as it was.
  let term = given;
  for (
    let inside = term.inputs[0];
    !c.file.isOwn && inside !== undefined && layerOf(term, "reshape", "flatten") !== null;
    inside = term.inputs[0]
  )
    term = inside;
  if (isSame(term)) return term;
  return shape.length === 1
    ? c.layer("flatten", [term], shape, {}, new Map(), "flatten")
    : c.layer("reshape", [term], shape, { target_shape: shape }, new Map(), "reshape");
}

/** Factors that stay together are one size while they are permuted. */
function permuted(c: NodeContext, flow: Flow, order: Size): Term {
  const own = flow.axes.flat();
  const blocks: Factor[][] = [];
  for (const [i, one] of own.entries()) {
    const before = own[i - 1];
    const isBehind = before !== undefined && order.indexOf(one) === order.indexOf(before) + 1;
    const last = blocks.at(-1);
    if (isBehind && last !== undefined) last.push(one);
    else blocks.push([one]);
  }
  const apart = inSizes(c, flow.term, shapeOf(blocks));
  const places = blocks.map((_, i) => i);
  const heads = blocks.flatMap(([first]) => first ?? []);
  const firstOf = (i: number) => order.indexOf(at(heads, i));
  const dims = places.toSorted((a, b) => firstOf(a) - firstOf(b));
  const shape = dims.map((i) => count(blocks[i] ?? []));
  return c.layer("permute", [apart], shape, { dims: dims.map((i) => i + 1) }, new Map(), "permute");
}

/** Sizes along which the value repeats: each place of a sequence or an image so many times, or all of it. */
function repeated(c: NodeContext, flow: Flow, wanted: readonly Size[]): Flow {
  const own = flow.axes.flat();
  const kept = wanted.map((size) => size.filter((one) => own.includes(one)));
  const times = wanted.map((size) => count(size.filter((one) => !own.includes(one))));
  const isBehind = wanted.every((size, d) => sameFactors(size.slice(0, kept[d]?.length), kept[d] ?? []));
  const spatial = wanted.length - 1;
  const shape = shapeOf(wanted);
  const [first = 1] = times;
  if (!isBehind || (times.at(-1) ?? 1) !== 1 || spatial < 1 || spatial > 2)
    return misfit("repeats numbers in a way that no layer of Netwright does");
  if (spatial === 1 && (kept[0] ?? []).length === 0) {
    const row = arranged(c, flow, kept.slice(1));
    return { ...flow, term: c.layer("repeat_vector", [row.term], shape, { n: first }), axes: wanted };
  }
  const base = arranged(c, flow, kept);
  const layer = spatial === 1 ? "upsampling1d" : "upsampling2d";
  const size = oneForAll(times.slice(0, -1));
  return { ...flow, term: c.layer(layer, [base.term], shape, { size }), axes: wanted };
}

/** One number where all directions have the same. */
export function oneForAll(values: readonly number[]): number | readonly number[] {
  const [first = 1] = values;
  return values.every((value) => value === first) ? first : values;
}

/** Values of one shape with their numbers in the same places: what works number by number takes their terms. */
export function together(c: NodeContext, given: readonly Flow[]): readonly Flow[] {
  const rank = Math.max(...given.map(({ dims }) => dims.length));
  const wide = given.map((flow) => ({
    ...flow,
    dims: [...Array.from({ length: rank - flow.dims.length }, () => []), ...flow.dims],
  }));
  const shape = Array.from({ length: rank }, (_, d) =>
    Math.max(...wide.map(({ dims }) => count(dims[d] ?? []))),
  );
  const rows = wide.map(rowsAt).find((place) => place >= 0) ?? -1;
  const full = wide.map((flow) => ({
    ...flow,
    dims: flow.dims.map((size, d) => {
      const own = count(size);
      if (own === shape[d]) return size;
      if (own !== 1 || d === rows) misfit(`joins sizes that do not fit: ${own} and ${shape[d]}`);
      return [...size, { size: shape[d] ?? 1, isRows: false }];
    }),
  }));
  const isWhole = ({ axes, dims }: Flow) => {
    const own = axes.flat();
    return dims.flat().every((one) => one.isRows || own.includes(one));
  };
  const first = full.find(isWhole) ?? full[0];
  if (first === undefined) return [];
  return full.map((flow) => {
    if (flow === first) return flow;
    const both = alike(first, flow);
    if (both === null) return misfit("joins values whose numbers lie in different orders");
    const [model, own] = both;
    if (sameLayout(model, own)) return own;
    const from = model.dims.flat();
    const to = own.dims.flat();
    const wanted = model.axes.map((axis) => axis.map((one) => to[from.indexOf(one)] ?? one));
    return arranged(c, own, wanted);
  });
}

/**
 * What a constant is for each number that the term gives: a list along each axis, or 1 where it is the same all along.
 * Null of a value that is no constant of the rows.
 */
export function alongAxes(constant: Constant, flow: Flow): Constant {
  const { axes, dims } = flow;
  const pad = dims.length - constant.shape.length;
  if (pad < 0)
    misfit(`joins sizes that do not fit: [${constant.shape.join(", ")}] and [${shapeOf(dims).join(", ")}]`);
  const sizes = dims.map((_, d) => (d < pad ? 1 : (constant.shape[d - pad] ?? 1)));
  const varying = new Set<Factor>();
  for (const [d, size] of sizes.entries()) {
    const own = dims[d] ?? [];
    if (size === 1) continue;
    if (size !== count(own)) misfit(`joins sizes that do not fit: ${size} and ${count(own)}`);
    for (const one of own) if (!one.isRows) varying.add(one);
  }
  const free = [...varying].find((one) => !axes.flat().includes(one));
  if (free !== undefined) misfit("joins numbers with weights of more sizes than they have");
  const shape = axes.map((axis) => (axis.some((one) => varying.has(one)) ? count(axis) : 1));
  const flat = axes.flat();
  const total = sizeOf(shape);
  const data = new Float64Array(total);
  const strides = sizes.map((_, d) => sizeOf(sizes.slice(d + 1)));
  for (let i = 0; i < total; i++) {
    const digits = digitsOf(i, shape, axes);
    let from = 0;
    for (const [d, own] of dims.entries()) {
      if (sizes[d] === 1) continue;
      let place = 0;
      for (const one of own) place = place * one.size + (one.isRows ? 0 : (digits[flat.indexOf(one)] ?? 0));
      from += place * (strides[d] ?? 1);
    }
    data[i] = constant.data[from] ?? Number.NaN;
  }
  return constantOf(
    shape,
    sameForRows(constant, sizes, dims) ? data : misfit("has other weights for each row"),
    true,
    constant.name,
  );
}

/** The places of each factor of the axes that are not 1 in `shape`. */
function digitsOf(index: number, shape: readonly number[], axes: readonly Size[]): readonly number[] {
  const digits: number[] = [];
  let rest = index;
  for (let d = axes.length - 1; d >= 0; d--) {
    const size = shape[d] ?? 1;
    let own = size === 1 ? 0 : rest % size;
    if (size !== 1) rest = Math.floor(rest / size);
    for (const one of (axes[d] ?? []).toReversed()) {
      digits.unshift(own % one.size);
      own = Math.floor(own / one.size);
    }
  }
  return digits;
}

function sameForRows({ data }: Constant, sizes: readonly number[], dims: readonly Size[]): boolean {
  const rows = dims.findIndex((size, d) => hasRows(size) && sizes[d] !== 1);
  if (rows < 0) return true;
  const own = sizes[rows] ?? 1;
  const inner = sizeOf(sizes.slice(rows + 1));
  // Rows alone: with other factors in one size they are not told apart.
  if ((dims[rows] ?? []).length !== 1) return false;
  return data.every((value, i) => {
    const place = Math.floor(i / inner) % own;
    return Object.is(value, data[i - place * inner]);
  });
}

/** A flow, or a misfit. */
export function flowOf(value: Value | null): Flow {
  return value?.kind === "flow"
    ? value
    : misfit("takes constants, where a layer takes what the network gives");
}
