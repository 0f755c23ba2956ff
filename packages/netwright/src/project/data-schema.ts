// What fitted encoders tell the language of a network's inputs and its classes.

import { classesOf, networkInputs, type OpenEncoders } from "@netwright/data";
import type { DataSchema } from "@netwright/lang";

export function schemaOf(encoders: OpenEncoders): DataSchema {
  return {
    inputs: networkInputs(encoders).map(({ name, type }) => ({ name, type })),
    classes: classesOf(encoders)?.length ?? null,
  };
}
