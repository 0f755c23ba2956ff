// What the resolver returns: a `.net` file with every name looked up, every default filled in, blocks,
// repeats and conditions expanded, and shapes known. Plain data; survives JSON.

import type { Args, Argument, Instance, Shape, Span } from "@netwright/definitions";

export interface Model {
  /** From the file name: `concrete` for `concrete.net`. */
  readonly name: string;
  readonly params: readonly ResolvedParam[];
  readonly data: DataSettings | null;
  /** Input of the network without the batch dimension. */
  readonly input: Shape;
  /** Target width, or `null` in a file without data. */
  readonly outputs: number | null;
  readonly nodes: readonly ModelNode[];
  readonly output: Shape;
  readonly train: TrainSettings | null;
  readonly expect: readonly Expectation[];
}

export interface ResolvedParam {
  readonly name: string;
  readonly value: Argument;
  readonly span: Span;
}

/** A flow is a list of nodes; each takes the output of the one before. */
export type ModelNode = LayerNode | ResidualNode | ParallelNode;

export interface LayerNode {
  readonly kind: "layer";
  /** Unique in the model: `dense_1`, counted per definition in order of the flow. */
  readonly name: string;
  /** Name of the definition: `dense`. */
  readonly layer: string;
  readonly args: Args;
  readonly input: Shape;
  readonly output: Shape;
  readonly span: Span;
}

/** Output is body(x) + x, or body(x) + project(x). */
export interface ResidualNode {
  readonly kind: "residual";
  readonly body: readonly ModelNode[];
  readonly project: LayerNode | null;
  readonly input: Shape;
  readonly output: Shape;
  readonly span: Span;
}

export interface ParallelNode {
  readonly kind: "parallel";
  readonly branches: readonly {
    readonly name: string;
    readonly nodes: readonly ModelNode[];
    readonly output: Shape;
  }[];
  readonly merge: "concat" | "add" | "multiply";
  readonly input: Shape;
  readonly output: Shape;
  readonly span: Span;
}

export interface DataSettings extends ReadingSettings {
  readonly name: string;
  /** As written, relative to the `.net` file. */
  readonly source: string;
  readonly target: readonly string[];
  readonly features: "all" | readonly string[];
  readonly columns: Readonly<Record<string, ColumnSettings>>;
  readonly scale: Instance;
  readonly missing: "error" | "mean" | "median" | "drop";
  readonly split: SplitSettings;
  /** Places of the settings by path: `source`, `target`, `columns.Age`, `split.train`. `data` is the section. */
  readonly spans: Readonly<Record<string, Span>>;
}

/** How the table is written. What the file does not say is absent here: it is found out when the table is read. */
export interface ReadingSettings {
  /** What stands between the values; a blank is any number of blanks. */
  readonly separator?: "," | ";" | "\t" | "|" | " ";
  readonly decimal?: "." | ",";
  readonly thousands?: "," | "." | " " | "'";
  readonly header?: boolean;
  /** Lines at the start that are left out. */
  readonly skip?: number;
  /** Words and numbers that stand for missing values, beside those that everyone knows. */
  readonly missing_words?: readonly string[];
}

export interface SplitSettings {
  /** Shares of the rows; they sum to 1. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly seed: number;
}

/** One row of `columns`: `Age: number(unit: "days", min: 1, max: 365)`. Its args override the section's. */
export interface ColumnSettings {
  readonly type: "number";
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly scale: Instance | null;
  readonly missing: DataSettings["missing"] | null;
  readonly span: Span;
}

export interface TrainSettings {
  readonly loss: Instance;
  readonly optimizer: Instance;
  readonly batch: number;
  readonly epochs: number;
  readonly stop: Instance | null;
  readonly seed: number;
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
