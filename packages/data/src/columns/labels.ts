// A column whose cells list any number of words: tags, topics.

import { instance, list, optional, repeated, text } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";

export const labels = defineColumnType({
  name: "labels",
  doc: "A column whose cells list labels: several, one, or none in an empty cell. A target of it has a probability for each.",
  formula: "x is any of values, joined by separator",
  example: 'columns { Rooms: labels(separator: ";") }',
  source: "scikit-learn, `MultiLabelBinarizer`",
  params: {
    values: optional(
      list(text({ doc: "" }), {
        doc: "The labels that may occur, in their order; without them, those of the training split.",
      }),
    ),
    separator: text({ doc: "What stands between the labels of a cell.", default: "|" }),
    missing: optional(
      instance({
        family: "missing",
        doc: "What to do about empty cells; without it they have no label.",
      }),
    ),
  },
  takes: "words",
  many: true,
  conflict({ values, separator }) {
    if (separator.trim() === "" && separator !== " ") return { parameter: "separator", problem: "is empty" };
    const [twice] = repeated(values ?? []);
    if (twice !== undefined) return { parameter: "values", problem: `has ${JSON.stringify(twice)} twice` };
    const other = values?.find(
      (label) => label.trim() !== label || label === "" || label.includes(separator),
    );
    if (other !== undefined)
      return { parameter: "values", problem: `has ${JSON.stringify(other)}, which no cell can list` };
    return values?.length === 0 ? { parameter: "values", problem: "names no label" } : null;
  },
  words: ({ values }) => values,
  contract: () => ({ values: null }),
  encoder: ({ values, separator }) => ({ name: "multi_hot", args: { values, separator, unknown: "error" } }),
  missing: ({ missing }) => chosen(missing) ?? { name: "own_class", args: {} },
});
