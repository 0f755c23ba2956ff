// The whole catalog of the language: what the compiler, the data package and the runtime each define.

import { definitions } from "@netwright/compiler";
import { encoders } from "@netwright/data";
import type { Catalog, Definition } from "@netwright/lang";
import { metricNames } from "@netwright/runtime";

const encoderDefinitions: ReadonlyMap<string, Definition> = new Map(
  Object.values(encoders).map(({ name, doc, formula }) => [name, { name, doc, formula, params: {} }]),
);

export const catalog: Catalog = {
  layer: definitions.layer,
  definitions: { ...definitions.definitions, encoder: encoderDefinitions },
  metrics: new Set(metricNames),
};
