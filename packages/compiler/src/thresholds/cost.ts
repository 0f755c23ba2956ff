// The threshold at which mistakes cost least.

import { real } from "@netwright/definitions";
import { defineThreshold } from "./threshold.ts";

export const cost = defineThreshold({
  name: "cost",
  doc:
    "The threshold at which the mistakes on the validation rows cost least. The second class, which " +
    "`category(values: [...])` of the target states, is the positive one.",
  formula: "argmin over s of fn * rows of it with p < s + fp * other rows with p >= s",
  example: "threshold: cost(fn: 5, fp: 1)",
  source: 'Elkan 2001, "The Foundations of Cost-Sensitive Learning"',
  params: {
    fn: real({ doc: "What it costs to miss a row of the second class.", default: 1, above: 0 }),
    fp: real({
      doc: "What it costs to take a row of the first class for one of the second.",
      default: 1,
      above: 0,
    }),
  },
  value: ({ falseNegatives, falsePositives }, { fn, fp }) => -(fn * falseNegatives + fp * falsePositives),
});
