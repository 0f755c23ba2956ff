// Checks that a program keeps the rules of the IR. Passes are tested with it, backends run it on what they
// are given. The rules and their labels stand in the files called here and in `ops`.

import type { Program } from "../core/program.ts";
import type { VerifyProblem } from "./problem.ts";
import { verifyBody } from "./verify-body.ts";
import { verifyComposites } from "./verify-composites.ts";
import { verifyProgram } from "./verify-program.ts";
import { verifySignature } from "./verify-signature.ts";

/** Every problem, none for a valid program. */
export function verify(program: Program): readonly VerifyProblem[] {
  return [
    ...verifyProgram(program),
    ...program.functions.flatMap((func) => [...verifySignature(func, program), ...verifyBody(func)]),
    ...verifyComposites(program),
  ];
}
