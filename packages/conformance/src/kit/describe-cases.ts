// The cases as tests of whatever runner the backend's package uses. The runner's functions are arguments, so
// the kit depends on none.

import type { Backend } from "@netwright/runtime";
import { type Case, ConformanceError, type ConformanceOptions } from "./case.ts";
import { gapReason, runCase, staleGaps } from "./run-cases.ts";

/** Milliseconds; a case takes far less, but a machine may be busy and a backend slow to load. */
const TIMEOUT = 60_000;

/** `describe` and `test` of Jest, Vitest or Mocha fit; a runner may leave the timeout aside. */
export interface Runner {
  readonly describe: (name: string, define: () => void) => void;
  readonly test: (name: string, run: () => Promise<void>, timeout: number) => void;
}

/** One test for each case, in groups; `backend` is made once, when the first test runs. */
export function describeCases(
  backend: Backend | (() => Promise<Backend>),
  runner: Runner,
  cases: readonly Case[],
  options: ConformanceOptions,
): void {
  let made: Promise<Backend> | undefined;
  const get = (): Promise<Backend> => {
    made ??= typeof backend === "function" ? backend() : Promise.resolve(backend);
    return made;
  };

  const groups = new Map<string, Case[]>();
  for (const each of cases) {
    const group = each.name.slice(0, each.name.lastIndexOf("/"));
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  for (const [group, members] of groups) {
    runner.describe(group, () => {
      for (const each of members) {
        const reason = gapReason(each.name, options);
        const title = each.name.slice(group.length + 1);
        const run = async (): Promise<void> => {
          const result = await runCase(await get(), each, options);
          if (result.status === "failed") throw new ConformanceError(result.message);
        };
        runner.test(reason === undefined ? title : `${title} (declared gap: ${reason})`, run, TIMEOUT);
      }
    });
  }
  const checkGaps = async (): Promise<void> => {
    const stale = staleGaps(cases, options);
    if (stale.length > 0) throw new ConformanceError(stale.join("; "));
  };
  runner.test("every declared gap names a case", checkGaps, TIMEOUT);
}
