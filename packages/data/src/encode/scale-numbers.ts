// Arithmetic with constants, carried out step by step over many numbers: a call for each of them takes longer than what it
// computes.

import { float64At } from "@netwright/definitions";
import type { Place } from "../preprocess/encoder.ts";
import type { ScalingStep } from "../preprocess/scaling-step.ts";

/** Writes over the values. */
type Loop = (values: Float64Array, by: number) => void;

type Arithmetic = "add" | "subtract" | "multiply" | "divide";

const loops: Readonly<Record<Arithmetic, Loop>> = {
  add(values, by) {
    for (let i = 0; i < values.length; i++) values[i] = float64At(values, i) + by;
  },
  subtract(values, by) {
    for (let i = 0; i < values.length; i++) values[i] = float64At(values, i) - by;
  },
  multiply(values, by) {
    for (let i = 0; i < values.length; i++) values[i] = float64At(values, i) * by;
  },
  divide(values, by) {
    for (let i = 0; i < values.length; i++) values[i] = float64At(values, i) / by;
  },
};

/** What carries the steps out, over the values, and writes what comes of them; `null` where one is no arithmetic. */
export function arithmeticWriter(
  steps: readonly ScalingStep[],
): ((values: Float64Array, place: Place) => void) | null {
  const scale = steps.flatMap((step) =>
    isArithmetic(step) ? [{ loop: loops[step.kind], by: step.by }] : [],
  );
  if (scale.length < steps.length) return null;
  return (values, place) => {
    for (const { loop, by } of scale) loop(values, by);
    put(values, place);
  };
}

function isArithmetic(
  step: ScalingStep,
): step is ScalingStep & { readonly kind: Arithmetic; readonly by: number } {
  return step.kind in loops;
}

function put(values: Float64Array, { into, at, width }: Place): void {
  let place = at;
  for (let i = 0; i < values.length; i++) {
    into[place] = float64At(values, i);
    place += width;
  }
}
