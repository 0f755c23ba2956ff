// What a loss is: a number for each row from what the network gives and the target, and the link by which that becomes
// a prediction.

import {
  type Args,
  type Documented,
  definer,
  type LossDefinition,
  type Params,
  type Spec,
  type TargetKind,
} from "@netwright/definitions";
import { type Builder, type TensorType, tensor, type Value } from "@netwright/ir";
import type { Now } from "../schedules/schedule.ts";
import { type MemberShares, meanOfMembers } from "./average.ts";

export interface Loss
  extends Documented,
    Pick<LossDefinition, "target" | "width" | "spread" | "classes" | "ordered" | "margins" | "applies"> {
  /** Whether what it makes of a row is the middle of what the target may be, and no other quantile of it. */
  readonly centred: (args: Args) => boolean;
  /** What is wrong with arguments that are right one by one, for so many columns: as a sentence goes on; null for nothing. */
  readonly conflict: (args: Args, columns: number) => string | null;
  /** The quantiles that are predicted of one column, from the least on; null for one number of each column. */
  readonly quantiles: (args: Args) => readonly number[] | null;
  /**
   * From what the network gives, [rows x width], to a prediction: [rows x columns] of numbers, where it has a spread
   * [rows x 2 columns], all spreads behind all numbers; and a share for each class, [rows x classes], or its margin.
   */
  readonly link: (b: Builder, output: Value, args: Args) => Value;
  /**
   * Of members of an ensemble, [rows x members x width], what one network would give, [rows x width], whose prediction is
   * the mean of theirs, each by its share. Nothing goes back through it.
   */
  readonly average: (b: Builder, outputs: Value, args: Args, shares: MemberShares) => Value;
  /**
   * The loss of each row, [rows], from [rows x width] and the target, `targetType` of it. While training, `now` is what
   * schedules among the arguments give.
   */
  readonly build: (b: Builder, output: Value, target: Value, args: Args, now?: Now) => Value;
}

/** How a target is fed: numbers as f32 [rows x columns], the class of a row as i32 [rows], labels as f32 of 0 and 1. */
export function targetType(kind: TargetKind, rows: number, columns: number): TensorType {
  const isClass = kind === "class" || kind === "ordinal";
  return isClass ? tensor("i32", [rows]) : tensor("f32", [rows, columns]);
}

/** A loss of numbers, of which the network gives one for each column, as they are. */
export const numberLoss = {
  target: "number",
  width: ({ columns }) => columns,
  link: (_, output) => output,
  average: (b, outputs, _, shares) => meanOfMembers(b, outputs, shares),
  centred: () => true,
  quantiles: () => null,
  conflict: () => null,
} as const satisfies Pick<
  Loss,
  "target" | "width" | "link" | "average" | "centred" | "quantiles" | "conflict"
>;

export const defineLoss = definer<
  Loss,
  "target" | "width" | "link" | "average" | "centred" | "quantiles" | "conflict"
>(numberLoss);

interface ElementwiseLoss extends Documented, Pick<Loss, "centred"> {
  /** The loss of each element from the error e = prediction - target. */
  readonly ofError: (b: Builder, error: Value, args: Args) => Value;
}

const elementwise = definer<ElementwiseLoss, "centred">({ centred: () => true });

/** A loss that is a mean of a function of the error. */
export function defineElementwiseLoss<P extends Params>(spec: Spec<ElementwiseLoss, P, "centred">): Loss {
  const { ofError, ...definition } = elementwise(spec);
  return {
    ...numberLoss,
    ...definition,
    build: (b, prediction, target, args) =>
      meanOverOutputs(b, ofError(b, b.subtract(prediction, target), args)),
  };
}

/** [rows x outputs] to [rows]. */
export function meanOverOutputs(b: Builder, x: Value): Value {
  const [rows = 0, outputs = 1] = x.type.shape;
  if (outputs === 1) return b.reshape(x, [rows]);
  const sum = b.sum(x, [1]);
  return b.divide(sum, b.like(sum, outputs));
}
