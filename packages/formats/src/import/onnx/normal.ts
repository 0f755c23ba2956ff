// Normalisations: as operations, and as the means, roots and quotients that exporters write of them.

import { sizeOf } from "@netwright/ir";
import type { FloatTensor } from "../../model/layouts.ts";
import { count, type Factor, hasRows, sameFactors } from "./layout.ts";
import { lineOf, near } from "./line-of.ts";
import { misfit, type NodeContext } from "./node-context.ts";
import { type Flow, type Part, partOf, type Term } from "./terms.ts";

/** (x - mean) / sqrt(variance + epsilon) over these dimensions of the file. */
export function normal(c: NodeContext, given: Flow, over: readonly number[], epsilon: number): Flow {
  if (over.some((d) => hasRows(given.dims[d] ?? [])))
    misfit("has a mean over rows, of which each is predicted by itself");
  const flow = given;
  const gone = new Set<Factor>(over.flatMap((d) => flow.dims[d] ?? []));
  const { axes, term } = flow;
  const whole = axes.flatMap((axis, i) => (axis.length > 0 && axis.every((one) => gone.has(one)) ? [i] : []));
  const some = axes.flatMap((axis, i) => (axis.some((one) => gone.has(one)) ? [i] : []));
  const last = axes.length - 1;
  if (some.length === whole.length) {
    const isChannels = whole.length === last && last > 0 && !whole.includes(last);
    if (isChannels && !isOwnAxes(c)) return grouped(c, flow, -1, epsilon);
    const axis = whole.length === 1 && whole[0] === last ? -1 : whole.map((i) => i + 1);
    const single = Array.isArray(axis) && axis.length === 1 ? (axis[0] ?? 1) : axis;
    const args = { axis: single, epsilon, scale: false, center: false };
    return { ...flow, term: c.layer("layer_norm", [term], term.shape, args) };
  }
  const channels = axes[last] ?? [];
  const kept = channels.filter((one) => !gone.has(one));
  const isFront = sameFactors(channels.slice(0, kept.length), kept);
  const areOthers = axes.slice(0, -1).every((axis) => axis.every((one) => gone.has(one)));
  if (isFront && areOthers) return grouped(c, flow, count(kept), epsilon);
  return misfit("normalises over numbers that no layer of Netwright normalises together");
}

/** `layer_norm` of an axis that is none of channels alone is also of all places. */
function isOwnAxes(c: NodeContext): boolean {
  return c.file.isOwn && !c.wanted().includes("group_norm");
}

function grouped(c: NodeContext, flow: Flow, groups: number, epsilon: number): Flow {
  const args = { groups, epsilon, scale: false, center: false };
  return { ...flow, term: c.layer("group_norm", [flow.term], flow.term.shape, args) };
}

/** A product of what is centred and of what it is divided by; null where it is none. */
export function normalized(c: NodeContext, x: Flow, under: Flow): Flow | null {
  const reciprocal = partOf(under.term, "Reciprocal");
  const [root] = reciprocal?.flows ?? [];
  if (root === undefined) return null;
  const length = lengthOf(root.term);
  if (length !== null && length.flows[0]?.term === x.term) return unit(c, x, length);
  const held = partOf(root.term, "Sqrt");
  const [inside] = held?.flows ?? [];
  const line = inside === undefined ? null : lineOf(inside.term.meaning);
  const [mean] = inside?.term.inputs ?? [];
  const part = mean === undefined ? null : partOf(mean, "Mean");
  const [square] = part?.flows ?? [];
  if (line === null || part === null || square === undefined || !near(line.a, 1)) return null;
  const squared = partOf(square.term, "Square");
  const [of] = squared?.flows ?? [];
  if (of === undefined || of.term !== x.term) return null;
  const centred = partOf(x.term, "Centred");
  const [input] = centred?.flows ?? [];
  if (centred !== null && input !== undefined && centred.numbers.join() === part.numbers.join())
    return normal(c, input, part.numbers, rounded(line.b));
  return rms(c, x, square, part.numbers, rounded(line.b));
}

/** x / sqrt(mean of squares + epsilon), before its scale. */
export function rms(
  c: NodeContext,
  x: Flow,
  square: Flow,
  over: readonly number[],
  epsilon: number,
): Flow | null {
  const gone = over.flatMap((d) => square.dims[d] ?? []);
  const axes = square.axes.flatMap((axis, i) =>
    axis.length > 0 && axis.every((one) => gone.includes(one)) ? [i] : [],
  );
  const all = axes.flatMap((i) => square.axes[i] ?? []);
  if (all.length !== gone.length) return null;
  const shape = axes.map((i) => x.term.shape[i] ?? 1);
  const scale: FloatTensor = { shape, data: new Float32Array(sizeOf(shape)).fill(1) };
  const isLast = axes.length === 1 && axes[0] === x.term.shape.length - 1;
  const places = axes.map((i) => i + 1);
  const axis = isLast ? -1 : places.length === 1 ? (places[0] ?? 1) : places;
  return {
    ...x,
    term: c.layer("rms_norm", [x.term], x.term.shape, { axis, epsilon }, new Map([["scale", scale]])),
  };
}

/** The part that sums squares, of a root that is held from 0. */
function lengthOf(term: Term): Part | null {
  const [inside] = term.inputs;
  if (inside === undefined) return null;
  // Clip(ReduceL2(x), 1e-12), and sqrt(max(sum of squares, 1e-24)).
  const held = partOf(term, "Clip");
  const norm = partOf(inside, "Length");
  if (held !== null && norm !== null && (held.numbers[0] ?? 1) <= 1e-8) return norm;
  const least = partOf(term, "Sqrt") === null ? null : partOf(inside, "Clip");
  const [sum] = inside.inputs;
  const part = least === null || sum === undefined ? null : partOf(sum, "Sum");
  const [square] = part?.flows ?? [];
  const squared = square === undefined ? null : partOf(square.term, "Square");
  const [x] = squared?.flows ?? [];
  if (part === null || x === undefined || (least?.numbers[0] ?? 1) > 1e-16) return null;
  return { ...part, flows: [x] };
}

export function unit(c: NodeContext, x: Flow, { flows, numbers }: Part): Flow | null {
  const [of] = flows;
  if (of === undefined) return null;
  const gone = numbers.flatMap((d) => of.dims[d] ?? []);
  const axes = of.axes.flatMap((axis, i) =>
    axis.length > 0 && axis.every((one) => gone.includes(one)) ? [i] : [],
  );
  if (axes.flatMap((i) => of.axes[i] ?? []).length !== gone.length) return null;
  const last = x.term.shape.length - 1;
  const places = axes.map((i) => i + 1);
  const args =
    axes.length === 1 && axes[0] === last ? {} : { axis: places.length === 1 ? (places[0] ?? 1) : places };
  return { ...x, term: c.layer("unit_norm", [x.term], x.term.shape, args) };
}

/** The short number that an f32 stands for: 0.001, of which the file has 0.0010000000474974513. */
export function rounded(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}
