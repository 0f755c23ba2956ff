// Cases of composite: a made-up one within another, which a backend runs by their decompositions, and the
// optimizer updates, which a backend may know by name and must then compute as the decomposition says.

import { Builder, type Func, type TensorType, tensor } from "@netwright/ir";
import fc from "fast-check";
import type { Application } from "../ops/application.ts";
import type { OpCase } from "../ops/op-case.ts";
import {
  adam,
  byMember,
  type OptimizerUpdate,
  scalarType,
  sgd,
  updateFunc,
} from "../programs/optimizer-update.ts";
import { operand, shapes } from "../values/arbitraries.ts";
import type { Spread } from "../values/random-tensor.ts";

function call(composite: string, types: readonly TensorType[]) {
  return { composite, settings: {}, decomposition: composite, types };
}

/** sum_and_difference(x, y) -> x + y, x - y */
function sumAndDifference(type: TensorType): Func {
  const b = new Builder();
  const [x, y] = [b.parameter("x", type), b.parameter("y", type)];
  return b.finish("conformance.sum_and_difference", "composite", 0, [
    { name: "sum", value: b.add(x, y) },
    { name: "difference", value: b.subtract(x, y) },
  ]);
}

/** difference_of_squares(x, y) -> (x + y) (x - y), x */
function differenceOfSquares(type: TensorType): Func {
  const b = new Builder();
  const [x, y] = [b.parameter("x", type), b.parameter("y", type)];
  const [sum = x, difference = x] = b.emit(
    "composite",
    [x, y],
    call("conformance.sum_and_difference", [type, type]),
  );
  return b.finish("conformance.difference_of_squares", "composite", 0, [
    { name: "product", value: b.multiply(sum, difference) },
    { name: "same", value: x },
  ]);
}

/** Whole numbers, so that the results are exact. */
const nested: OpCase<"composite">["applications"] = () =>
  shapes({ maxRank: 2 }).chain((shape) => {
    const type = tensor("f32", shape);
    return fc.tuple(operand(type, "whole"), operand(type, "whole")).map((operands) => ({
      operands,
      attributes: call("conformance.difference_of_squares", [type, type]),
      functions: [sumAndDifference(type), differenceOfSquares(type)],
    }));
  });

/** Slots that hold squares must not be negative, so all slots are near one in size and made positive. */
function update(optimizer: OptimizerUpdate, scalars: number): OpCase<"composite">["applications"] {
  return () =>
    shapes({ minRank: 1, maxRank: 2 }).chain((shape) => {
      const type = tensor("f32", shape);
      const like = (spread: Spread, of: TensorType) => operand(of, spread);
      const positive = (of: TensorType) =>
        like("near one", of).map(({ data }) => ({ type: of, data: data.map(Math.abs) }));
      return fc
        .tuple(
          like("moderate", type),
          like("moderate", type),
          ...optimizer.slots.map(() => positive(type)),
          ...Array.from({ length: scalars }, () => positive(scalarType(optimizer, shape))),
        )
        .map((operands): Application<"composite"> => {
          const decomposition = `${optimizer.composite}_of_this_shape`;
          return {
            operands,
            attributes: {
              composite: optimizer.composite,
              settings: optimizer.settings,
              decomposition,
              types: [type, ...optimizer.slots.map(() => type)],
            },
            functions: [updateFunc(decomposition, optimizer, shape)],
          };
        });
    });
}

export const compositeCases: readonly OpCase<"composite">[] = [
  { variant: "decomposition", tolerance: "exact", applications: nested },
  { variant: "optimizer_update.sgd", tolerance: "composed", applications: update(sgd(0.01), 1) },
  {
    variant: "optimizer_update.sgd with momentum",
    tolerance: "composed",
    applications: update(sgd(0.01, 0.9), 1),
  },
  { variant: "optimizer_update.adam", tolerance: "composed", applications: update(adam(0.01), 2) },
  {
    variant: "optimizer_update.adam by member",
    tolerance: "composed",
    applications: update(byMember(adam(0.01)), 2),
  },
];
