// Asks a backend, before anything runs, whether it can execute a program.

import type { AnyOp, Origin, Program } from "@netwright/ir";
import { problem, type RuntimeProblem } from "../problem/problem.ts";
import type { Backend } from "./backend.ts";
import { expandFor } from "./expand-for.ts";

/** One problem for each reason the backend gives, at the first operation that has it. Problems: NW0815. */
export function unsupportedOps(program: Program, backend: Backend): RuntimeProblem[] {
  const found = new Map<string, RuntimeProblem>();
  for (const op of expandFor(backend, program).functions.flatMap(({ body }) => body)) {
    const answer = backend.supports(op);
    if (answer === true) continue;
    const key = `${op.name}: ${answer}`;
    if (!found.has(key)) found.set(key, unsupported(op, answer, backend.name));
  }
  return [...found.values()];
}

function unsupported(op: AnyOp, reason: string, backend: string): RuntimeProblem {
  const layer = op.origin === undefined ? "" : `, which layer \`${op.origin.layer}\` needs`;
  const span: Origin["span"] = op.origin?.span;
  const found = problem(
    "NW0815",
    `The backend ${backend} cannot run \`${op.name}\`${layer}: ${reason}`,
    "Choose another backend with `--backend`.",
  );
  return span === undefined ? found : { ...found, span };
}
