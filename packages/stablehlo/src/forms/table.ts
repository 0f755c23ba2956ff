// How each operation stands in the text. Exhaustive: an operation without a row does not compile.

import type { OpName } from "@netwright/ir";
import { composite } from "./composite.ts";
import { contractions } from "./contractions.ts";
import { elementwise } from "./elementwise.ts";
import type { Form } from "./form.ts";
import { rngBitGenerator } from "./random.ts";
import { rows } from "./rows.ts";
import { scan } from "./scan.ts";
import { shapes } from "./shapes.ts";
import { windows } from "./windows.ts";

export const forms: { readonly [K in OpName]: Form<K> } = {
  ...elementwise,
  ...shapes,
  ...contractions,
  ...windows,
  ...rows,
  rng_bit_generator: rngBitGenerator,
  composite,
  scan,
};
