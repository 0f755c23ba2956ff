// The whole catalog of the language: what the compiler, the data package and the runtime each define.

import { definitions } from "@netwright/compiler";
import { encoders } from "@netwright/data";
import {
  byName,
  type Catalog,
  type Documented,
  type EncoderDefinition,
  type Family,
} from "@netwright/definitions";
import { metrics } from "@netwright/runtime";

const encoderDefinitions: ReadonlyMap<string, Documented & EncoderDefinition> = byName(
  Object.values(encoders),
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
  metrics,
};
