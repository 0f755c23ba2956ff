// A program on a backend: what the backend loads, behind the checks that all backends share.

import type { Program } from "@netwright/ir";
import { type Backend, BackendError, type CompileOptions } from "../backend/backend.ts";
import { expandFor } from "../backend/expand-for.ts";
import { unsupportedNumerics } from "../backend/unsupported-numerics.ts";
import { type Executable, executableOf } from "./executable.ts";
import { withoutPred } from "./without-pred.ts";

/**
 * Operations that the backend does not support are expanded where they mean others.
 * @throws BackendError when the backend cannot be used here, or not for this program
 */
export async function compile(
  backend: Backend,
  program: Program,
  options: CompileOptions = {},
): Promise<Executable> {
  const adapted = withoutPred(expandFor(backend, program));
  requireSupport(backend, adapted);
  return executableOf(backend.name, adapted, await backend.load(adapted, options));
}

function requireSupport(backend: Backend, program: Program): void {
  for (const { message, notes } of unsupportedNumerics(program, backend)) {
    throw new BackendError(backend.name, message, notes.join(" "));
  }
  program.functions.forEach(({ body }) => {
    body.forEach((op) => {
      const answer = backend.supports(op);
      if (answer !== true)
        throw new BackendError(backend.name, answer, "Choose another backend, or update this one.");
    });
  });
}
