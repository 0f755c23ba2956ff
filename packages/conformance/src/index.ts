// Public face of the conformance kit.

export { conformanceCases } from "./conformance-cases.ts";
export { checkGradient } from "./gradients/finite-differences.ts";
export { differentiables, type NamedDifferentiable } from "./gradients/gradient-cases.ts";
export type { Differentiable } from "./gradients/gradient-graph.ts";
export { type Case, ConformanceError, type ConformanceOptions } from "./kit/case.ts";
export type { Runner } from "./kit/describe-cases.ts";
export { type CaseResult, type Report, runCases } from "./kit/run-cases.ts";
export { defaultTolerances, type Tolerance, type ToleranceClass, type Tolerances } from "./kit/tolerance.ts";
export type { TrainedProgram } from "./kit/trained-program.ts";
export { type ProgramOutcome, tryProgram } from "./programs/given-programs.ts";
export { describeConformance, runConformance } from "./run-conformance.ts";
