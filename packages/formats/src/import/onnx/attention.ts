// Attention, of the products, shares and projections that exporters write, or as the operation of opset 23.

import { at } from "@netwright/definitions";
import { cosine, sine } from "@netwright/ir/numerics";
import { type FloatTensor, zerosOf } from "../../model/layouts.ts";
import { anglesOf } from "../../model/positions.ts";
import { lineOf } from "./activations.ts";
import type { Constant } from "./constant.ts";
import { count, hasRows, reshaped, type Size, sameFactors, sameSizes, shapeOf } from "./layout.ts";
import { misfit, type NodeContext, type NodeRule } from "./node-context.ts";
import {
  type Attention,
  type Flow,
  layerOf,
  type Part,
  type Projection,
  partOf,
  type Term,
} from "./terms.ts";

/** The product of two values: shares of attention, or what it takes by them. */
export function attended(c: NodeContext, a: Flow, b: Flow): Flow {
  if (layerOf(a.term, "softmax") !== null) {
    const made = attention(c, a, b);
    if (made !== null) return made;
    return misfit("is a product of two values that is no attention that Netwright has");
  }
  const lead = a.dims.slice(0, -1);
  const columns = b.dims.at(-1) ?? [];
  const dims = [...lead, columns];
  return c.part("MatMul", [a, b], { dims, axes: axesOf(dims) });
}

function axesOf(dims: readonly Size[]): readonly Size[] {
  return dims.map((size) => size.filter(({ isRows }) => !isRows)).filter((size) => size.length > 0);
}

/** What holds the scores before their shares: a scale, and which steps are not seen. */
interface Scores {
  readonly query: Flow;
  readonly key: Flow;
  readonly scale: number;
  readonly causal: boolean;
}

function scoresIn(given: Term): Scores | null {
  let [term, scale, causal] = [given, 1, false];
  for (let steps = 0; steps < 6; steps++) {
    const product = partOf(term, "MatMul");
    const [query, key] = product?.flows ?? [];
    if (query !== undefined && key !== undefined) return { query, key, scale, causal };
    const mask = partOf(term, "MaskAdd", "Masked");
    const line = lineOf(term.meaning);
    const [inside] = term.inputs;
    if (inside === undefined) return null;
    if (mask?.constant != null) {
      causal = seesBefore(mask.constant, mask.op === "Masked");
      if (!causal)
        return misfit("sees other steps than all or those before, which `multi_head_attention` does not");
    } else if (line !== null && line.b === 0) scale *= line.a;
    else return null;
    term = inside;
  }
  return null;
}

/** Whether a mask lets each step see itself and those before it: numbers that are added, or truth values of what is seen. */
function seesBefore({ shape, data }: Constant, areTruths: boolean): boolean {
  const [steps = 1, keys = 1] = shape.slice(-2);
  return data.every((value, i) => {
    const row = Math.floor(i / keys) % steps;
    const isSeen = areTruths ? value !== 0 : value === 0;
    return isSeen === i % keys <= row;
  });
}

function attention(c: NodeContext, shares: Flow, value: Flow): Flow | null {
  const [softmax] = shares.term.inputs;
  const scores = softmax === undefined ? null : scoresIn(softmax);
  if (scores === null) return null;
  const { query, key, causal } = scores;
  // [..., keys, numbers], as the value has it.
  const turned = { ...key, dims: [...key.dims.slice(0, -2), key.dims.at(-1) ?? [], key.dims.at(-2) ?? []] };
  const q = headsOf(query);
  const k = headsOf(turned);
  const v = headsOf(value);
  if (q === null || k === null || v === null) return null;
  if (q.kept !== q.heads || k.kept !== v.kept || k.heads !== q.heads || v.heads !== q.heads) return null;
  const [asked, looked] = [before(q.term), before(k.term)];
  if (asked.isTurned !== looked.isTurned) return null;
  const by = scores.scale * asked.by * looked.by * Math.sqrt(q.numbers);
  const meaning: Attention = {
    kind: "attention",
    heads: q.heads,
    shared: k.kept,
    causal,
    rotary: asked.isTurned,
    query: scaledBy(projectionOf(asked.term, q.width), by),
    key: projectionOf(looked.term, k.width),
    value: projectionOf(v.term, v.width),
  };
  const heads: Size = q.head;
  const last = value.dims.at(-1) ?? [];
  const steps = query.dims.at(-2) ?? [];
  const axes = [steps, [...heads, ...last]];
  const inputs = [...new Set([meaning.query.input, meaning.key.input, meaning.value.input])];
  const term = c.term(meaning, inputs, shapeOf(axes));
  return { kind: "flow", term, axes, dims: [...query.dims.slice(0, -1), last] };
}

interface Heads {
  readonly term: Term;
  readonly heads: number;
  /** Without those that repeat. */
  readonly kept: number;
  readonly head: Size;
  /** Numbers of a head, and of all. */
  readonly numbers: number;
  readonly width: number;
}

/** Of [rows and heads..., steps, numbers] whose term gives [steps, heads x numbers]. */
function headsOf({ term, axes, dims }: Flow): Heads | null {
  const lead = dims.slice(0, -2).flat();
  const head = lead.filter(({ isRows }) => !isRows);
  const steps = dims.at(-2) ?? [];
  const numbers = dims.at(-1) ?? [];
  if (!hasRows(lead) || hasRows(steps) || hasRows(numbers)) return null;
  const own = axes.flat();
  const kept = head.filter((one) => own.includes(one));
  const isFront = sameFactors(head.slice(0, kept.length), kept);
  if (!isFront || !sameSizes(axes, [steps, [...kept, ...numbers]])) return null;
  return {
    term,
    heads: count(head),
    kept: count(kept),
    head,
    numbers: count(numbers),
    width: count(kept) * count(numbers),
  };
}

/** What queries or keys are before they are multiplied by a number and turned by their steps. */
function before(given: Term): { readonly term: Term; readonly by: number; readonly isTurned: boolean } {
  let [term, by, isTurned] = [given, 1, false];
  for (;;) {
    const line = lineOf(term.meaning);
    const [inside] = term.inputs;
    if (inside === undefined) return { term, by, isTurned };
    if (line !== null && line.b === 0) by *= line.a;
    else if (partOf(term, "Rotary") !== null && !isTurned) isTurned = true;
    else return { term, by, isTurned };
    term = inside;
  }
}

/** The dense layer that gives the term, as one of its own; of what is no such, the numbers as they are. */
function projectionOf(term: Term, width: number): Projection {
  const slice = layerOf(term, "slice");
  const [of] = term.inputs;
  const isOfLast = slice !== null && slice.args["axis"] === -1;
  const source = isOfLast && of !== undefined ? of : term;
  const start = isOfLast && typeof slice.args["start"] === "number" ? slice.args["start"] : 0;
  const layer = layerOf(source, "dense");
  const kernel = layer?.weights.get("kernel");
  const [input] = source.inputs;
  if (layer === null || kernel === undefined || input === undefined)
    return { input: term, kernel: identity(width), bias: null };
  const bias = layer.weights.get("bias");
  return {
    input,
    kernel: columns(kernel, start, width),
    bias: bias === undefined ? null : columns(bias, start, width),
  };
}

function columns({ shape, data }: FloatTensor, start: number, width: number): FloatTensor {
  const all = shape.at(-1) ?? 1;
  const rows = data.length / all;
  const made = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    made.set(data.subarray(row * all + start, row * all + start + width), row * width);
  return { shape: [...shape.slice(0, -1), width], data: made };
}

function identity(width: number): FloatTensor {
  const data = new Float32Array(width * width);
  for (let i = 0; i < width; i++) data[i * width + i] = 1;
  return { shape: [width, width], data };
}

/** Another scale than 1 / sqrt(numbers) goes into the queries. */
function scaledBy(projection: Projection, by: number): Projection {
  if (Math.abs(by - 1) < 1e-6) return projection;
  const scaled = ({ shape, data }: FloatTensor) => ({ shape, data: data.map((value) => value * by) });
  const { kernel, bias } = projection;
  return { ...projection, kernel: scaled(kernel), bias: bias === null ? null : scaled(bias) };
}

/** Attention with its output, [heads x numbers, output], as a layer; null of what is none. */
export function withOutput(c: NodeContext, flow: Flow, kernel: Constant): Flow | null {
  const { meaning, shape } = flow.term;
  const last = flow.axes[1] ?? [];
  if (meaning.kind !== "attention" || flow.axes.length !== 2 || !sameFactors(last, flow.dims.at(-1) ?? []))
    return null;
  const output = { shape: kernel.shape, data: Float32Array.from(kernel.data) };
  const made = headed(c.term.bind(c), meaning, output, shape[0] ?? 1, c.wanted(kernel));
  const [, units = 1] = kernel.shape;
  const size: Size = units === 1 ? [] : [{ size: units, isRows: false }];
  return {
    kind: "flow",
    term: made,
    axes: [flow.axes[0] ?? [], size],
    dims: [...flow.dims.slice(0, -1), size],
  };
}

/** The layer, with an output kernel; an identity where the file has none. */
export function headed(
  term: NodeContext["term"],
  meaning: Attention,
  given: FloatTensor | null,
  steps: number,
  wanted: string,
): Term {
  const { heads, shared, query, key, value, causal, rotary } = meaning;
  const values = (value.kernel.shape[1] ?? 1) / shared;
  const output = given ?? identity(heads * values);
  const keys = (query.kernel.shape[1] ?? 1) / heads;
  const units = output.shape[1] ?? 1;
  const width = query.input.shape[1] ?? 1;
  const weights = new Map<string, FloatTensor>();
  const all = { query, key, value };
  for (const [name, { kernel, bias }] of Object.entries(all)) {
    weights.set(`${name}_kernel`, kernel);
    if (bias !== null) weights.set(`${name}_bias`, bias);
  }
  weights.set("output_kernel", output);
  const args = {
    num_heads: heads,
    ...(keys * heads === width ? {} : { key_dim: keys }),
    ...(values === keys ? {} : { value_dim: values }),
    ...(units === width ? {} : { output_shape: units }),
    ...(shared === heads ? {} : { num_key_value_heads: shared }),
    ...(causal ? { causal } : {}),
    ...(rotary ? { rotary } : {}),
  };
  const inputs =
    query.input === value.input && key.input === value.input
      ? [query.input]
      : key.input === value.input
        ? [query.input, value.input]
        : [query.input, value.input, key.input];
  return term(
    { kind: "layer", layer: "multi_head_attention", args, weights, sharedWith: null },
    inputs,
    [steps, units],
    wanted,
  );
}

/** All four biases or none: those that are not there are 0. */
export function withBiases(weights: ReadonlyMap<string, FloatTensor>): ReadonlyMap<string, FloatTensor> {
  const names = ["query", "key", "value", "output"];
  if (!names.some((name) => weights.has(`${name}_bias`))) return weights;
  return new Map(
    names.flatMap((name) => {
      const kernel = weights.get(`${name}_kernel`);
      if (kernel === undefined) return [];
      const bias = weights.get(`${name}_bias`) ?? zerosOf([kernel.shape[1] ?? 1]);
      return [[`${name}_kernel`, kernel] as const, [`${name}_bias`, bias] as const];
    }),
  );
}

/** Pairs of numbers turned by their step, put together again: a part, of which attention knows. */
export function rotaryOf(c: NodeContext, flows: readonly Flow[]): Flow | null {
  const [left, right] = flows;
  if (left === undefined || right === undefined || flows.length !== 2) return null;
  const difference = partOf(left.term, "Sub");
  const sum = layerOf(right.term, "add");
  const [a, b] = left.term.inputs;
  const [d, e] = right.term.inputs;
  if (
    difference === null ||
    sum === null ||
    a === undefined ||
    b === undefined ||
    d === undefined ||
    e === undefined
  )
    return null;
  const parts = [a, b, d, e].map(partTimes);
  const [first, second, third, fourth] = parts;
  if (first == null || second == null || third == null || fourth == null) return null;
  // first cos - second sin, second cos + first sin.
  const isPaired = first.half === fourth.half && second.half === third.half;
  const [source] = first.half.flows;
  const model = difference.flows[0];
  if (!isPaired || source === undefined || source.term !== second.half.flows[0]?.term || model === undefined)
    return null;
  if (first.half.numbers[1] !== 0) return null;
  const steps = model.dims.at(-2) ?? [];
  const half = count(model.dims.at(-1) ?? []);
  const angles = anglesOf(count(steps), half, 2 * half, 10_000);
  const isTurn = (by: Constant, of: (angle: number) => number) =>
    by.data.length === angles.length &&
    by.data.every((value, i) => Math.abs(value - of(at(angles, i))) < 1e-5);
  if (
    !isTurn(first.by, cosine) ||
    !isTurn(third.by, cosine) ||
    !isTurn(second.by, sine) ||
    !isTurn(fourth.by, sine)
  )
    return null;
  return c.part("Rotary", [source], source);
}

interface Turned {
  readonly half: Part;
  readonly by: Constant;
}

function partTimes(term: Term): Turned | null {
  const part = partOf(term, "Turned");
  const [inside] = term.inputs;
  const half = inside === undefined ? null : partOf(inside, "Half");
  return part?.constant == null || half === null ? null : { half, by: part.constant };
}

/** The operation of opset 23, of [rows, steps, heads x numbers] or [rows, heads, steps, numbers]. */
const attentionRule: NodeRule = (c) => {
  if (c.value(3) !== null || c.value(4) !== null || c.value(5) !== null) {
    const mask = c.optional(3);
    if (mask === null || c.value(4) !== null || !seesBefore(mask, !mask.isFloat))
      return misfit("has a mask or a past, which `multi_head_attention` has not");
  }
  const flows = [c.flow(0), c.flow(1), c.flow(2)];
  const heads = [c.int("q_num_heads", 0), c.int("kv_num_heads", 0), c.int("kv_num_heads", 0)];
  const isFlat = flows.every(({ dims }) => dims.length === 3);
  const apart = flows.map((flow, i) => (isFlat ? inHeads(flow, at(heads, i)) : flow));
  const [q, k, v] = apart.map((flow) => (flow === null ? null : headsOf(flow)));
  if (q == null || k == null || v == null)
    return misfit("takes queries, keys and values in an order that is not read");
  const [asked, looked] = [before(q.term), before(k.term)];
  if (asked.isTurned || looked.isTurned) return misfit("turns its queries in a way that is not read");
  const stated = c.float("scale", 0);
  const by = stated === 0 ? 1 : stated * Math.sqrt(q.numbers);
  const meaning: Attention = {
    kind: "attention",
    heads: q.heads,
    shared: k.heads,
    causal: c.int("is_causal", 0) === 1 || c.optional(3) !== null,
    rotary: false,
    query: scaledBy(projectionOf(asked.term, q.width), by * asked.by * looked.by),
    key: projectionOf(looked.term, k.width),
    value: projectionOf(v.term, v.width),
  };
  const [query] = apart;
  const value = apart[2];
  if (query == null || value == null) return misfit("has no inputs");
  const steps = query.dims.at(-2) ?? [];
  const last = value.dims.at(-1) ?? [];
  const joined: Size = [...q.head, ...last];
  const inputs = [...new Set([meaning.query.input, meaning.key.input, meaning.value.input])];
  const term = c.term(meaning, inputs, shapeOf([steps, joined]));
  const rows = query.dims.find(hasRows) ?? [];
  const dims = isFlat ? [rows, steps, joined] : [...query.dims.slice(0, -1), last];
  return { kind: "flow", term, axes: [steps, joined], dims };
};

function inHeads(flow: Flow, heads: number): Flow | null {
  const [rows = 1, steps = 1, width = 1] = flow.dims.map(count);
  const apart = heads === 0 ? null : reshaped(flow, [rows, steps, heads, width / heads]);
  if (apart === null) return null;
  const [a = [], b = [], d = [], e = []] = apart.dims;
  return { ...apart, dims: [a, d, b, e] };
}

export const attentionRules: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ["Attention", attentionRule],
]);
