// The settings of `data`, with those of its `split`.

import {
  choice,
  columnName,
  columnNames,
  flag,
  type Instance,
  instance,
  integer,
  list,
  oneOf,
  optional,
  type Param,
  splitParams,
  text,
  textChoice,
} from "@netwright/definitions";
import { type Settings, valueSettings } from "./setting.ts";

/** What `split` may name; in braces it is this one. */
export const splitterParam = {
  ...instance({ family: "splitter", doc: "How the rows are divided." }),
  default: "random",
} satisfies Param;

export const dataParams = {
  source: oneOf<string | Instance>([text({ doc: "" }), instance({ family: "source", doc: "" })], {
    doc: "The table, a path relative to the `.net` file; with `*` several files of the same columns; or a query of a database.",
  }),
  scale: instance({
    family: "encoder",
    default: "zscore",
    doc: "Encoder of features and target, fitted on the training split only.",
  }),
  categories: instance({
    family: "encoder",
    default: "one_hot",
    doc: "Encoder of columns of words that have none of their own, fitted on the training split only.",
  }),
  missing: instance({ family: "missing", default: "error", doc: "What to do about missing values." }),
  teacher_gives: optional(
    choice({
      values: ["probabilities", "logits", "labels"],
      doc:
        "What the columns of a teacher of classes hold: `probabilities` of each class, which they are taken for where nothing is said; " +
        "`logits`, of which the softmax are the probabilities; `labels`, the name of a class.",
    }),
  ),
};

/** How the table is written. What is not given is found out. */
export const readingParams = {
  separator: optional(
    textChoice({
      values: [",", ";", "\t", "|", " "],
      doc: 'What stands between the values of the table; `" "` is any number of blanks.',
    }),
  ),
  decimal: optional(textChoice({ values: [".", ","], doc: "The decimal sign of the table's numbers." })),
  thousands: optional(
    textChoice({
      values: [",", ".", " ", "'"],
      doc: "What separates the thousands of the table's numbers.",
    }),
  ),
  header: optional(
    flag({
      doc: "Whether the table has a header; without one, the columns are called `column1`, `column2` and so on.",
    }),
  ),
  skip: optional(integer({ min: 0, doc: "Lines at the start of the table that are left out." })),
  sheet: optional(text({ doc: "The sheet of a workbook, by its name; by default the first one." })),
  file_column: optional(
    columnName({
      doc: "The name of a column that is added to those of several files: for each row the name of its file. It is a feature only where `features` names it.",
    }),
  ),
  folder_column: optional(
    columnName({
      doc: "The name of a column that is added to those of several files: for each row the folder of its file, as pictures lie in one for each class.",
    }),
  ),
  missing_words: optional(
    list(text({ doc: "" }), {
      doc: "Words and numbers of the table that stand for missing values, beside `NA`, `NaN`, `-` and the like.",
    }),
  ),
};

/** What a window of a series is. Two of them have no default: a window without them is none. */
export const windowParams = {
  length: integer({ min: 1, doc: "How many rows, one behind the other in time, the network is given." }),
  horizon: integer({
    min: 1,
    default: 1,
    doc: "How many rows behind the last of them the target stands: one number, as each horizon takes a model of its own.",
  }),
  order: columnName({ doc: "The column that says when each row was: dates, or numbers." }),
  by: optional(
    columnNames({
      doc: "The column that tells series apart, or several that do so together; without it, all rows are one series.",
    }),
  ),
  spacing: choice({
    values: ["regular", "rows"],
    default: "regular",
    doc: "`regular`: as far apart in time as most rows are, so that a gap in time breaks a window. `rows`: each row is one step behind the one before, however far apart they are.",
  }),
  border: choice({
    values: ["closed", "open"],
    default: "closed",
    doc: "`closed`: all rows of a window are of the split of its target. `open`: those before the target may be of an earlier split, training before validation before test, as they are known when it is predicted.",
  }),
  season: optional(
    integer({
      min: 2,
      doc: "After how many rows it comes round, for the baseline; without it, what the calendar says of rows an hour, a day, a week, a month or a quarter apart.",
    }),
  ),
};

export const dataSettings: Settings = {
  ...valueSettings(dataParams),
  target: { kind: "columns", all: false, doc: "The column, or list of columns, to predict." },
  features: {
    kind: "columns",
    all: true,
    doc: "The columns to predict from; by default every one but the target, those that `split` goes by and `file_column`.",
  },
  weight: {
    kind: "column",
    rule: "balanced",
    doc:
      "What each row counts: the column that says it, or `balanced`, so that all classes count alike in training. Without it all " +
      "rows count the same.",
  },
  teacher: {
    kind: "columns",
    all: false,
    doc:
      "What a teacher answers for each row, to be learned beside the target: a column for each target, of classes a pattern such as " +
      '`"prob_*"` with the name of a class for `*`. No feature, and not needed to predict; `none` is as if it were not stated.',
  },
  columns: {
    kind: "contract",
    doc: "What is known of the columns; checked when training and when predicting.",
  },
  split: {
    kind: "record",
    doc: "How the rows are divided; the shares sum to 100%.",
    settings: splitParams,
    param: splitterParam,
  },
  window: {
    kind: "braces",
    doc: "For series: the network is given several rows, one behind the other in time, and the target stands behind them.",
    settings: windowParams,
  },
  ...valueSettings(readingParams),
};
