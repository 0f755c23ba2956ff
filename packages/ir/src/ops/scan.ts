// scan: a function of the program, applied to one element of sequences after the other, from the first or from the
// last, with values that are carried from each to the next. Outputs stand where the elements stood. It means that
// function `length` times, so what it costs to expand grows with the length: a backend for long sequences has a loop
// of its own.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { Value } from "../core/program.ts";
import { formatType, sameType, type TensorType, tensor } from "../core/types.ts";
import { constrain, type DerivedDefinition } from "./definition.ts";

export type ScanOrder = "forwards" | "backwards";

const ORDERS: readonly string[] = ["forwards", "backwards"] satisfies ScanOrder[];

export interface ScanAttributes {
  /** Function of kind `composite`: carries, an element of each sequence, the other operands -> carries, outputs. */
  readonly body: string;
  readonly length: number;
  /** How many operands, from the first, are carried, and how many after them are sequences. */
  readonly carries: number;
  readonly sequences: number;
  /** Which element comes first: the first, or the last. */
  readonly order: ScanOrder;
  /** Of the results: the last carries, then the outputs of all steps. */
  readonly types: readonly TensorType[];
}

/** One step of a sequence or of outputs. */
export function elementOf({ dtype, shape }: TensorType): TensorType {
  return tensor(dtype, shape.slice(1));
}

/** A sequence, or outputs, of so many steps. */
export function inAllSteps({ dtype, shape }: TensorType, length: number): TensorType {
  return tensor(dtype, [length, ...shape]);
}

/** What the body takes and gives. */
export function bodyTypes(
  operands: readonly TensorType[],
  { carries, sequences, types }: ScanAttributes,
): { readonly parameters: readonly TensorType[]; readonly results: readonly TensorType[] } {
  const end = carries + sequences;
  return {
    parameters: [
      ...operands.slice(0, carries),
      ...operands.slice(carries, end).map(elementOf),
      ...operands.slice(end),
    ],
    results: [...operands.slice(0, carries), ...types.slice(carries).map(elementOf)],
  };
}

function step(b: Builder, sequence: Value, index: number): Value {
  const { shape } = sequence.type;
  const start = shape.map((_, d) => (d === 0 ? index : 0));
  const limit = shape.map((size, d) => (d === 0 ? index + 1 : size));
  return b.reshape(b.slice(sequence, start, limit), shape.slice(1));
}

export const scan: DerivedDefinition<ScanAttributes> = {
  summary: "a function applied to each element of sequences in turn, with values carried along",
  operands: "variadic",
  fields: {
    body: "word",
    length: "integer",
    carries: "integer",
    sequences: "integer",
    order: "word",
    types: "types",
  },
  // The verifier checks the types against the body, which is outside of the operation.
  infer: (operands, { length, carries, sequences, order, types }) => {
    constrain(
      length >= 0 && carries >= 0 && sequences >= 0 && carries + sequences <= operands.length,
      "scan_c1",
      `${operands.length} operands for ${carries} carries and ${sequences} sequences of ${length}`,
    );
    const given = operands.slice(0, carries);
    constrain(
      types.length >= carries && given.every((type, i) => sameType(type, at(types, i))),
      "scan_c2",
      `carries are (${given.map(formatType).join(", ")}), results (${types.map(formatType).join(", ")})`,
    );
    const inSteps = [...operands.slice(carries, carries + sequences), ...types.slice(carries)];
    constrain(
      inSteps.every(({ shape }) => shape[0] === length),
      "scan_c3",
      `sequences and outputs are (${inSteps.map(formatType).join(", ")}), expected ${length} elements in each`,
    );
    constrain(ORDERS.includes(order), "scan_c6", `unknown order ${order}`);
    return types;
  },
  decompose: (b, operands, attributes) => {
    const { body, length, carries, sequences, order, types } = attributes;
    const end = carries + sequences;
    const outputs = types.slice(carries).map((): Value[] => []);
    const indices = Array.from({ length }, (_, i) => i);
    let carried = operands.slice(0, carries);
    const { results } = bodyTypes(
      operands.map(({ type }) => type),
      attributes,
    );
    for (const index of order === "forwards" ? indices : indices.reverse()) {
      const elements = operands.slice(carries, end).map((sequence) => step(b, sequence, index));
      const made = b.emit("composite", [...carried, ...elements, ...operands.slice(end)], {
        composite: "netwright.scan_step",
        settings: {},
        decomposition: body,
        types: results,
      });
      carried = made.slice(0, carries);
      made.slice(carries).forEach((output, i) => {
        at(outputs, i).push(b.reshape(output, [1, ...output.type.shape]));
      });
    }
    const joined = outputs.map((parts, i) => {
      const type = at(types, carries + i);
      if (order === "backwards") parts.reverse();
      return parts.length === 0 ? b.fill(type, 0) : b.concatenate(parts, 0);
    });
    return [...carried, ...joined];
  },
};
