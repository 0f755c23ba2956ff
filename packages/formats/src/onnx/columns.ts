// From the columns of a table to the inputs of the network: one input for each column, [rows, 1], of a model of windows [rows, steps].
// Numbers are scaled in f64, as the package does it, and rounded to f32 once.

import { at } from "@netwright/definitions";
import type { ModelInput } from "@netwright/lang";
import type { NumberColumn, PortableColumn } from "../model/columns.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { GraphBuilder, Name } from "./graph-builder.ts";
import { kindsOf, scaled } from "./steps.ts";
import { wordNumbers } from "./words.ts";

export interface Inputs {
  /** By the names of the network's inputs. */
  readonly values: ReadonlyMap<string, Name>;
  /** Whether all cells of a row are what the model takes: bool [rows, 1]; null where nothing is refused. */
  readonly valid: Name | null;
}

/** What a column becomes, and where it is what the model takes. */
export interface Piece {
  /** f64 [rows, numbers], of windows [rows, steps, numbers]; of an index i64 [rows] or [rows, steps]. */
  readonly value: Name;
  /** bool, with the sizes of the cells; null where nothing is refused. */
  readonly valid: Name | null;
}

export function columnInputs(g: GraphBuilder, model: PortableModel): Inputs {
  const { network, columns, window } = model;
  const steps = window?.length ?? 1;
  const pieces = network.inputs.map((input) => {
    const own = columns.filter(({ place }) => place.input === input.name);
    return { input, pieces: groupsOf(own).map((group) => pieceOf(g, group, window === null ? null : steps)) };
  });
  const checks = pieces.flatMap((one) => one.pieces.flatMap(({ valid }) => valid ?? []));
  return {
    values: new Map(
      pieces.map((one) => [one.input.name, together(g, one.input, one.pieces, window !== null)]),
    ),
    valid: allOf(g, checks, window === null ? 2 : 3),
  };
}

/** The network alone: what it takes is scaled and coded already. */
export function rawInputs(g: GraphBuilder, { network }: PortableModel): Inputs {
  const values = network.inputs.map(({ name, type }): [string, Name] => [
    name,
    g.input({
      name,
      type: type.kind === "index" ? "int64" : "float",
      shape: ["N", ...type.shape],
      doc: type.kind === "index" ? `indices below ${type.of}` : "scaled and coded as the contract says",
    }),
  ]);
  return { values: new Map(values), valid: null };
}

function together(g: GraphBuilder, { type }: ModelInput, pieces: readonly Piece[], isWindow: boolean): Name {
  const names = pieces.map(({ value }) => value);
  if (type.kind === "index") return at(names, 0);
  const numbers = names.length === 1 ? at(names, 0) : g.op("Concat", names, { axis: -1 });
  const rounded = g.cast(numbers, "float");
  return type.shape.length > (isWindow ? 2 : 1) ? g.reshape(rounded, type.shape) : rounded;
}

/** Columns side by side that are scaled by steps of the same kinds are one group. */
function groupsOf(columns: readonly PortableColumn[]): readonly (readonly PortableColumn[])[] {
  const groups: PortableColumn[][] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    const before = last?.[0];
    if (
      last !== undefined &&
      before !== undefined &&
      signOf(column) !== null &&
      signOf(before) === signOf(column)
    )
      last.push(column);
    else groups.push([column]);
  }
  return groups;
}

/** Null for a column that is a group by itself. */
function signOf(column: PortableColumn): string | null {
  if (column.kind !== "number" || column.coding.kind !== "steps" || column.place.size > 1) return null;
  return [kindsOf(column.coding.steps), column.missing.kind, column.holds].join();
}

function pieceOf(g: GraphBuilder, group: readonly PortableColumn[], steps: number | null): Piece {
  const first = at(group, 0);
  if (first.kind === "words") return wordNumbers(g, first, cells(g, first, steps));
  const numbers = group.filter((column): column is NumberColumn => column.kind === "number");
  const given = numbers.map((column) => cells(g, column, steps));
  return numberPiece(g, numbers, given.length === 1 ? at(given, 0) : g.op("Concat", given, { axis: -1 }));
}

/** [rows, 1], of windows [rows, steps, 1]. */
function cells(g: GraphBuilder, column: PortableColumn, steps: number | null): Name {
  const name = g.input({
    name: column.name,
    type: column.kind === "words" ? "string" : "double",
    shape: ["N", steps ?? 1],
    doc: docOf(column),
  });
  return steps === null ? name : g.op("Unsqueeze", [name, g.ints([-1])]);
}

function docOf(column: PortableColumn): string {
  if (column.kind === "words") return "a word; empty where it is missing";
  const { unit, min, max, holds } = column;
  return [
    holds === "dates" ? "seconds since 1970-01-01T00:00:00" : holds === "truth values" ? "1 or 0" : holds,
    ...(unit === null ? [] : [`in ${unit}`]),
    ...(min === null ? [] : [`from ${min}`]),
    ...(max === null ? [] : [`to ${max}`]),
  ].join(" ");
}

/** Columns with the same kinds of steps, or one of another coding; x is f64 [..., columns], NaN where a cell is missing. */
function numberPiece(g: GraphBuilder, columns: readonly NumberColumn[], x: Name): Piece {
  const first = at(columns, 0);
  const isMissing = g.op("IsNaN", [x]);
  const fills = columns.map(({ missing }) => (missing.kind === "filled" ? missing.by : 0));
  const isFilled = first.missing.kind === "filled";
  const known = isFilled ? g.op("Where", [isMissing, g.doubles(fills), x]) : x;
  const value = coded(g, columns, known);
  const marked = first.missing.kind === "filled" && first.missing.indicator;
  return {
    value: marked ? g.op("Concat", [value, g.cast(isMissing, "double")], { axis: -1 }) : value,
    valid: validNumbers(g, columns, known, isFilled),
  };
}

function coded(g: GraphBuilder, columns: readonly NumberColumn[], x: Name): Name {
  const { coding } = at(columns, 0);
  switch (coding.kind) {
    case "steps":
      return scaled(
        g,
        x,
        columns.map((column) => (column.coding.kind === "steps" ? column.coding.steps : [])),
      );
    case "bins":
      return binned(g, x, coding.edges, coding.bins);
    case "waves": {
      const turns = g.doubles(coding.frequencies.map((frequency) => 2 * Math.PI * frequency));
      const z = g.op("Div", [g.op("Sub", [x, g.doubles([coding.mean])]), g.doubles([coding.std])]);
      const angles = g.op("Mul", [z, turns]);
      return g.op("Concat", [g.op("Sin", [angles]), g.op("Cos", [angles])], { axis: -1 });
    }
    case "ranks":
    case "other":
      throw new Error(`${coding.kind} is refused`);
  }
}

/** How far x has come through each bin; the first and the last go on beyond, and bins without edges are 0. */
function binned(g: GraphBuilder, x: Name, edges: readonly number[], bins: number): Name {
  const own = edges.length - 1;
  const rest = bins - own;
  const none = g.op("Mul", [g.op("Sub", [x, x]), g.doubles(new Array<number>(Math.max(1, rest)).fill(0))]);
  if (own < 1) return none;
  const from = g.op("Sub", [x, g.doubles(edges.slice(0, -1))]);
  const widths = edges.slice(1).map((edge, i) => edge - at(edges, i));
  const shares = g.op("Div", [from, g.doubles(widths)]);
  const least = widths.map((_, i) => (i === 0 ? -Number.MAX_VALUE : 0));
  const most = widths.map((_, i) => (i === own - 1 ? Number.MAX_VALUE : 1));
  const held = g.op("Min", [g.op("Max", [shares, g.doubles(least)]), g.doubles(most)]);
  return rest === 0 ? held : g.op("Concat", [held, none], { axis: -1 });
}

/** A comparison with NaN is false, so that a missing cell that nothing stands for is none that is taken. */
function validNumbers(
  g: GraphBuilder,
  columns: readonly NumberColumn[],
  x: Name,
  isFilled: boolean,
): Name | null {
  const isBounded = columns.some(({ min, max }) => min !== null || max !== null);
  const isWhole = at(columns, 0).holds === "whole numbers";
  if (isFilled && !isBounded && !isWhole) return null;
  const least = g.doubles(columns.map(({ min }) => min ?? Number.NEGATIVE_INFINITY));
  const most = g.doubles(columns.map(({ max }) => max ?? Number.POSITIVE_INFINITY));
  const inside = g.op("And", [g.op("GreaterOrEqual", [x, least]), g.op("LessOrEqual", [x, most])]);
  return isWhole ? g.op("And", [inside, g.op("Equal", [x, g.op("Floor", [x])])]) : inside;
}

/** Of each row, [rows, 1]. */
function allOf(g: GraphBuilder, checks: readonly Name[], rank: number): Name | null {
  if (checks.length === 0) return null;
  const together = checks.length === 1 ? at(checks, 0) : g.op("Concat", checks, { axis: -1 });
  const least = g.op("ReduceMin", [g.cast(together, "float"), g.ints(rank === 2 ? [1] : [1, 2])], {
    keepdims: 0,
  });
  return g.op("Unsqueeze", [g.op("Greater", [least, g.floats([0.5], [])]), g.ints([1])]);
}
