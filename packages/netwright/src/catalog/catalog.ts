// The whole catalog of the language: what the compiler, the data package and the runtime each define.

import { type Documented, definitions } from "@netwright/compiler";
import { encoders } from "@netwright/data";
import type { Catalog, EncoderDefinition, Family } from "@netwright/lang";
import { metrics } from "@netwright/runtime";

const encoderDefinitions: ReadonlyMap<string, Documented & EncoderDefinition> = new Map(
  Object.values(encoders).map(({ name, doc, formula, example, source, range }) => [
    name,
    { name, doc, formula, example, source, range, params: {} },
  ]),
);

/** Every definition with all that people are told of it. */
export const documented: { readonly [F in Family]: ReadonlyMap<string, Documented> } = {
  layer: definitions.layer,
  ...definitions.definitions,
  encoder: encoderDefinitions,
};

export const catalog: Catalog = {
  layer: definitions.layer,
  definitions: { ...definitions.definitions, encoder: encoderDefinitions },
  metrics: new Map(Object.entries(metrics)),
};
