// Normalisations: as operations, and as the means, roots and quotients that exporters write of them.

import { sizeOf } from "@netwright/ir";
import type { FloatTensor } from "../../model/layouts.ts";
import { lineOf, near } from "./activations.ts";
import { withConstant } from "./affine.ts";
import { arranged } from "./arrange.ts";
import { type Constant, constantOf } from "./constant.ts";
import { count, type Factor, hasRows, reshaped, sameFactors } from "./layout.ts";
import { floatsOf, misfit, type NodeContext, type NodeRule } from "./node-context.ts";
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
function rms(c: NodeContext, x: Flow, square: Flow, over: readonly number[], epsilon: number): Flow | null {
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

function unit(c: NodeContext, x: Flow, { flows, numbers }: Part): Flow | null {
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

const batch: NodeRule = (c) => {
  const given = c.flow();
  if (c.int("training_mode", 0) === 1)
    return misfit("takes mean and variance of the rows that it is given: export the model for inference");
  const names = ["gamma", "beta", "moving_mean", "moving_variance"] as const;
  const values = names.map((_, i) => c.constant(i + 1));
  const channels = given.dims[1] ?? [];
  const axis = given.axes.findIndex((own) => sameFactors(own, channels));
  const others = given.dims.flatMap((_, d) => (d === 1 || hasRows(given.dims[d] ?? []) ? [] : [d]));
  const flow = axis >= 0 ? given : arranged(c, given, [...others.map((d) => given.dims[d] ?? []), channels]);
  const place = axis >= 0 ? axis : flow.axes.length - 1;
  const width = count(channels);
  if (values.some(({ data }) => data.length !== width))
    return misfit(`has weights for other channels than its ${width}`);
  const isPlain = (constant: Constant | undefined, value: number) =>
    c.file.isOwn && constant?.data.every((one) => one === value) === true;
  const scale = !isPlain(values[0], 1);
  const center = !isPlain(values[1], 0);
  const weights = new Map(
    names.flatMap((name, i) => {
      const constant = values[i];
      if (constant === undefined || (name === "gamma" && !scale) || (name === "beta" && !center)) return [];
      return [[name, { ...floatsOf(constant), shape: [width] }] as const];
    }),
  );
  const epsilon = c.float("epsilon", 1e-5);
  const args = {
    epsilon: rounded(epsilon),
    ...(place === flow.axes.length - 1 ? {} : { axis: place + 1 }),
    ...(scale ? {} : { scale: false }),
    ...(center ? {} : { center: false }),
  };
  return {
    ...flow,
    term: c.layer(
      "batch_norm",
      [flow.term],
      flow.term.shape,
      args,
      weights,
      c.wanted(values[0] ?? null, values[2] ?? null),
    ),
  };
};

/** The short number that an f32 stands for: 0.001, of which the file has 0.0010000000474974513. */
export function rounded(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}

/** Scale and offset of a normalisation along these dimensions of the file. */
function finished(c: NodeContext, flow: Flow, scale: Constant | null, offset: Constant | null): Flow {
  const named = { ...flow, term: { ...flow.term, wanted: c.wanted(scale, offset) } };
  c.file.terms.add(named.term);
  const scaled =
    scale === null || isOwnOnes(c, scale) ? named : withConstant(c, named, scale, "multiply", true);
  return offset === null ? scaled : withConstant(c, scaled, offset, "add", true);
}

function isOwnOnes(c: NodeContext, { data }: Constant): boolean {
  return c.file.isOwn && data.every((value) => value === 1);
}

const layer: NodeRule = (c) => {
  const flow = c.flow();
  const rank = flow.dims.length;
  const stated = c.int("axis", -1);
  const axis = stated < 0 ? stated + rank : stated;
  const over = flow.dims.flatMap((_, d) => (d >= axis ? [d] : []));
  return finished(c, normal(c, flow, over, rounded(c.float("epsilon", 1e-5))), c.constant(1), c.optional(2));
};

const rmsLayer: NodeRule = (c) => {
  const flow = c.flow();
  const stated = c.int("axis", -1);
  const axis = stated < 0 ? stated + flow.dims.length : stated;
  const over = flow.dims.flatMap((_, d) => (d >= axis ? [d] : []));
  const made = rms(c, flow, flow, over, rounded(c.float("epsilon", 1e-5)));
  return made === null
    ? misfit("normalises over numbers that no layer of Netwright normalises together")
    : finished(c, made, c.constant(1), null);
};

/** A constant of channels, which are the second size. */
function ofChannels(constant: Constant, { dims }: Flow): Constant {
  return constantOf(
    [constant.data.length, ...dims.slice(2).map(() => 1)],
    constant.data,
    true,
    constant.name,
  );
}

const instance: NodeRule = (c) => {
  const flow = c.flow();
  const over = flow.dims.flatMap((_, d) => (d > 1 ? [d] : []));
  const made = normal(c, flow, over, rounded(c.float("epsilon", 1e-5)));
  const [scale, offset] = [c.constant(1), c.constant(2)];
  // Groups as channels, as PyTorch writes group normalisation: the scale is behind.
  const isPlain = scale.data.every((one) => one === 1) && offset.data.every((one) => one === 0);
  return isPlain ? made : finished(c, made, ofChannels(scale, flow), ofChannels(offset, flow));
};

const group: NodeRule = (c) => {
  const flow = c.flow();
  const groups = c.int("num_groups", 1);
  const sizes = flow.dims.map(count);
  const channels = sizes[1] ?? 1;
  const apart = reshaped(flow, [sizes[0] ?? 1, groups, channels / groups, ...sizes.slice(2)]);
  if (apart === null) return misfit(`has ${groups} groups, which do not divide its ${channels} channels`);
  const made = normal(
    c,
    apart,
    apart.dims.flatMap((_, d) => (d > 1 ? [d] : [])),
    rounded(c.float("epsilon", 1e-5)),
  );
  const whole = reshaped(made, sizes);
  if (whole === null) return misfit("has groups that do not fit together again");
  const [scale, offset] = [c.constant(1), c.constant(2)];
  // Before opset 21 each group has one.
  const spread = (constant: Constant) =>
    ofChannels(
      constant.data.length === channels
        ? constant
        : constantOf(
            [channels],
            Float64Array.from(
              { length: channels },
              (_, i) => constant.data[Math.floor((i * groups) / channels)] ?? 1,
            ),
            true,
            constant.name,
          ),
      flow,
    );
  return finished(c, whole, spread(scale), spread(offset));
};

const lp: NodeRule = (c) => {
  const flow = c.flow();
  if (c.int("p", 2) !== 2)
    return misfit("divides by another length than the root of the squares, which `unit_norm` does");
  const stated = c.int("axis", -1);
  const axis = stated < 0 ? stated + flow.dims.length : stated;
  const made = unit(c, flow, { kind: "part", op: "Length", flows: [flow], numbers: [axis], constant: null });
  return made ?? misfit("normalises over numbers that no layer of Netwright normalises together");
};

export const normalRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["BatchNormalization", batch],
  ["LayerNormalization", layer],
  ["RMSNormalization", rmsLayer],
  ["SimplifiedLayerNormalization", rmsLayer],
  ["InstanceNormalization", instance],
  ["GroupNormalization", group],
  ["LpNormalization", lp],
]);
