// Runs all cases on a backend, one after another, and reports.

import type { Backend } from "@netwright/runtime";
import type { Case, ConformanceOptions } from "./case.ts";

/**
 * - `passed`, `failed`: what they say
 * - `gap`: a declared gap that still is one
 */
export type CaseResult =
  | { readonly name: string; readonly status: "passed" }
  | { readonly name: string; readonly status: "failed"; readonly message: string }
  | { readonly name: string; readonly status: "gap"; readonly reason: string };

export interface Report {
  readonly backend: string;
  /** No case failed. */
  readonly conforms: boolean;
  readonly results: readonly CaseResult[];
}

/** Never throws for what a backend does wrong: that is in the report. */
export async function runCases(
  backend: Backend,
  cases: readonly Case[],
  options: ConformanceOptions,
): Promise<Report> {
  const results: CaseResult[] = [];
  for (const each of cases) results.push(await runCase(backend, each, options));
  for (const message of staleGaps(cases, options)) {
    results.push({ name: "declared gaps", status: "failed", message });
  }
  return { backend: backend.name, conforms: results.every(({ status }) => status !== "failed"), results };
}

/** A declared gap that passes has failed: the declaration has to go. */
export async function runCase(
  backend: Backend,
  each: Case,
  options: ConformanceOptions,
): Promise<CaseResult> {
  const { name } = each;
  const reason = gapReason(name, options);
  const message = await failureOf(backend, each);
  if (reason === undefined)
    return message === undefined ? { name, status: "passed" } : { name, status: "failed", message };
  if (message !== undefined) return { name, status: "gap", reason };
  return {
    name,
    status: "failed",
    message: `${name} passes, but is declared as a gap ("${reason}"): remove the declaration`,
  };
}

export function gapReason(name: string, { declaredGaps = {} }: ConformanceOptions): string | undefined {
  return Object.hasOwn(declaredGaps, name) ? declaredGaps[name] : undefined;
}

/** Declared gaps that name no case, as sentences. */
export function staleGaps(cases: readonly Case[], { declaredGaps = {} }: ConformanceOptions): string[] {
  const names = new Set(cases.map(({ name }) => name));
  return Object.keys(declaredGaps)
    .filter((name) => !names.has(name))
    .map((name) => `the declared gap "${name}" is no case of the kit: correct the name or remove it`);
}

async function failureOf(backend: Backend, { run }: Case): Promise<string | undefined> {
  try {
    await run(backend);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
