// A program on a backend: what the backend loads, behind the checks that all backends share.

import { formatType, type Program } from "@netwright/ir";
import { type Backend, BackendError, type CompileOptions } from "../backend/backend.ts";
import { expandFor } from "../backend/expand-for.ts";
import { type Executable, executableOf } from "./executable.ts";

/**
 * Operations that the backend does not support are expanded where they mean others.
 * @throws BackendError when the backend cannot be used here, or not for this program
 */
export async function compile(
  backend: Backend,
  program: Program,
  options: CompileOptions = {},
): Promise<Executable> {
  const expanded = expandFor(backend, program);
  requireSupport(backend, expanded);
  requireArrays(backend, expanded);
  return executableOf(backend.name, expanded, await backend.load(expanded, options));
}

function requireSupport(backend: Backend, program: Program): void {
  for (const op of program.functions.flatMap(({ body }) => body)) {
    const answer = backend.supports(op);
    if (answer !== true)
      throw new BackendError(backend.name, answer, "Choose another backend, or update this one.");
  }
}

/** What leaves a program does so in one of the contract's arrays, of which none is for truth values. */
function requireArrays(backend: Backend, program: Program): void {
  const leaving = [
    ...program.state.map(({ name, type }) => ({ name, type })),
    ...program.functions
      .filter(({ kind }) => kind !== "composite")
      .flatMap(({ parameters, results }) => [...parameters, ...results])
      .map(({ name, value: { type } }) => ({ name, type })),
  ];
  const pred = leaving.find(({ type }) => type.dtype === "pred");
  if (pred === undefined) return;
  throw new BackendError(
    backend.name,
    `${pred.name} is ${formatType(pred.type)}; pred cannot leave a program`,
    "Convert it to i32 in the program.",
  );
}
