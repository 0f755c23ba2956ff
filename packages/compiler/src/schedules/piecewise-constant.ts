// A learning rate for each part of the training.

import { at, integer, list, real } from "@netwright/definitions";
import { defineSchedule, upTo } from "./schedule.ts";

export const piecewiseConstant = defineSchedule({
  name: "piecewise_constant",
  doc: "The learning rate takes one value after another, each until a step that is given.",
  formula:
    "rate = values[i], where i is how many of the boundaries are less than the step, which counts from 0",
  example:
    "optimizer: sgd(learning_rate: piecewise_constant(boundaries: [100, 200], values: [0.1, 0.01, 0.001]))",
  source:
    "Keras, `PiecewiseConstantDecay`: the step of a boundary still has the old rate; in PyTorch's `MultiStepLR` it has the new one",
  params: {
    boundaries: list(integer({ doc: "A step.", min: 0 }), {
      doc: "The last step of each value but the last.",
    }),
    values: list(real({ doc: "A rate.", min: 0 }), { doc: "Rates, one more than boundaries." }),
  },
  conflict({ boundaries, values }) {
    if (boundaries.some((boundary, i) => i > 0 && boundary <= at(boundaries, i - 1)))
      return { parameter: "boundaries", problem: "are in order, each more than the one before" };
    return values.length === boundaries.length + 1
      ? null
      : {
          parameter: "values",
          problem: `are one more than \`boundaries\`: ${boundaries.length + 1}, found ${values.length}`,
        };
  },
  range: ({ values }) => upTo(Math.max(0, ...values)),
  stages: ({ boundaries }) =>
    boundaries.map((boundary) => ({ what: `the part until step ${boundary}`, updates: boundary + 1 })),
  at: (b, { step }, { boundaries, values }) => {
    const [first = 0, ...others] = values;
    return others.reduce(
      (rate, value, i) => b.select(b.compare(step, "GT", b.scalar(at(boundaries, i))), b.scalar(value), rate),
      b.scalar(first),
    );
  },
});
