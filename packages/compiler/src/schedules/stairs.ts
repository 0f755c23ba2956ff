// Time in spans of steps, which passes with every step or in stairs.

import { flag } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import type { Clock, Stage } from "./schedule.ts";

interface Spans {
  /** Steps of a span; null for those of an epoch. */
  readonly decay_steps: number | null;
  readonly staircase: boolean;
}

export const staircase = flag({
  doc: "Whether it falls at once after each `decay_steps`, and not a little with every step.",
  default: false,
});

/** Without stairs it falls from the start, however far it comes. */
export function firstStepDown({ decay_steps, staircase }: Spans): readonly Stage[] {
  return staircase && decay_steps !== null ? [{ what: "the first step down", updates: decay_steps }] : [];
}

/** How many spans have passed, an f32 scalar. */
export function spansPassed(
  b: Builder,
  { step, perEpoch }: Pick<Clock, "step" | "perEpoch">,
  { decay_steps, staircase }: Spans,
): Value {
  const passed = b.divide(step, b.scalar(decay_steps ?? perEpoch()));
  return staircase ? b.unary("floor", passed) : passed;
}
