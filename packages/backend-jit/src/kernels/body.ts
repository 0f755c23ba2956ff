// Elementwise operations on every element of an array: kernels of their own, or what a product does with its results.

import type { AnyOp, BinaryName, ElementType, Op, UnaryName } from "@netwright/ir";
import type { Access } from "../plan/access.ts";
import type { AlikeRows, OwnUnits, Share, ShareAlike, Sharing } from "../threads/share.ts";
import { instructionsOf, LANE, TOUCH } from "../threads/work.ts";
import { type BufferId, type Read, type Rename, spell } from "./rule.ts";

/** The operations that have a result for each element of their operands. */
export type ElementwiseName = UnaryName | BinaryName | "compare" | "select" | "convert";

export type ElementwiseOp = { [K in ElementwiseName]: Op<K> }[ElementwiseName];

/** What the bodies of kernels hold: those, and one number for all elements. */
export type PointwiseSource = ElementwiseOp | Op<"constant">;

export type PointwiseInput =
  | { readonly kind: "constant"; readonly dtype: ElementType; readonly value: number }
  | {
      readonly kind: "buffer";
      readonly buffer: BufferId;
      readonly dtype: ElementType;
      readonly access: Access;
    };

/** One elementwise operation; a `full` input that an earlier operation of the body makes never leaves registers. */
export interface PointwiseOp {
  readonly op: PointwiseSource;
  readonly inputs: readonly PointwiseInput[];
  readonly dtype: ElementType;
  readonly result: BufferId;
}

/** Operations on each element of a rows x columns array, and which of their results go to memory. */
export interface PointwiseBody {
  readonly rows: number;
  readonly columns: number;
  readonly ops: readonly PointwiseOp[];
  readonly stores: readonly BufferId[];
}

/** A body that sees no rows as one of rows; with one element in each, the elements side by side. */
export function inRows(body: PointwiseBody, rows: number): PointwiseBody {
  const size = body.rows * body.columns;
  return size === rows ? { ...body, rows: 1, columns: rows } : { ...body, rows, columns: size / rows };
}

/** Arrays that have an element for each of the body, made by itself or not. */
export function fullInputs({ ops }: PointwiseBody): BufferId[] {
  return ops.flatMap(({ inputs }) =>
    inputs.flatMap((input) =>
      input.kind === "buffer" && input.access.kind === "full" ? [input.buffer] : [],
    ),
  );
}

/** What the body reads of memory. */
export function bodyReads({ ops }: PointwiseBody): readonly Read[] {
  const made = new Set<BufferId>();
  const reads: Read[] = [];
  // No operation comes before what it reads of the others.
  ops.forEach(({ inputs, result }) => {
    inputs.forEach((input) => {
      if (input.kind === "constant") return;
      const inPlace = input.access.kind === "full";
      if (!(inPlace && made.has(input.buffer))) reads.push({ buffer: input.buffer, inPlace });
    });
    made.add(result);
  });
  return reads;
}

export function renamedBody({ ops, stores, ...rest }: PointwiseBody, rename: Rename): PointwiseBody {
  const input = (one: PointwiseInput): PointwiseInput =>
    one.kind === "constant" ? one : { ...one, buffer: rename(one.buffer) };
  return {
    ...rest,
    ops: ops.map((op) => ({ ...op, inputs: op.inputs.map(input), result: rename(op.result) })),
    stores: stores.map(rename),
  };
}

/** What the code depends on: not where an operation came from, and of its operands what stands for them. */
export function bodyCode({ rows, columns, ops, stores }: PointwiseBody, rename: Rename): unknown {
  const code: (string | number)[] = [rows, columns];
  ops.forEach(({ op, inputs, dtype, result }) => {
    code.push(op.name, attributesCode(op.attributes), dtype);
    op.operands.forEach(({ type }) => {
      code.push(type.dtype);
    });
    inputs.forEach((input) => {
      if (input.kind === "constant") code.push(input.dtype, spell(input.value));
      else code.push(input.access.kind, input.access.columns, rename(input.buffer));
    });
    code.push(rename(result));
  });
  return [code, stores.map(rename)];
}

function attributesCode(attributes: PointwiseSource["attributes"]): string {
  // Most have none.
  if (Object.keys(attributes).length === 0) return "";
  return JSON.stringify(attributes, (_, value: unknown) =>
    typeof value === "number" ? spell(value) : value,
  );
}

/** By rows where there are enough of them, else by columns in every row. */
export function bodyShare({ rows, columns }: PointwiseBody, { threads, line }: Sharing): Share {
  return rows >= 4 * threads
    ? { by: "rows", units: rows, size: 1 }
    : { by: "columns", units: Math.ceil(columns / line), size: line };
}

/** By rows of the elements in order, however many rows the body has. */
export function bodyShareAlike(body: PointwiseBody, alike: AlikeRows): ShareAlike | undefined {
  const { rows, columns } = body;
  const { count, units } = alike;
  const size = rows * columns;
  if (size === 0 || size % count !== 0) return undefined;
  const own = bodyOwn(body, alike);
  if (rows % count === 0) return { share: { by: "rows", units, size: rows / units }, own };
  // Vectors are whole.
  return rows === 1 && (columns / units) % 4 === 0
    ? { share: { by: "columns", units, size: columns / units }, own }
    : undefined;
}

/** Arrays that are read and written at the place of each element alone. */
export function bodyOwn(
  { rows, columns, ops, stores }: PointwiseBody,
  { units }: AlikeRows,
): ReadonlyMap<BufferId, OwnUnits> {
  const bytes = (4 * rows * columns) / units;
  const full = new Set(stores);
  const others = new Set<BufferId>();
  for (const { inputs } of ops) {
    for (const input of inputs) {
      if (input.kind === "buffer") (input.access.kind === "full" ? full : others).add(input.buffer);
    }
  }
  return new Map([...full].filter((id) => !others.has(id)).map((id) => [id, { bytes, inSteps: false }]));
}

export function bodyWork({ rows, columns, ops, stores }: PointwiseBody): number {
  let [instructions, reads] = [0, 0];
  for (const { op, inputs } of ops) {
    instructions += instructionsOf(op.name);
    for (const { kind } of inputs) if (kind === "buffer") reads++;
  }
  return rows * columns * (LANE * instructions + TOUCH * (reads / 2 + stores.length));
}

export function bodyOps({ ops }: PointwiseBody): readonly AnyOp[] {
  return ops.map(({ op }) => op);
}
