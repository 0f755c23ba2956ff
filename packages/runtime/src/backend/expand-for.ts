// A program as a backend loads it: operations that it has not, in the operations that they mean.

import { expand, type Program } from "@netwright/ir";
import type { Backend } from "./backend.ts";

/** Core operations stay, whatever the backend says of them. */
export function expandFor(backend: Backend, program: Program): Program {
  return expand(program, (op) => backend.supports(op) === true);
}
