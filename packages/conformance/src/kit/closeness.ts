// Which tolerance a backend gets: none when it calls itself deterministic, otherwise that of the class.

import type { Backend } from "@netwright/runtime";
import type { ConformanceOptions } from "./case.ts";
import { type Closeness, defaultTolerances, type ToleranceClass } from "./tolerance.ts";

export async function closenessFor(
  backend: Backend,
  toleranceClass: ToleranceClass,
  options: ConformanceOptions,
): Promise<Closeness> {
  const { deterministic } = await backend.describe();
  if (deterministic) return "bits";
  return options.tolerance?.[toleranceClass] ?? defaultTolerances[toleranceClass];
}
