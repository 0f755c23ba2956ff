// Numbers of the file that are added or multiplied: biases, scales and offsets of the layer before, vectors of places, or a line.

import { sizeOf } from "@netwright/ir";
import type { FloatTensor } from "../../model/layouts.ts";
import { wavesOf } from "../../model/positions.ts";
import { isAffine, lineOf, near, onEach } from "./activations.ts";
import { alongAxes, inSizes, placed } from "./arrange.ts";
import { type Constant, constantOf, scalar } from "./constant.ts";
import { count, hasRows, widened } from "./layout.ts";
import { misfit, type NodeContext } from "./node-context.ts";
import { type Affine, type Flow, layerOf, partOf, type Term } from "./terms.ts";

type Operation = "add" | "subtract" | "multiply" | "subtract from";

/** A value and a constant. */
export function withConstant(
  c: NodeContext,
  given: Flow,
  constant: Constant,
  operation: Operation,
  isOnly: boolean,
): Flow {
  const pad = constant.shape.length - given.dims.length;
  const wide =
    pad > 0
      ? widened(
          given,
          Array.from({ length: pad }, (_, i) => i),
        )
      : given;
  if (operation === "add" && isMask(constant) && isScores(wide.term))
    return c.part("MaskAdd", [wide], wide, { constant });
  if (operation === "multiply" && partOf(given.term, "Half") !== null)
    return c.part("Turned", [given], given, { constant });
  const flow = constant.data.length > 1 ? whole(c, wide) : wide;
  const along = alongAxes(constant, flow);
  const weighted = isOnly ? ofLayerBefore(c, flow, along, operation) : null;
  if (weighted !== null) return { ...flow, term: weighted };
  const [only = 0] = along.data;
  if (along.data.every((value) => Object.is(value, only))) {
    const line = lineUp(c, flow, scalar(only), operation, -1);
    return { ...flow, term: line };
  }
  const own = ofPlaces(c, flow, along, operation) ?? ofOwn(c, flow, along, operation);
  if (own !== null) return { ...flow, term: own };
  const varying = along.shape.flatMap((size, axis) => (size > 1 ? [axis] : []));
  const [axis = 0] = varying;
  if (varying.length === 1) return { ...flow, term: lineUp(c, flow, along, operation, axis) };
  const flat = inSizes(c, flow.term, [sizeOf(flow.term.shape)]);
  const all = fullAlong(along, flow);
  const line = lineUp(c, { ...flow, term: flat }, all, operation, 0);
  return { ...flow, term: inSizes(c, line, flow.term.shape) };
}

/** With a place of its own for each number that is only repeated so far. */
function whole(c: NodeContext, flow: Flow): Flow {
  const own = flow.axes.flat();
  if (flow.dims.flat().every((one) => one.isRows || own.includes(one))) return flow;
  return placed(
    c,
    flow,
    flow.dims.flatMap((size, d) => (hasRows(size) ? [] : [d])),
  );
}

function fullAlong(along: Constant, { axes }: Flow): Constant {
  const shape = axes.map(count);
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    let [rest, from, stride] = [i, 0, 1];
    for (let d = shape.length - 1; d >= 0; d--) {
      const size = shape[d] ?? 1;
      const own = along.shape[d] ?? 1;
      if (own > 1) from += (rest % size) * stride;
      rest = Math.floor(rest / size);
      stride *= own;
    }
    data[i] = along.data[from] ?? Number.NaN;
  }
  return constantOf([data.length], data, true, along.name);
}

/** What no number of a network is: of what a step of attention does not see. */
function isMask({ data }: Constant): boolean {
  return (
    data.length > 1 && data.every((value) => value === 0 || value < -1e4) && data.some((value) => value !== 0)
  );
}

function isScores(term: Term): boolean {
  if (partOf(term, "MatMul") !== null) return true;
  const [inside] = term.inputs;
  return term.meaning.kind === "affine" && inside !== undefined && partOf(inside, "MatMul") !== null;
}

/** Layers that have a bias along the last size. */
const BIASED = [
  "dense",
  "conv1d",
  "conv2d",
  "depthwise_conv1d",
  "depthwise_conv2d",
  "separable_conv1d",
  "separable_conv2d",
  "conv_transpose1d",
  "conv_transpose2d",
] as const;

/** A weight of the layer that gives the value; null where it has no place for it. */
function ofLayerBefore(c: NodeContext, { term }: Flow, along: Constant, operation: Operation): Term | null {
  const layer = layerOf(term);
  if (layer === null || operation === "subtract from") return null;
  const again = (name: string, tensor: FloatTensor): Term =>
    c.term(
      {
        ...layer,
        args: { ...layer.args, ...ARGS_OF[name] },
        weights: new Map([...layer.weights, [name, tensor]]),
      },
      term.inputs,
      term.shape,
      term.wanted === "" ? c.wanted(along) : wantedOf(c, term, along),
    );
  const last = term.shape.length - 1;
  if (operation !== "multiply") {
    const signed = operation === "add" ? along : negated(along);
    const name = (BIASED as readonly string[]).includes(layer.layer)
      ? "bias"
      : layer.layer === "multi_head_attention"
        ? "output_bias"
        : null;
    if (name !== null) {
      const bias = layer.weights.has(name) ? null : alongOnly(signed, term.shape, [last]);
      return bias === null ? null : again(name, bias);
    }
    const over = normalOver(term);
    const beta =
      over === null || layer.weights.has("beta") || layer.layer === "rms_norm"
        ? null
        : alongOnly(signed, term.shape, over);
    return beta === null ? null : again("beta", beta);
  }
  const factor = Math.fround(1 / Math.sqrt(layer.weights.get("kernel")?.shape[0] ?? 1));
  const isNtk = c.file.isOwn && layer.layer === "dense" && !layer.weights.has("bias") && factor !== 1;
  if (isNtk && along.data.every((value) => value === factor))
    return c.term(
      { ...layer, args: { ...layer.args, parametrization: "ntk" } },
      term.inputs,
      term.shape,
      term.wanted,
    );
  const over = normalOver(term);
  if (over === null || layer.weights.has("beta")) return null;
  const name = layer.layer === "rms_norm" ? "scale" : "gamma";
  const isOpen =
    !layer.weights.has(name) ||
    (name === "scale" && layer.weights.get(name)?.data.every((value) => value === 1));
  const gamma = isOpen ? alongOnly(along, term.shape, over) : null;
  return gamma === null ? null : again(name, gamma);
}

function wantedOf(c: NodeContext, term: Term, along: Constant): string {
  const own = c.wanted(along);
  return along.name.includes(".") ? own : term.wanted;
}

const ARGS_OF: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  bias: { use_bias: true },
  beta: { center: true },
  gamma: { scale: true },
};

/** The axes of which a normalisation has a scale and an offset; null for what is none. */
function normalOver(term: Term): readonly number[] | null {
  const layer = layerOf(term, "layer_norm", "rms_norm", "group_norm");
  if (layer === null) return null;
  const last = term.shape.length - 1;
  const axis = layer.layer === "group_norm" ? -1 : (layer.args["axis"] ?? -1);
  const all = Array.isArray(axis) ? axis : [axis];
  return all.map((one) => (typeof one === "number" && one > 0 ? one - 1 : last));
}

/** As a weight of these axes; null where it differs along others. */
function alongOnly(along: Constant, shape: readonly number[], axes: readonly number[]): FloatTensor | null {
  if (along.shape.some((size, axis) => size > 1 && !axes.includes(axis))) return null;
  const sizes = axes.map((axis) => shape[axis] ?? 1);
  const given = axes.map((axis) => along.shape[axis] ?? 1);
  const data = new Float32Array(sizeOf(sizes));
  for (let i = 0; i < data.length; i++) {
    let [rest, from, stride] = [i, 0, 1];
    for (let d = sizes.length - 1; d >= 0; d--) {
      const own = given[d] ?? 1;
      if (own > 1) from += (rest % (sizes[d] ?? 1)) * stride;
      rest = Math.floor(rest / (sizes[d] ?? 1));
      stride *= own;
    }
    data[i] = along.data[from] ?? Number.NaN;
  }
  return { shape: sizes, data };
}

function negated(constant: Constant): Constant {
  return { ...constant, data: constant.data.map((value) => -value) };
}

/** A vector for each step, learnt or of waves. */
function ofPlaces(c: NodeContext, { term }: Flow, along: Constant, operation: Operation): Term | null {
  const [steps = 1, numbers = 1] = term.shape;
  if (operation !== "add" || term.shape.length !== 2) return null;
  if (along.shape[0] !== steps || along.shape[1] !== numbers || steps === 1) return null;
  const embeddings = alongOnly(along, term.shape, [0, 1]);
  if (embeddings === null) return null;
  const waves = wavesOf(steps, numbers, WAVELENGTH);
  if (embeddings.data.every((value, i) => Math.abs(value - (waves[i] ?? 0)) < 1e-6))
    return c.layer("sine_position_encoding", [term], term.shape);
  return c.layer(
    "position_embedding",
    [term],
    term.shape,
    {},
    new Map([["embeddings", embeddings]]),
    c.wanted(along),
  );
}

const WAVELENGTH = 10_000;

/** Of a file of Netwright: a scale that it has learnt. */
function ofOwn(c: NodeContext, { term }: Flow, along: Constant, operation: Operation): Term | null {
  if (!c.file.isOwn || operation !== "multiply" || !along.name.endsWith(".scale")) return null;
  const scale = alongOnly(along, term.shape, [term.shape.length - 1]);
  return scale === null
    ? null
    : c.layer("learned_scale", [term], term.shape, {}, new Map([["scale", scale]]), c.wanted(along));
}

/** One line for several in a row, and the layers that end with one. */
function lineUp(c: NodeContext, flow: Flow, constant: Constant, operation: Operation, axis: number): Term {
  const { term } = flow;
  const values = Array.from(constant.data);
  const isAll = values.length === 1;
  const before = term.meaning.kind === "affine" && fits(term.meaning, isAll, axis) ? term.meaning : null;
  const [inside] = term.inputs;
  const from = before !== null && inside !== undefined ? inside : term;
  const line = next(
    before ?? { kind: "affine", axis, centre: [0], scale: [1], offset: [0] },
    values,
    operation,
  );
  const meaning = isAll ? line : { ...line, axis };
  const named = ending(c, { ...flow, term: from }, meaning);
  return named?.term ?? c.term(meaning, [from], from.shape);
}

function fits(line: Affine, isAll: boolean, axis: number): boolean {
  const isOfAll = line.centre.length === 1 && line.scale.length === 1 && line.offset.length === 1;
  return isAll || isOfAll || line.axis === axis;
}

function next(line: Affine, by: readonly number[], operation: Operation): Affine {
  const { centre, scale, offset } = line;
  const isStill = scale.every((one) => one === 1) && offset.every((one) => one === 0);
  switch (operation) {
    case "add":
      return { ...line, offset: pairs(offset, by, (a, b) => a + b) };
    case "subtract":
      return isStill
        ? { ...line, centre: pairs(centre, by, (a, b) => a + b) }
        : { ...line, offset: pairs(offset, by, (a, b) => a - b) };
    case "multiply":
      return {
        ...line,
        scale: pairs(scale, by, (a, b) => a * b),
        offset: pairs(offset, by, (a, b) => a * b),
      };
    case "subtract from":
      return {
        ...line,
        scale: scale.map((one) => -one),
        offset: pairs(by, offset, (a, b) => a - b),
      };
  }
}

function pairs(
  a: readonly number[],
  b: readonly number[],
  combine: (a: number, b: number) => number,
): readonly number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) =>
    combine((a.length === 1 ? a[0] : a[i]) ?? 0, (b.length === 1 ? b[0] : b[i]) ?? 0),
  );
}

/** A layer whose last step is a line of all numbers alike; null for a plain line. */
function ending(c: NodeContext, flow: Flow, meaning: Affine): Flow | null {
  const line = lineOf(meaning);
  if (line === null) return null;
  const { a, b } = line;
  const { term } = flow;
  const [x] = term.inputs;
  if (a === 1 && b === 0) return flow;
  if (x === undefined) return null;
  const over = (input: Term) => ({ ...flow, term: input });
  if (b === 0 && near(a, 0.5) && partOf(term, "GeluTwice") !== null) return onEach(c, over(x), "gelu");
  if (b === 0 && near(a, 1 / 6) && partOf(term, "HardSwish6") !== null)
    return onEach(c, over(x), "hard_swish");
  const held = partOf(term, "Clip");
  if (b === 0 && near(a, 1 / 6) && held?.numbers[0] === 0 && held.numbers[1] === 6) {
    const [inner] = x.inputs;
    if (inner !== undefined && isAffine(x, 1, 3)) return onEach(c, over(inner), "hard_sigmoid");
  }
  if (b === 0 && a === -1 && layerOf(term, "softplus") !== null && isAffine(x, -1, 0)) {
    const [inner] = x.inputs;
    if (inner !== undefined) return onEach(c, over(inner), "log_sigmoid");
  }
  const sum = layerOf(term, "add");
  if (sum !== null && b === 0) {
    const root = squareRootOf(term, a);
    if (root !== null) return onEach(c, over(root.x), "squareplus", { b: root.b });
    if (term.inputs.length > 1 && near(a, 1 / term.inputs.length))
      return { ...flow, term: c.layer("average", term.inputs, term.shape) };
  }
  return null;
}

/** x + sqrt(x^2 + b). */
function squareRootOf(term: Term, half: number): { readonly x: Term; readonly b: number } | null {
  if (!near(half, 0.5) || term.inputs.length !== 2) return null;
  for (const [x, other] of [term.inputs, term.inputs.toReversed()]) {
    if (x === undefined || other === undefined || partOf(other, "Sqrt") === null) continue;
    const [inside] = other.inputs;
    const line = inside === undefined ? null : lineOf(inside.meaning);
    const [square] = inside?.inputs ?? [];
    if (line === null || line.a !== 1 || square === undefined) continue;
    if (partOf(square, "Square") !== null && square.inputs[0] === x) return { x, b: line.b };
  }
  return null;
}

export function scaledBy(c: NodeContext, flow: Flow, by: number): Flow {
  if (by === 1) return flow;
  if (!Number.isFinite(by)) misfit("multiplies by what is no number");
  return { ...flow, term: lineUp(c, flow, scalar(by), "multiply", -1) };
}
