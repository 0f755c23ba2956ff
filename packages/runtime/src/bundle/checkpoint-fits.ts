// Whether a checkpoint is one of the training that is to go on: its hash says so, and what it holds has to be what that
// training keeps. A variable that was missing would stay 0, and nobody would notice.

import { quote } from "@netwright/definitions";
import { type StateVariable, saved, sizeOf } from "@netwright/ir";
import type { NamedTensors } from "../backend/backend.ts";
import { damaged } from "../json/read-json.ts";
import type { RuntimeProblem } from "../problem/problem.ts";
import { elementTypeOf } from "../tensors/tensors.ts";
import type { Checkpoint } from "../training/checkpoint.ts";
import { runFileNames } from "./run-files.ts";

/** What a training keeps, and how far it can be. */
export interface TrainingExtent {
  /** The state of the program. */
  readonly variables: readonly StateVariable[];
  /** Steps of an epoch. */
  readonly steps: number;
  readonly epochs: number;
  /** Whether it keeps the best weights. */
  readonly stops: boolean;
}

/** Problem: NW0826. */
export function checkpointMisfit(
  { state, best, epoch, step }: Checkpoint,
  { variables, steps, epochs, stops }: TrainingExtent,
): RuntimeProblem | null {
  const weights = variables.filter(({ role }) => saved[role]);
  const why =
    otherThan(variables, state, "its state") ??
    (best === null ? null : otherThan(weights, best.weights, "its set of best weights")) ??
    (best !== null && !stops ? "it holds best weights, and the training does not stop early" : null) ??
    // One further where all are done and only the last evaluation is to come.
    (epoch > epochs + 1 ? `it is in epoch ${epoch}, and the training has ${epochs}` : null) ??
    (step > steps ? `it has done ${step} steps of an epoch, which has ${steps}` : null);
  return why === null ? null : damaged(`\`${runFileNames.checkpoint}\``, why);
}

function otherThan(variables: readonly StateVariable[], found: NamedTensors, what: string): string | null {
  for (const { name, type } of variables) {
    const data = found.get(name);
    if (data === undefined) return `${what} lacks ${quote(name)}`;
    if (elementTypeOf(data) !== type.dtype || data.length !== sizeOf(type.shape)) {
      return `${quote(name)} of ${what} has ${data.length} numbers of type ${elementTypeOf(data)}, where training has ${sizeOf(type.shape)} of type ${type.dtype}`;
    }
  }
  const names = new Set(variables.map(({ name }) => name));
  const surplus = [...found.keys()].find((name) => !names.has(name));
  return surplus === undefined ? null : `${what} holds ${quote(surplus)}, which training does not know`;
}
