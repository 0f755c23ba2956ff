// optimization_barrier: its operands, as they are, and the stop-gradient of the IR: no gradient flows back through it.
// Passes leave it alone, as differentiation may come after them; a backend has no use for it.

import type { DerivedDefinition, NoAttributes } from "./definition.ts";

export const optimizationBarrier: DerivedDefinition<NoAttributes> = {
  summary: "the operands unchanged; no gradient flows through it",
  operands: "variadic",
  fields: {},
  infer: (operands) => operands,
  decompose: (_, operands) => operands,
};
