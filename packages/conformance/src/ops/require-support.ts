// A backend is asked about every operation before anything runs; what it refuses, and what means no other operations,
// is a failure here, which a backend may declare as a gap.

import type { Program } from "@netwright/ir";
import { type Backend, expandFor } from "@netwright/runtime";
import { require } from "../kit/case.ts";

/** @throws ConformanceError with the backend's own reason. */
export function requireSupport(backend: Backend, label: string, program: Program): void {
  for (const func of expandFor(backend, program).functions) {
    for (const op of func.body) {
      const answer = backend.supports(op);
      require(answer === true, `${label}: the backend does not support ${op.name}: ${answer}`);
    }
  }
}
