// All harnesses, in the order in which they are run. One more is a file in `harness` and a line here.

import { trainings } from "./harness/trainings.ts";
import type { Harness } from "./harness.ts";

export const HARNESSES: readonly Harness[] = [trainings];
