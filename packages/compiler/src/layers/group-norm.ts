// Group normalisation: the channels of a row in groups, each over all of its places; one group for each channel is
// instance normalisation.

import { count, integer, real, type Shape } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { defineLayer, onNumbers, plainParts } from "./layer.ts";
import { alongOthers, inverseDeviation, momentsOver } from "./moments.ts";
import { scaleAndOffset, scaleAndOffsetParams, scaledAndOffset } from "./scale-and-offset.ts";

export const groupNorm = defineLayer({
  name: "group_norm",
  doc: "Puts the channels of each row into groups and gives the numbers of a group, at all places of the row, the mean 0 and the variance 1, then each channel a scale and an offset that are learnt. Rows do not depend on each other.",
  formula: "gamma (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over each group of a row",
  example: "group_norm(2)",
  source: 'Keras, `GroupNormalization`; Wu, He 2018, "Group Normalization"',
  params: {
    groups: integer({
      doc: "Number of groups, which divides the channels; -1 for a group of each channel, which is instance normalisation.",
      min: -1,
      default: 32,
    }),
    epsilon: real({ doc: "Added to the variance.", default: 0.001, above: 0 }),
    ...scaleAndOffsetParams,
  },
  output: onNumbers((shape, { groups }) => {
    const channels = shape.at(-1);
    if (channels === undefined)
      return { problem: "group_norm needs at least one size, and its input is a single number" };
    const number = countOf(groups, channels);
    if (groups === 0 || channels % number !== 0) {
      return {
        problem: `${count(groups, "group")} do not divide ${count(channels, "channel")}`,
        note: "`groups` states the number of groups, `groups: -1` makes one of each channel.",
      };
    }
    return sizeOf(shape) > number
      ? shape
      : {
          problem: "each group has a single number, of which nothing would be left without its mean",
          note: "`layer_norm` works on all numbers of a row together.",
        };
  }),
  parts: () => ({ ...plainParts, free: true, bends: true, padding: "keeps" }),
  variables: ([{ shape }], args) => scaleAndOffset(shape.slice(-1), args),
  build: (context, [x], args) => {
    const { b } = context;
    const grouped = b.reshape(x, groupedShape(x.type.shape, args.groups));
    const group = grouped.type.shape.length - 2;
    const within = grouped.type.shape.flatMap((_, d) => (d === 0 || d === group ? [] : [d]));
    const { variance, centred } = momentsOver(b, grouped, within);
    const inverse = inverseDeviation(b, variance, args.epsilon);
    const normal = b.multiply(centred, alongOthers(b, inverse, grouped, within));
    const last = x.type.shape.length - 1;
    return scaledAndOffset(context, b.reshape(normal, x.type.shape), [last], args);
  },
});

function countOf(groups: number, channels: number): number {
  return groups === -1 ? channels : groups;
}

/** The last size as groups and the channels of each. */
function groupedShape(shape: Shape, groups: number): Shape {
  const channels = shape.at(-1) ?? 1;
  const count = countOf(groups, channels);
  return [...shape.slice(0, -1), count, channels / count];
}
