// How much of its input a number inside a network follows from: along steps, or height and width, the places from the first to the
// last that reach it. Windows add to it what they reach; what makes sequences longer and images larger lets neighbours follow from
// different places, so that what is kept are the places of several numbers side by side, after which it goes on in the same way.

import { at, type Catalog, type Shape, type ValueType, type View } from "@netwright/definitions";
import type { Model, Node } from "./model.ts";

/** Along one direction. */
export interface Reach {
  /**
   * The places of the input that each number of a period follows from; null for none, as between the windows of a transposed
   * convolution. Beyond the input they are padding.
   */
  readonly spans: readonly Span[];
  /** Places of the input from a number to the one a period behind it. */
  readonly step: number;
  /** How many places the input has. */
  readonly length: number;
}

/** The first and the last place, counted from where the number 0 begins. */
type Span = readonly [first: number, last: number] | null;

/** Behind more numbers that differ in what they follow from, all are said to follow from everything. */
const LONGEST_PERIOD = 4096;

/** `all` is of what follows from every place, as behind `flatten`. */
export type ReceptiveField = "all" | readonly Reach[];

/** By the names of inputs and nodes; a value without directions, as a row of features, has none. */
export function receptiveFields(
  { inputs, nodes }: Pick<Model, "inputs" | "nodes">,
  { layer: layers }: Pick<Catalog, "layer">,
): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>();
  const put = (name: string, field: ReceptiveField | undefined) => {
    if (field !== undefined) fields.set(name, field);
  };
  for (const { name, type } of inputs) put(name, begun(type));
  for (const node of nodes) {
    const { apart, sees = apart === true ? "place" : "all" } = layers.get(node.layer)?.parts(node.args) ?? {};
    const given = joined(node.inputs.map(({ from }) => fields.get(from)).filter((one) => one !== undefined));
    put(node.name, given === undefined ? begun(node.type) : passed(given, sees, node));
  }
  return fields;
}

/** Each place by itself: what has no directions before it begins here. */
function begun(type: ValueType): ReceptiveField | undefined {
  const lengths = directionsOf(type);
  return lengths.length === 0 ? undefined : lengths.map((length) => ({ spans: [[0, 0]], step: 1, length }));
}

/** All sizes but that of the channels; indices have none of these. */
function directionsOf({ kind, shape }: ValueType): Shape {
  return kind === "index" ? shape : shape.slice(0, -1);
}

function joined(fields: readonly ReceptiveField[]): ReceptiveField | undefined {
  return fields.reduce<ReceptiveField | undefined>((before, field) => {
    if (before === undefined) return field;
    if (before === "all" || field === "all" || before.length !== field.length) return "all";
    return allOf(before.map((reach, d) => together(reach, at(field, d))));
  }, undefined);
}

function allOf(reaches: readonly (Reach | null)[]): ReceptiveField {
  const known = reaches.filter((reach) => reach !== null);
  return known.length === reaches.length ? known : "all";
}

/** Of two branches; null where one goes through the input faster than the other, and nothing of it stays near by. */
function together(one: Reach, other: Reach): Reach | null {
  const period = lowestCommon(one.spans.length, other.spans.length);
  const step = (one.step * period) / one.spans.length;
  if ((other.step * period) / other.spans.length !== step || period > LONGEST_PERIOD) return null;
  const spans = Array.from({ length: period }, (_, n) => union([spanAt(one, n), spanAt(other, n)]));
  return { ...one, spans, step };
}

function passed(
  given: ReceptiveField,
  sees: "place" | "all" | readonly View[],
  { type }: Node,
): ReceptiveField {
  if (given === "all" || sees === "all" || directionsOf(type).length !== given.length) return "all";
  if (sees === "place") return given;
  return allOf(given.map((reach, d) => seenThrough(reach, at(sees, d))));
}

function seenThrough(reach: Reach, view: View): Reach | null {
  const larger = Math.round(1 / view.step);
  return view.step < 1
    ? spreadOut(reach, larger, view.spread ?? larger * view.reach)
    : windowed(reach, view.reach, Math.round(view.step));
}

/** Number n is made of those from `step * n` on. Where it matters with which of them windows begin, as padding says, the widest count. */
function windowed(reach: Reach, window: number, step: number): Reach {
  const { spans } = reach;
  const shared = greatestCommon(spans.length, step);
  const begun = (shift: number) =>
    Array.from({ length: spans.length / shared }, (_, n) => unionFrom(reach, shift + step * n, window));
  const all = Array.from({ length: shared }, (_, shift) => begun(shift));
  const widest = all.reduce((best, one) => (widthOf(one) > widthOf(best) ? one : best));
  return { ...reach, spans: widest, step: (reach.step * step) / shared };
}

/** Each number becomes `times` numbers, and is part of `spread` of them. */
function spreadOut(reach: Reach, times: number, spread: number): Reach | null {
  const period = reach.spans.length * times;
  if (period > LONGEST_PERIOD) return null;
  const spans = Array.from({ length: period }, (_, n) => {
    const [first, last] = [Math.ceil((n - spread + 1) / times), Math.floor(n / times)];
    return unionFrom(reach, first, Math.max(0, last - first + 1));
  });
  return { ...reach, spans };
}

/** Also of numbers before the first. */
function spanAt({ spans, step }: Reach, n: number): Span {
  const periods = Math.floor(n / spans.length);
  const span = at(spans, n - periods * spans.length);
  return span === null ? null : [span[0] + periods * step, span[1] + periods * step];
}

/** Of `count` numbers from the first on. What lies behind one period and before the last one reaches no further: windows may be very large. */
function unionFrom(reach: Reach, first: number, count: number): Span {
  const some = Math.min(count, reach.spans.length);
  const ends = [first, first + count - some];
  return union(ends.flatMap((from) => Array.from({ length: some }, (_, i) => spanAt(reach, from + i))));
}

/** From the first to the last place of all. */
function union(spans: readonly Span[]): Span {
  return spans.reduce<Span>((all, span) => {
    if (all === null || span === null) return all ?? span;
    return [Math.min(all[0], span[0]), Math.max(all[1], span[1])];
  }, null);
}

function widthOf(spans: readonly Span[]): number {
  return spans.reduce(
    (widest, span) => (span === null ? widest : Math.max(widest, span[1] - span[0] + 1)),
    0,
  );
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}

function lowestCommon(a: number, b: number): number {
  return (a / greatestCommon(a, b)) * b;
}

/** Places that the number which follows from most follows from. */
export function placesOf(field: readonly Reach[]): readonly number[] {
  return field.map(({ spans }) => widthOf(spans));
}
