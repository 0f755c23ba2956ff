// Goes through the cases of a harness, counts how they came out, and goes on after a failure.

import type { Attempt, Failure, Findings, Task } from "./harness.ts";
import { randomOf } from "./random.ts";

/** After so many failures of one kind or another, more of them tell nothing. */
const MOST_FAILURES = 20;

export async function tryCases(
  { seed, first, count, seconds, report }: Task,
  attempt: Attempt,
): Promise<Findings> {
  const end = performance.now() + seconds * 1000;
  const outcomes: Record<string, number> = {};
  const failures: Failure[] = [];
  let tried = 0;
  while (tried < count && failures.length < MOST_FAILURES && (tried === 0 || performance.now() < end)) {
    const number = first + tried;
    try {
      const outcome = await attempt(randomOf(seed, number), number);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    } catch (error) {
      failures.push({ number, what: error instanceof Error ? error.message : String(error) });
    }
    tried++;
    report(tried);
  }
  return { tried, outcomes, failures };
}
