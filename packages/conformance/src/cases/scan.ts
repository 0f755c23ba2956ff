// Cases of scan: a body with two carries, two sequences, a value for all steps and two outputs.

import { type Attributes, Builder, type Func, type TensorType, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { Application } from "../ops/application.ts";
import type { OpCase } from "../ops/op-case.ts";
import { operand } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";

/** (a, n, x, k, w) -> a w + x, n + k, a w, n + k > 0 */
export function scanBody(type: TensorType): Func {
  const b = new Builder();
  const counter = tensor("i32");
  const [a, n] = [b.parameter("a", type), b.parameter("n", counter)];
  const [x, k] = [b.parameter("x", type), b.parameter("k", counter)];
  const product = b.multiply(a, b.parameter("w", type));
  const count = b.add(n, k);
  return b.finish("scan_body", "composite", 0, [
    { name: "a", value: b.add(product, x) },
    { name: "n", value: count },
    { name: "product", value: product },
    { name: "positive", value: b.compare(count, "GT", b.like(count, 0)) },
  ]);
}

export function scanAttributes(
  type: TensorType,
  length: number,
  order: Attributes["scan"]["order"],
): Application<"scan">["attributes"] {
  return {
    body: "scan_body",
    length,
    carries: 2,
    sequences: 2,
    order,
    types: [type, tensor("i32"), tensor("f32", [length, ...type.shape]), tensor("pred", [length])],
  };
}

const orders = fc.constantFrom("forwards" as const, "backwards" as const);

const over =
  (length: fc.Arbitrary<number>, spread: Spread): OpCase<"scan">["applications"] =>
  () =>
    fc
      .tuple(length, orders, fc.constantFrom<readonly number[]>([], [3], [2, 5]))
      .chain(([steps, order, shape]) => {
        const type = tensor("f32", shape);
        return fc
          .tuple(
            operand(type, spread),
            operand(tensor("i32"), "wide"),
            operand(tensor("f32", [steps, ...shape]), spread),
            operand(tensor("i32", [steps]), "wide"),
            operand(type, spread),
          )
          .map((operands) => ({
            operands,
            attributes: scanAttributes(type, steps, order),
            functions: [scanBody(type)],
          }));
      });

export const scanCases: readonly OpCase<"scan">[] = [
  { variant: "steps", tolerance: "accumulation", applications: over(fc.constantFrom(1, 2, 7), "near one") },
  {
    variant: "steps of whole numbers",
    tolerance: "exact",
    applications: over(fc.constantFrom(1, 3), "whole"),
  },
  { variant: "no steps: empty", tolerance: "exact", applications: over(fc.constant(0), "whole") },
];
