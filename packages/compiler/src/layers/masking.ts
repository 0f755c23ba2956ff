// Steps that are padding, told by their numbers.

import { real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";
import { stepsAndNumbers } from "./steps.ts";

export const masking = defineLayer({
  name: "masking",
  doc: "Takes a step whose numbers are all one value for padding: recurrent layers, attention and means over the steps behind it leave it out. Its numbers become 0.",
  formula: "x_t, and 0 where all of x_t is mask_value",
  example: "masking -> lstm(32)",
  source: "Keras, `Masking`",
  params: { mask_value: real({ doc: "What all numbers of such a step are.", default: 0 }) },
  output: onNumbers((shape) => stepsAndNumbers("masking", shape) ?? shape),
  parts: () => ({ ...plainParts, sees: "place", padding: "tells" }),
  mask: ({ b }, [x], { mask_value }) => isThere(b, x, mask_value),
  build: ({ b }, [x], { mask_value }) => {
    const kept = b.broadcastInDim(isThere(b, x, mask_value), x.type.shape, [0, 1]);
    return b.select(kept, x, b.like(x, 0));
  },
});

/** [rows, steps]: whether any number of the step is another one. */
function isThere(b: Builder, x: Value, value: number): Value {
  const others = b.convert(b.compare(x, "NE", b.like(x, value)), "f32");
  const any = b.reduce(others, "max", [2]);
  return b.compare(any, "GT", b.like(any, 0));
}
