// Public face of the conformance kit.

export { opCases } from "./cases/table.ts";
export { runCases } from "./kit/run-conformance.ts";
export { type Case, ConformanceError, type ConformanceOptions } from "./kit/case.ts";
