// The two ways to run the whole kit: for a report, and as the tests of a package.

import type { Backend } from "@netwright/runtime";
import { conformanceCases } from "./conformance-cases.ts";
import type { ConformanceOptions } from "./kit/case.ts";
import { describeCases, type Runner } from "./kit/describe-cases.ts";
import { type Report, runCases } from "./kit/run-cases.ts";

/** Runs every case. Never throws for what the backend does wrong: that is in the report. */
export async function runConformance(backend: Backend, options: ConformanceOptions = {}): Promise<Report> {
  return runCases(backend, conformanceCases(options), options);
}

/**
 * Declares one test for each case with the functions of a test runner:
 * `describeConformance(backend, { describe, test }, { declaredGaps })`. A backend that needs time to load is given
 * as a function.
 */
export function describeConformance(
  backend: Backend | (() => Promise<Backend>),
  runner: Runner,
  options: ConformanceOptions = {},
): void {
  describeCases(backend, runner, conformanceCases(options), options);
}
