// What the resolver returns: a `.net` file with every name looked up, every default filled in, blocks,
// repeats and conditions expanded, and shapes known. Plain data; survives JSON.

import type { Args, Argument, Factors, Instance, Span, ValueType } from "@netwright/definitions";

export interface Model {
  /** From the file name: `concrete` for `concrete.net`. */
  readonly name: string;
  readonly params: readonly ResolvedParam[];
  readonly data: DataSettings | null;
  readonly inputs: readonly ModelInput[];
  /** Each stands behind those whose output it takes. */
  readonly nodes: readonly Node[];
  readonly outputs: readonly ModelOutput[];
  readonly train: TrainSettings | null;
  /** Absent where the file asks for nothing beside its predictions. */
  readonly report?: ReportSettings;
  readonly expect: readonly Expectation[];
  /** What the members of an ensemble drew; absent where none draw. Where it is used stands `by_member`. */
  readonly draws?: readonly DrawnParam[];
}

/** A param of which each member has another value. */
export interface DrawnParam {
  readonly name: string;
  /** The node where the members begin. */
  readonly members: string;
  /** One for each member. */
  readonly values: readonly Argument[];
}

/** What the network is given for each row. */
export interface ModelInput {
  /** Unique among the names of inputs and nodes. */
  readonly name: string;
  readonly type: ValueType;
}

/** What the network gives for each row. */
export interface ModelOutput extends Source {
  readonly name: string;
  /**
   * Of an ensemble inside the network, the first size of its type: each gives a prediction, and the mean of them is that
   * of the network. Absent for a single one.
   */
  readonly members?: number;
}

/** A value where it is taken. */
export interface Source {
  /** The node or the input of the model that gives it. */
  readonly from: string;
  readonly type: ValueType;
}

export interface ResolvedParam {
  readonly name: string;
  readonly value: Argument;
  readonly span: Span;
}

/** One layer where it is used. */
export interface Node {
  /** Unique in the model: `dense_1`, counted per definition in order of the flow. */
  readonly name: string;
  /** Name of the definition: `dense`. */
  readonly layer: string;
  readonly args: Args;
  readonly inputs: readonly Source[];
  /** Of what it gives, without the batch dimension. */
  readonly type: ValueType;
  /** The node that owns its weights: itself, or the one in its place at the first use of a shared block. */
  readonly weights: string;
  /** The parts of the flow around it, from outside: `residual_1.body`, `parallel_2.left`, `tower#2` for a second use. */
  readonly path: readonly string[];
  /** Of a node that closes a `residual` or `parallel`: the name of that and of its parts, one for each input. */
  readonly closes: Parts | null;
  readonly span: Span;
}

/** A step of a flow that has parts of its own. */
export interface Parts {
  /** `residual_1`, `parallel_2`: as in the paths of the nodes inside. */
  readonly name: string;
  readonly kind: "residual" | "parallel";
  readonly parts: readonly string[];
}

export interface DataSettings extends ReadingSettings {
  readonly name: string;
  /** As written, relative to the `.net` file. */
  readonly source: string;
  /** What is asked of the database at `source`, which is its first argument; absent where that is a table. */
  readonly query?: Instance;
  readonly target: readonly string[];
  readonly features: "all" | readonly string[];
  /** The type of each column that is described: `Age: number(unit: "days", min: 1, max: 365)`. */
  readonly columns: Readonly<Record<string, Instance>>;
  readonly scale: Instance;
  readonly missing: Instance;
  /** The encoder of columns of words that have none of their own; absent where no column is described so and the file states none. */
  readonly categories?: Instance;
  /** What each row counts; absent where all count the same. */
  readonly weight?: Weight;
  /** Columns with the answers of a teacher, or the pattern that they fit; absent where there is none. */
  readonly teacher?: readonly string[];
  /** What these hold, where classes are predicted and it is stated. */
  readonly teacher_gives?: TeacherGives;
  /** False where `teacher_share: 0` leaves nothing to learn of it, and its columns are only no features; else absent. */
  readonly teaches?: false;
  /** How rows in the order of time become what the network is given; absent where each row is for itself. */
  readonly window?: WindowSettings;
  /** The splitter, with shares and seed among its arguments where it has them. */
  readonly split: Instance;
  /** Places of the settings by path: `source`, `target`, `columns.Age`, `split.train`. `data` is the section. */
  readonly spans: Readonly<Record<string, Span>>;
}

/** Several rows of a series, one behind the other in time, and a target behind them. */
export interface WindowSettings {
  /** Rows that the network is given. */
  readonly length: number;
  /** Rows from the last of them to the target; at least 1. */
  readonly horizon: number;
  /** The column that says when. */
  readonly order: string;
  /** The columns that tell series apart; null where all rows are one series. */
  readonly by: readonly string[] | null;
  readonly spacing: "regular" | "rows";
  /** Whether rows before the target may be of an earlier split. */
  readonly border: "closed" | "open";
  /** Rows after which it comes round; null where the calendar is to say so. */
  readonly season: number | null;
}

/** What the columns of a teacher of classes hold. */
export type TeacherGives = "probabilities" | "logits" | "labels";

/** By a column of the table, or so that all classes count alike. */
export type Weight = "balanced" | { readonly column: string };

/** How the table is written. What the file does not say is absent here: it is found out when the table is read. */
export interface ReadingSettings {
  /** What stands between the values; a blank is any number of blanks. */
  readonly separator?: "," | ";" | "\t" | "|" | " ";
  readonly decimal?: "." | ",";
  readonly thousands?: "," | "." | " " | "'";
  readonly header?: boolean;
  /** Lines at the start that are left out. */
  readonly skip?: number;
  /** Of a workbook. */
  readonly sheet?: string;
  /** The column, beside those of several files, that says of each row which it is from. */
  readonly file_column?: string;
  /** The same of the folder of that file. */
  readonly folder_column?: string;
  /** Words and numbers that stand for missing values, beside those that everyone knows. */
  readonly missing_words?: readonly string[];
}

export interface TrainSettings {
  readonly loss: Instance;
  readonly optimizer: Instance;
  readonly batch: number;
  /** Batches of one update. */
  readonly accumulate: number;
  readonly clip_value: number | null;
  /** Of the gradient of all weights together. */
  readonly clip_norm: number | null;
  /** Of that of each weight by itself; absent for no limit. */
  readonly clip_norm_each?: number;
  /** Share of the past in the average of the weights that predicts; null where the weights themselves do. */
  readonly weight_average: number | null;
  /** Alpha of Beta(alpha, alpha), from which the shares of two rows are drawn that are mixed while training; absent for none. */
  readonly mixup?: number;
  /** What the learning rate is multiplied with, by the role of a weight; absent where it is one for all. */
  readonly learning_rate_factors?: Factors;
  /** The same of the weight decay of the optimizer. */
  readonly weight_decay_factors?: Factors;
  /** Names of the layers whose weights stay as they are. */
  readonly freeze: readonly string[];
  readonly epochs: number;
  readonly stop: Instance | null;
  readonly checkpoint: Instance | null;
  /** From which probability on the second of two classes is predicted, or the rule that finds it; absent for the likelier. */
  readonly threshold?: number | Instance;
  /** What the loss to a teacher counts in that of a row that has both; absent where the data have no teacher. */
  readonly teacher_share?: number;
  /** By what logits are divided before they are compared with a teacher's; absent where the data have no teacher. */
  readonly teacher_temperature?: number;
  /** The folder of a run, relative to the file, whose weights training begins with; absent for none. */
  readonly initial_weights?: string;
  /** How products and their sums are rounded; absent for each by itself. */
  readonly numerics?: "fused";
  readonly seed: number;
  /** With how many seeds a file is trained as a study; absent for one training. */
  readonly seeds?: number;
  readonly spans: Readonly<Record<string, Span>>;
}

/** What is told beside a prediction; what the file does not ask for is absent. */
export interface ReportSettings {
  /** The share of rows whose target is to lie in the interval, or among the classes of the set. */
  readonly interval?: number;
  readonly calibration?: "temperature";
  /** What tells how far off each number may be: how far members of the network are apart, passes with numbers dropped, or the runs of a study. */
  readonly spread?: "members" | "dropout" | "runs";
  /** How many of these passes there are; absent where there are none. */
  readonly samples?: number;
  /** Places of the settings; `report` is the section. */
  readonly spans: Readonly<Record<string, Span>>;
}

export interface Expectation {
  readonly split: "train" | "validation" | "test";
  /** Name of its definition. */
  readonly metric: string;
  readonly args: Args;
  /** The metric with the arguments that are not the defaults, under which its value is kept: `accuracy(top: 3)`. */
  readonly label: string;
  readonly comparison: "<" | "<=" | ">" | ">=" | "==" | "!=";
  readonly value: number;
  readonly span: Span;
}
