// Asks a backend, before anything runs, whether it rounds as a program states: its numerics.

import type { Program } from "@netwright/ir";
import { problem, type RuntimeProblem } from "../problem/problem.ts";
import type { Backend } from "./backend.ts";

export interface NumericsOptions {
  /** Whether many instructions may stand for one that the engine does not have. Default: true. */
  readonly emulation?: boolean;
}

/** Problems: NW0858 where it has no numerics but its own, NW0859 where emulation is not wanted and nothing else is there. */
export function unsupportedNumerics(
  { numerics }: Pick<Program, "numerics">,
  backend: Pick<Backend, "name" | "fused">,
  { emulation = true }: NumericsOptions = {},
): readonly RuntimeProblem[] {
  if (numerics === undefined) return [];
  const by = backend.fused?.();
  if (by === undefined) {
    return [
      problem(
        "NW0858",
        `The backend ${backend.name} rounds products and sums in its own way, and \`numerics: fused\` of \`train\` says how they are rounded.`,
        "Compute with `--backend jit`, or train without `numerics`.",
      ),
    ];
  }
  if (by === "engine" || emulation) return [];
  return [
    problem(
      "NW0859",
      `The backend ${backend.name} has no instruction here for \`numerics: fused\`: it would compute the same bits in many steps, slowly.`,
      "Use an engine that has it: Node 22 or later, on x86-64 with FMA3 or on ARM64.",
      "Or leave `--no-emulation` out, or train without `numerics`.",
    ),
  ];
}
