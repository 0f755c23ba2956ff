// Queries, keys and values: which numbers are of which head, and the dense layers that give them.

import type { FloatTensor } from "../../model/layouts.ts";
import { count, hasRows, type Size, sameFactors, sameSizes } from "./layout.ts";
import { lineOf } from "./line-of.ts";
import { type Flow, layerOf, type Projection, partOf, type Term } from "./terms.ts";

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
export function headsOf({ term, axes, dims }: Flow): Heads | null {
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
export function before(given: Term): {
  readonly term: Term;
  readonly by: number;
  readonly isTurned: boolean;
} {
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
export function projectionOf(term: Term, width: number): Projection {
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

export function columns({ shape, data }: FloatTensor, start: number, width: number): FloatTensor {
  const all = shape.at(-1) ?? 1;
  const rows = data.length / all;
  const made = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    made.set(data.subarray(row * all + start, row * all + start + width), row * width);
  return { shape: [...shape.slice(0, -1), width], data: made };
}

export function identity(width: number): FloatTensor {
  const data = new Float32Array(width * width);
  for (let i = 0; i < width; i++) data[i * width + i] = 1;
  return { shape: [width, width], data };
}

/** Another scale than 1 / sqrt(numbers) goes into the queries. */
export function scaledBy(projection: Projection, by: number): Projection {
  if (Math.abs(by - 1) < 1e-6) return projection;
  const scaled = ({ shape, data }: FloatTensor) => ({ shape, data: data.map((value) => value * by) });
  const { kernel, bias } = projection;
  return { ...projection, kernel: scaled(kernel), bias: bias === null ? null : scaled(bias) };
}
