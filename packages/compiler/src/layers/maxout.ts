// The maxout layer: the greatest of several numbers each.

import { integer } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";

export const maxout = defineLayer({
  name: "maxout",
  doc: "Gives the greatest number of each of several groups, which lie side by side: behind `dense(16)`, `maxout(8)` gives 8 numbers, each the greater of two sums.",
  formula: "y[i] = max over j < pieces of x[i * pieces + j], pieces = inputs / units",
  example: "dense(16) -> maxout(8)",
  source: 'Goodfellow et al. 2013, "Maxout Networks"; as in TensorFlow Addons, `Maxout`',
  params: { units: integer({ doc: "Number of outputs, which divides that of the inputs.", min: 1 }) },
  output: onNumbers((shape, { units }) => {
    const size = shape.at(-1) ?? 1;
    if (shape.length > 0 && size % units === 0) return [...shape.slice(0, -1), units];
    return {
      problem: `maxout(${units}) does not divide its ${size === 1 ? "one input" : `${size} inputs`} into ${units} groups of equal size`,
      note: `\`dense(${2 * units})\` before it gives each group two numbers.`,
    };
  }),
  parts: () => ({ ...apartParts, bends: true }),
  build: ({ b }, [x], { units }) => {
    const { shape } = x.type;
    const pieces = (shape.at(-1) ?? 1) / units;
    return b.reduce(b.reshape(x, [...shape.slice(0, -1), units, pieces]), "max", [shape.length]);
  },
});
