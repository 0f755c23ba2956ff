// How far targets spread around what is predicted, in the units of the target.

import { at } from "@netwright/definitions";
import type { OpenEncoders } from "../fitted/open-encoders.ts";
import { decodeOutput } from "./decode-output.ts";

/** Both [rows x targets], row-major, in original units. */
export interface NumbersWithSpread {
  readonly prediction: Float64Array;
  readonly spread: Float64Array;
}

/**
 * `y` is [rows x 2 targets], row-major, as the network gives it: of each row the numbers of all targets and then their spreads.
 * A spread is half of what lies between the numbers as far below and above: where the scaling is a line, that is its slope times
 * the spread, whatever the number.
 */
export function decodeSpread(encoders: OpenEncoders, y: Float32Array): NumbersWithSpread {
  const { length: targets } = encoders.target;
  const rows = y.length / (2 * targets);
  const numbers = new Float32Array(rows * targets);
  const spread = new Float64Array(rows * targets);
  for (const i of numbers.keys()) {
    const [row, j] = [Math.floor(i / targets), i % targets];
    const first = 2 * row * targets + j;
    numbers[i] = y[first] ?? Number.NaN;
    spread[i] = spreadAround(encoders, j, y[first] ?? Number.NaN, y[first + targets] ?? Number.NaN);
  }
  return { prediction: decodeOutput(encoders, numbers), spread };
}

function spreadAround({ target }: OpenEncoders, j: number, number: number, spread: number): number {
  const column = at(target, j);
  const scaling = column.kind === "number" ? column.coding.scaling : null;
  if (scaling === null) throw new Error(`column ${column.fitted.name} is no target of numbers`);
  const { invert, unheld = invert } = scaling;
  return (unheld(number + spread) - unheld(number - spread)) / 2;
}
