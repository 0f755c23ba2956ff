// The value that most rows have in the place of a missing one.

import { at } from "@netwright/definitions";
import { countWords } from "../preprocess/count-words.ts";
import { indicatorParam } from "./indicator.ts";
import { defineMissing } from "./policy.ts";

export const mostFrequent = defineMissing({
  name: "most_frequent",
  doc: "Fills in the value that most training rows have, a number or a word, also when predicting; of several the least, or the first in order.",
  formula: "x = mode of the training rows",
  example: "columns { Rooms: category(missing: most_frequent) }",
  source: 'scikit-learn, `SimpleImputer(strategy="most_frequent")`',
  params: { indicator: indicatorParam },
  rows: "kept",
  marks: ({ indicator }) => indicator,
  fill(present) {
    let [best, most] = [0, 0];
    let [last, count] = [Number.NaN, 0];
    for (const x of present.slice().sort()) {
      count = x === last ? count + 1 : 1;
      last = x;
      if (count > most) [best, most] = [x, count];
    }
    return best + 0;
  },
  fillWord(present) {
    const counted = countWords([present]);
    return at(
      counted,
      counted.reduce((best, { rows }, i) => (rows > at(counted, best).rows ? i : best), 0),
    ).word;
  },
});
