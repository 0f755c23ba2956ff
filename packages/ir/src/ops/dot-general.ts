// dot_general: the one contraction. For each result element one accumulator in f32, starting at 0, takes
// the products in increasing order of the contracted indices (row-major over them), multiply then add,
// each rounded; backends that promise equal bits follow that order.

import { at } from "@netwright/definitions";
import { sizeOf, tensor } from "../core/types.ts";
import { constrain, type OpDefinition, operand } from "./definition.ts";

export interface DotGeneralAttributes {
  readonly lhsBatching: readonly number[];
  readonly rhsBatching: readonly number[];
  readonly lhsContracting: readonly number[];
  readonly rhsContracting: readonly number[];
}

export const dotGeneral: OpDefinition<DotGeneralAttributes> = {
  summary: "generalised matrix product; result: batching, then free lhs, then free rhs dimensions",
  operands: 2,
  fields: {
    lhsBatching: "integers",
    rhsBatching: "integers",
    lhsContracting: "integers",
    rhsContracting: "integers",
  },
  cost: ({ operands, results: [result] }, { lhsContracting }) => {
    const { shape } = operand(operands, 0);
    const contracted = sizeOf(lhsContracting.map((d) => at(shape, d)));
    const macs = sizeOf(result?.shape ?? [0]) * contracted;
    return { macs, flops: 2 * macs };
  },
  infer: (operands, { lhsBatching, rhsBatching, lhsContracting, rhsContracting }) => {
    const [lhs, rhs] = [operand(operands, 0), operand(operands, 1)];
    constrain(lhs.dtype === "f32" && rhs.dtype === "f32", "dot_general_c1", "both operands must be f32");
    constrain(
      lhsBatching.length === rhsBatching.length && lhsContracting.length === rhsContracting.length,
      "dot_general_c2",
      "batching and contracting dimensions must come in pairs",
    );
    const sides = [
      { type: lhs, used: [...lhsBatching, ...lhsContracting] },
      { type: rhs, used: [...rhsBatching, ...rhsContracting] },
    ];
    for (const { type, used } of sides) {
      constrain(
        new Set(used).size === used.length && used.every((d) => d >= 0 && d < type.shape.length),
        "dot_general_c3",
        `[${used}] are not distinct dimensions of rank ${type.shape.length}`,
      );
    }
    const pairs = [
      ...lhsBatching.map((d, i) => [d, at(rhsBatching, i)] as const),
      ...lhsContracting.map((d, i) => [d, at(rhsContracting, i)] as const),
    ];
    for (const [l, r] of pairs) {
      constrain(
        lhs.shape[l] === rhs.shape[r],
        "dot_general_c4",
        `dimension ${l} of [${lhs.shape}] and dimension ${r} of [${rhs.shape}] differ`,
      );
    }
    const free = (shape: readonly number[], batching: readonly number[], contracting: readonly number[]) =>
      shape.filter((_, i) => !batching.includes(i) && !contracting.includes(i));
    return [
      tensor("f32", [
        ...lhsBatching.map((d) => at(lhs.shape, d)),
        ...free(lhs.shape, lhsBatching, lhsContracting),
        ...free(rhs.shape, rhsBatching, rhsContracting),
      ]),
    ];
  },
};
