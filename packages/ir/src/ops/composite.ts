// composite: a named piece of program that a backend may run in its own way and every other runs by its
// decomposition, a function of the same program with kind `composite`. The optimizer updates are composites.

import type { TensorType } from "../core/types.ts";
import { constrain, type OpDefinition } from "./definition.ts";

export interface CompositeAttributes {
  /** What it computes: `optimizer_update.adam`. */
  readonly composite: string;
  /** Its constants, for backends that know it by name: `{ beta_1: 0.9 }`. */
  readonly settings: Readonly<Record<string, number>>;
  /** Name of the function that defines it. */
  readonly decomposition: string;
  readonly types: readonly TensorType[];
}

/** StableHLO's: the name of a namespace, then one or more behind dots. */
const NAME = /^[A-Za-z]\w*(?:\.[\w$]+)+$/;

export const composite: OpDefinition<CompositeAttributes> = {
  summary: "calls its decomposition",
  operands: "variadic",
  fields: { composite: "word", settings: "record", decomposition: "word", types: "types" },
  // The verifier checks `types` against the decomposition, which is outside of the operation.
  infer: (_, { composite, types }) => {
    constrain(
      NAME.test(composite),
      "composite_c5",
      `${composite} is not a name such as optimizer_update.adam`,
    );
    return types;
  },
};
