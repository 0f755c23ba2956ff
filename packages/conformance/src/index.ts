// Public face of the conformance kit.

export { opCases } from "./cases/table.ts";
export { gradientCases,differentiables } from "./gradients/gradient-cases.ts";
export { checkGradient } from "./gradients/finite-differences.ts";
export { runCases } from "./kit/run-conformance.ts";
export { type Case, ConformanceError, type ConformanceOptions } from "./kit/case.ts";
