// All judges, in the order in which they are heard.

import type { Judge } from "./judge.ts";
import { jax } from "./judges/jax.ts";
import { stablehlo } from "./judges/stablehlo.ts";

export const JUDGES: readonly Judge[] = [stablehlo, jax];
