// What a backend says that it cannot do, as a problem: a model that is too large is a mistake of the file, a backend that cannot be used
// one of the choice.

import type { BackendError } from "../backend/backend.ts";
import { problem, type RuntimeProblem } from "./problem.ts";

export function backendProblem({ message, remedy, lacks }: BackendError): RuntimeProblem {
  return problem(lacks === "memory" ? "NW0853" : "NW0812", message, remedy);
}
