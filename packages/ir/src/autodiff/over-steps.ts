// What the steps of a scan add up, as one operation over all of them: the sum over steps of products is a product that
// contracts the steps, too. So the gradient of a kernel that all steps share is one product of long matrices, which no
// step touches.

import { at } from "@netwright/definitions";
import type { Builder } from "../core/builder.ts";
import type { AnyOp, Value } from "../core/program.ts";

/** A value of a step as it is in all steps, [steps, ...]. */
export type InAllSteps = (value: Value) => Value;

export interface SumOverSteps {
  /** Values of a step that are asked for in all steps. */
  readonly wanted: readonly Value[];
  /** Emits the sum, outside of the steps. */
  readonly emit: (b: Builder, inAllSteps: InAllSteps) => Value;
}

/**
 * How to add up `value` over all steps from other values of the step, which `body` makes; undefined where it is no sum of products, or
 * some of what goes into those is the same in all steps, by `differs`.
 */
export function sumOverSteps(
  body: readonly AnyOp[],
  value: Value,
  differs: (value: Value) => boolean,
): SumOverSteps | undefined {
  const makers = new Map(body.flatMap((op) => op.results.map(({ id }) => [id, op] as const)));
  const sumOf = (made: Value): SumOverSteps | undefined => {
    const op = makers.get(made.id);
    const operands = op?.operands ?? [];
    switch (op?.name) {
      case "dot_general": {
        const [lhs, rhs] = [at(operands, 0), at(operands, 1)];
        const { lhsBatching, rhsBatching, lhsContracting, rhsContracting } = op.attributes;
        const dimensions = {
          lhsBatching: behindSteps(lhsBatching),
          rhsBatching: behindSteps(rhsBatching),
          lhsContracting: [0, ...behindSteps(lhsContracting)],
          rhsContracting: [0, ...behindSteps(rhsContracting)],
        };
        return fromSteps([lhs, rhs], (b, all) => b.dotGeneral(all(lhs), all(rhs), dimensions));
      }
      case "reduce": {
        const x = at(operands, 0);
        const dimensions = [0, ...behindSteps(op.attributes.dimensions)];
        return op.attributes.kind === "sum"
          ? fromSteps([x], (b, all) => b.sum(all(x), dimensions))
          : undefined;
      }
      // What moves and adds is the same for the sums.
      case "transpose": {
        const { permutation } = op.attributes;
        return fromSums(operands, (b, sums) => b.transpose(at(sums, 0), permutation));
      }
      case "reshape":
        return fromSums(operands, (b, sums) => b.reshape(at(sums, 0), made.type.shape));
      case "add":
        return fromSums(operands, (b, sums) => b.add(at(sums, 0), at(sums, 1)));
      default:
        return undefined;
    }
  };
  const fromSteps = (wanted: readonly Value[], emit: SumOverSteps["emit"]): SumOverSteps | undefined =>
    wanted.every(differs) ? { wanted, emit } : undefined;
  const fromSums = (
    operands: readonly Value[],
    emit: (b: Builder, sums: readonly Value[]) => Value,
  ): SumOverSteps | undefined => {
    const sums = operands.map(sumOf).filter((sum) => sum !== undefined);
    if (sums.length < operands.length) return undefined;
    return {
      wanted: sums.flatMap(({ wanted }) => wanted),
      emit: (b, all) =>
        emit(
          b,
          sums.map((sum) => sum.emit(b, all)),
        ),
    };
  };
  return sumOf(value);
}

/** Of a step, as dimensions of all steps, which come first. */
function behindSteps(dimensions: readonly number[]): readonly number[] {
  return dimensions.map((d) => d + 1);
}
