// An encoder of a user's own that is held to what it has to learn and to compute.

import { carryOut, type Encoder, type Scaling, type ScalingStep } from "@netwright/data";
import { type Args, type ByName, quote } from "@netwright/definitions";
import { requireNumber, requireObject } from "./require.ts";

/** What it learns is an object that JSON can hold; what one of numbers opens turns them into numbers. */
export function soundEncoder(encoder: Encoder): Encoder {
  if (encoder.takes !== "number") {
    return {
      ...encoder,
      fit: (values, args, stated, target, encoders) => {
        const learned = encoder.fit(values, args, stated, target, encoders);
        return learned === null ? null : requireLearned(learned);
      },
    };
  }
  return {
    ...encoder,
    fit: (values: Iterable<Float64Array>, args: Args, encoders?: ByName<Encoder>) =>
      requireLearned(encoder.fit(values, args, encoders)),
    open: (params, encoders) => {
      const coding = encoder.open(params, encoders);
      if (coding === null || coding.scaling === null) return coding;
      const { scaling } = coding;
      requireSteps(scaling, encoder.accepts);
      const apply = (x: number) => requireNumber(scaling.apply(x));
      return { ...coding, scaling: { ...scaling, apply, invert: (z) => requireNumber(scaling.invert(z)) } };
    },
  };
}

/** Where what `steps` say is compared with what the functions give. */
const TRIED: readonly number[] = [0, 1, 0.375, -2.5, 1000];
/** Of the larger of both: more than rounding makes of a few operations in f64. */
const ROUNDING = 1e-9;

/** Rows are scaled by `steps` and exports carry them, so they have to compute what the functions do. */
function requireSteps({ apply, invert, steps }: Scaling, accepts: (x: number) => boolean): void {
  if (steps === null) return;
  requireObject(steps, "`{ apply, invert }`, or null, as `steps`");
  for (const [name, own, call] of [
    ["apply", steps.apply, apply],
    ["invert", steps.invert, invert],
  ] as const) {
    if (!Array.isArray(own) || !own.every(isStep))
      throw new Error(`\`steps\` has no list of steps for ${quote(name)}`);
    for (const x of name === "apply" ? TRIED.filter(accepts) : TRIED) {
      const [carried, given] = [carryOut(own, x), requireNumber(call(x))];
      const most = ROUNDING * Math.max(Math.abs(carried), Math.abs(given));
      if (carried === given || Math.abs(carried - given) <= most) continue;
      throw new Error(`${quote(name)} makes ${given} of ${x}, and its steps make ${carried}`);
    }
  }
}

const STEPS: { readonly [K in ScalingStep["kind"]]: "by" | "alone" } = {
  add: "by",
  subtract: "by",
  multiply: "by",
  divide: "by",
  at_least: "by",
  at_most: "by",
  smooth_clip: "by",
  smooth_unclip: "by",
  log_plus_one: "alone",
  exponential_minus_one: "alone",
};

function isStep(step: unknown): boolean {
  if (typeof step !== "object" || step === null || !("kind" in step)) return false;
  const known = Object.entries(STEPS).find(([kind]) => kind === step.kind);
  return known !== undefined && (known[1] === "alone" || ("by" in step && Number.isFinite(step.by)));
}

function requireLearned<T>(made: T): T {
  // What JSON does not hold is an error of its own.
  JSON.stringify(requireObject(made, "an object of what it has learned"));
  return made;
}
