// What is known about the first number that was not finite, as plain JSON: it goes into the run record.

import { listed, listNames } from "@netwright/definitions";
import type { Program } from "@netwright/ir";
import { problem, type RuntimeProblem } from "../../problem/problem.ts";

/**
 * - `initial_weights`: the state was not finite before the first step
 * - `data`: an input or a target is not finite
 * - `update`: from finite weights and a finite loss, an update made a state variable that is not finite
 * - `growth`: weights that have grown very large made a layer or the loss overflow
 * - `overflow`: a layer overflows with weights of a usual size
 * - `loss`: every layer is finite and the loss is not
 * - `unrepeatable`: the backend did not give the same numbers when the steps were repeated
 */
export type NonFiniteCause =
  | "initial_weights"
  | "data"
  | "update"
  | "growth"
  | "overflow"
  | "loss"
  | "unrepeatable";

export interface NonFiniteFailure {
  readonly cause: NonFiniteCause;
  readonly during: "start" | "step" | "update" | "validation";
  /** Counted from 1. */
  readonly epoch: number;
  /** The step of the epoch, counted from 1; 0 at the start, the last one for validation. */
  readonly step: number;
  /** The first layer whose output is not finite. */
  readonly layer: string | null;
  /** The first state variable that is not finite. */
  readonly variable: string | null;
  /** The number in the data that is not finite. `row` is a row number of the file, `index` counts columns from 0. */
  readonly datum: {
    readonly row: number;
    readonly column: "feature" | "target";
    readonly index: number;
  } | null;
  /** The largest magnitude among the last good weights; `null` where there are none. */
  readonly largestWeight: number | null;
}

/** Of members of an ensemble that have learning rates of their own. */
export interface MemberRates {
  /** Which members draw, and the rates come from; none where the rates are written out. */
  readonly params: readonly string[];
  /** The one with the largest weights, where those of another are far from them, counted from 1, and what it drew of the params. */
  readonly grown: { readonly number: number; readonly drew: readonly string[] } | null;
}

/** What makes a message more exact; all of it may be missing. */
export interface FailureContext {
  readonly rates?: MemberRates;
  readonly program?: Program;
  readonly features?: readonly string[];
  readonly target?: readonly string[];
}

const SLOWER = "The learning rate is probably too large: lower it (a tenth is a good next try).";

/** What to do about steps that are too large. */
function slower({ rates }: FailureContext): string {
  if (rates === undefined) return SLOWER;
  const { params, grown } = rates;
  const drew = listed(params.map((name, i) => `\`${name}\` ${grown?.drew[i]}`));
  const who = grown && `Member ${grown.number}${params.length === 0 ? "" : ` drew ${drew}, and`}`;
  const whose = who === null ? "" : ` ${who} has the largest weights.`;
  return params.length === 0
    ? `The largest learning rate of \`by_member\` is probably too large: lower it.${whose}`
    : `A learning rate that a member drew is probably too large: narrow what stands behind \`in\` of ${listNames(params)}.${whose}`;
}

const KEPT = "The weights from before are kept.";

const causes: {
  readonly [K in NonFiniteCause]: (
    failure: NonFiniteFailure,
    context: FailureContext,
  ) => [string, ...string[]];
} = {
  initial_weights: ({ variable }) => [
    `The initial value of \`${variable}\` is not finite.`,
    "Check the initializer and its numbers, or the checkpoint that training was resumed from.",
  ],
  data: ({ datum }, { features, target }) => {
    if (datum === null) return ["The data holds a value that is not finite."];
    const name = (datum.column === "feature" ? features : target)?.[datum.index];
    const column = name === undefined ? `${datum.column} ${datum.index + 1}` : `column \`${name}\``;
    return [
      `Row ${datum.row} of the data has a value in ${column} that is not finite.`,
      "Correct the value, or leave the row out.",
    ];
  },
  update: ({ variable, layer, largestWeight }, context) => [
    `The loss was still finite, and the update made \`${variable}\` overflow${inLayer(layer)}.`,
    `Before it the largest weight was ${brief(largestWeight)}. ${slower(context)}`,
    "A loss or an activation whose gradient is not finite at some value has the same effect.",
  ],
  growth: ({ layer, largestWeight }, context) => [
    `The weights have grown to ${brief(largestWeight)}, and ${overflowing(layer)}.`,
    slower(context),
    "Scaled features and a scaled target (`scale: zscore`) keep the weights small.",
  ],
  overflow: ({ layer, largestWeight }, context) => [
    `${capital(overflowing(layer))}, though the largest weight is only ${brief(largestWeight)}.`,
    "Look for an activation that grows fast, such as `exponential`, and for very large values in the data.",
    `If the loss had been rising: ${uncapital(slower(context))}`,
  ],
  loss: ({ largestWeight }, context) => [
    `All layers gave finite numbers, and the loss did not; the largest weight is ${brief(largestWeight)}.`,
    "A loss that squares its errors overflows first: try `mae` or `huber`, or scale the target.",
    slower(context),
  ],
  unrepeatable: () => [
    "When the steps were repeated, the same numbers did not come out, so the place is not known.",
    "This backend is not deterministic, or the machine has miscalculated; train with another backend to find the place.",
    "Where a checkpoint of this training was kept, it stays, and `--resume` with the run goes on from there.",
  ],
};

export function describeFailure(failure: NonFiniteFailure, context: FailureContext = {}): RuntimeProblem {
  const [what, ...notes] = causes[failure.cause](failure, context);
  const { epoch, step } = failure;
  const where: Record<NonFiniteFailure["during"], string> = {
    start: "Training cannot start",
    step: `The loss is not finite in epoch ${epoch}, step ${step}`,
    update: `The weights are not finite after epoch ${epoch}, step ${step}`,
    validation: `The validation loss is not finite after epoch ${epoch}`,
  };
  const kept = failure.during === "start" ? [] : [KEPT];
  const found = problem("NW0801", `${where[failure.during]}. ${what}`, ...notes, ...kept);
  const span = spanOfLayer(failure.layer, context.program);
  return span === undefined ? found : { ...found, span };
}

function spanOfLayer(layer: string | null, program: Program | undefined) {
  for (const { body } of program?.functions ?? []) {
    for (const { origin } of body) {
      if (layer !== null && origin?.layer === layer && origin.span !== undefined) return origin.span;
    }
  }
  return undefined;
}

function inLayer(layer: string | null): string {
  return layer === null ? "" : `; the first layer that shows it is \`${layer}\``;
}

function overflowing(layer: string | null): string {
  return layer === null ? "the loss overflows" : `the output of layer \`${layer}\` is not finite`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function uncapital(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function brief(value: number | null): string {
  return value === null ? "unknown" : String(Number(value.toPrecision(3)));
}
