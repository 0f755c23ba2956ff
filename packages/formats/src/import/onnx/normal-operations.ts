// Normalisations that are an operation of ONNX.

import { TRAINING } from "./activations.ts";
import { withConstant } from "./affine.ts";
import { arranged } from "./arrange.ts";
import { type Constant, constantOf } from "./constant.ts";
import { count, hasRows, reshaped, sameFactors } from "./layout.ts";
import { floatsOf, misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import { normal, rms, rounded, unit } from "./normal.ts";
import type { Flow } from "./terms.ts";

const batch: NodeRule = (c) => {
  const given = c.flow();
  if (c.int("training_mode", 0) === 1) return misfit(TRAINING);
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

export const layer: NodeRule = (c) => {
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
