// What the resolver asks for the words that are not grammar: which layers, losses, optimizers ... exist.
// Whoever resolves knows only this interface; the definitions are handed in by the caller.

import type { Args, Chosen, Family, Instance } from "./argument.ts";
import type { Interval } from "./interval.ts";
import type { MadeOf } from "./made-of.ts";
import type { Params } from "./param.ts";
import type { Some } from "./some.ts";
import type { Shares } from "./split.ts";
import type { ColumnKind, TargetKind } from "./target-kind.ts";
import type { ValueType } from "./value-type.ts";

/** Why a layer cannot take its input, or a splitter its arguments; becomes a diagnostic at its place. */
export interface ShapeProblem {
  readonly problem: string;
  readonly note?: string;
}

export interface Definition {
  readonly name: string;
  /** First sentence is the summary that hover and tables show. */
  readonly doc: string;
  readonly formula?: string;
  /** A line as it stands in a file. */
  readonly example?: string;
  /** Where formula and defaults come from. */
  readonly source?: string;
  /** In positional order. */
  readonly params: Params;
}

export interface LayerSignature extends Definition {
  readonly takes: Takes;
  /** `inputs` are as many as it takes. */
  output(inputs: Some<ValueType>, args: Args): ValueType | ShapeProblem;
  parts(args: Args): LayerParts;
  /** What it keeps from step to step, by names that say what it is for (`weightRole`). */
  variables(inputs: Some<ValueType>, args: Args): readonly VariableSignature[];
}

export interface VariableSignature {
  /** Unique in the layer: `kernel`. */
  readonly name: string;
  /** The optimizer changes weights; a layer itself updates its statistics while training. */
  readonly role: "weight" | "statistic";
}

/** The inputs of a layer: one, two or more that it treats alike, one for each of these names, or the first few of several names. */
export type Takes = 1 | "many" | readonly string[] | TakesFirst;

/** Behind one value it takes that alone, where one is enough. */
export interface TakesFirst {
  readonly names: readonly string[];
  readonly least: number;
}

/** The names of its inputs, and how many of them there are at least; null where they have none. */
export function namesTaken(takes: Takes): TakesFirst | null {
  if (takes === 1 || takes === "many") return null;
  return "names" in takes ? takes : { names: takes, least: takes.length };
}

/** What a layer does to the numbers that pass through it: what a warning about a whole network has to know. */
export interface LayerParts {
  /** It gives weighted sums of its input. */
  readonly weighted: boolean;
  /** Each of these sums is of a part of the channels: sums of all of them behind it, with no activation between, have fewer weights than one layer. */
  readonly separate?: true;
  /** No sums of several numbers, and yet any numbers, whatever goes in: a normalisation, a table of vectors. */
  readonly free?: boolean;
  /** It is no line of its input, though it names no activation: weighted sums behind it are other ones. */
  readonly bends?: true;
  /** How the numbers of several inputs come together. */
  readonly joins?: "side by side" | "sum" | "mean" | "product";
  /** What it then applies to each number; null for nothing. */
  readonly activation: (Pick<Instance, "name" | "args"> & Partial<Pick<Instance, "span">>) | null;
  /** A prediction goes through unchanged: dropout. */
  readonly trainingOnly: boolean;
  /** It drops numbers by chance also in the passes of a prediction that has several. */
  readonly drops?: true;
  /**
   * Where its input has several sizes, what it predicts for one place of the first follows from that place alone, so that the members of
   * an ensemble stay apart. Behind any other layer there are no members.
   */
  readonly apart?: true;
  /**
   * What of its input each place of its output is made of: the same place alone, all places, or a window of each direction. Absent, it is
   * the same place of a layer that is `apart`, and all places of any other.
   */
  readonly sees?: "place" | "all" | readonly View[];
  /**
   * What it does about steps that are padding: it tells which are, it might tell and is not asked to, it leaves them out, those of its
   * output are padding as well, or both of these. Absent, all steps are alike to it, and behind it every step counts.
   */
  readonly padding?: "tells" | "might tell" | "heeds" | "keeps" | "heeds and keeps";
  /** While training it goes by mean and variance of the rows of a batch. */
  readonly overRows?: true;
  /** It begins an ensemble of so many members inside the network: the first size of what it gives counts them. */
  readonly members?: number;
  /** Of these members those predict that are best on the validation rows. */
  readonly chooses?: true;
  /** It has weights for each member of an ensemble, which makes them differ. */
  readonly perMember?: true;
  /** Each of its members draws values of these params of the file. */
  readonly draws?: { readonly params: readonly string[]; readonly draw: Draw };
}

/** What of one direction of its input, steps or height or width, a place of a layer's output is made of. */
export interface View {
  /** Places from the first to the last of them, both included. */
  readonly reach: number;
  /** Places of the input from one output to the next: 2 of windows two apart, 0.5 of an image that becomes twice as wide. */
  readonly step: number;
  /** Where there are more places than before: how many of them a place of the input is part of. Absent, `reach` times as many as it becomes. */
  readonly spread?: number;
}

/** A value of what a param may be: a place in a list, or a number of a range, both ends included. */
export type Draw = (from: Drawable, at: DrawnAt) => number;

export type Drawable =
  | { readonly kind: "list"; readonly length: number }
  | {
      readonly kind: "range";
      readonly from: number;
      readonly to: number;
      readonly whole: boolean;
      /** Equally likely are equal ratios, and not equal differences; `from` is greater than 0. */
      readonly log: boolean;
    };

/** The same for the same seed, whatever else is drawn. */
export interface DrawnAt {
  readonly seed: number;
  readonly member: number;
  /** The place of the param among those that `draw` names: a name decides nothing. */
  readonly param: number;
}

export interface ActivationDefinition extends Definition {
  /** What it gives, whatever it gets; `width` is the last size of the shape, over which softmax sums. */
  range(args: Args, width: number): Interval;
  /** The output is the input, so that two sums around it are one. */
  isLinear(args: Args): boolean;
}

export interface EncoderDefinition extends Definition {
  readonly takes: ColumnKind;
  /** What scaled values take when the contract says that the values have these bounds; null where nothing is known. */
  range(contract: Bounds, args: Args): Bounds;
  /**
   * What a row of a column becomes, of shape [k] for k numbers: from the words that the file states; null where the
   * table has to tell.
   */
  output(stated: readonly string[] | null, args: Args): ValueType | null;
  /** Behind the last index of a cell there is 0, which is none of its own. */
  readonly pads?: true;
}

/** A type of column: `number` of `columns { Age: number(min: 0) }`. */
export interface ColumnDefinition extends Definition {
  readonly takes: ColumnKind;
  /** A cell lists any number of its words. */
  readonly many?: true;
  /** Of a type that may be no column of the table but made of several: of which; null where it is one. */
  readonly madeOf: ((args: Args) => MadeOf | null) | null;
  /** The words that its arguments state; null where they state none. */
  words(args: Args): readonly string[] | null;
  /** What bounds its values have, as far as the arguments say. */
  bounds(args: Args): Bounds;
  /** The encoder that its arguments choose, which may take the section's `scale` over; null for that of the section. */
  encoder(args: Args, scale: Chosen | null): Chosen | null;
  /** The rule for missing values that its arguments choose; null for that of the section. */
  missing(args: Args): Chosen | null;
  /** Whether predictions of the column, a target, are held within the range of the training rows. */
  clamps(args: Args): boolean;
  /** What is wrong with arguments that are right one by one. */
  conflict(args: Args): { readonly parameter: string; readonly problem: string } | null;
}

export interface MissingDefinition extends Definition {
  readonly takes: readonly ColumnKind[];
  /** What becomes of rows that lack a value. */
  readonly rows: "kept" | "left out";
  /** Whether a missing word is a word of its own, the empty one. */
  readonly asWord: boolean;
  /** Whether the column tells in one more number which rows lack a value. */
  marks(args: Args): boolean;
}

/** What deals rows out to training, validation and test: `random` of `split: random(train: 80%)`. */
export interface SplitterDefinition extends Definition {
  /** The part of all rows that each split gets. */
  shares(args: Args): Shares;
  /** What is wrong with arguments that are right one by one. */
  conflict(args: Args): ShapeProblem | null;
  /** Whether rows that follow one another are dealt out apart, so that no window of a series is left whole. */
  readonly scatters: boolean;
}

/** What gives a number for every step of the training: `cosine` of `learning_rate: cosine(1e-2)`. */
export interface ScheduleDefinition extends Definition {
  /**
   * What its number is multiplied with after epochs that had these validation losses, in order; null where it does not go
   * by them.
   */
  readonly factor: ((losses: readonly number[], args: Args) => number) | null;
  /** What all of its numbers lie between; `rangeOf` says that of a setting inside. */
  range(args: Args, rangeOf: (setting: number | Instance) => Interval): Interval;
  /** What is wrong with arguments that are right one by one. */
  conflict(args: Args): { readonly parameter: string; readonly problem: string } | null;
}

/** The least and the greatest value; `null` where none is stated, infinite where there is none. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

export interface LossDefinition extends Definition {
  /** The targets that it is for. */
  readonly target: TargetKind;
  /** How many numbers the network has to give for a row: of its columns, or of the classes of its one column. */
  width(target: { readonly columns: number; readonly classes: number | null }, args: Args): number | null;
  /** Whether a prediction of numbers has beside each how far targets spread around it. */
  readonly spread?: true;
  /** The quantiles that are predicted of one column, from the least on; null or absent for one number of each column. */
  quantiles?(args: Args): readonly number[] | null;
  /** The number of classes that it is for; absent where any will do. */
  readonly classes?: number;
  /** Whether it needs to know in which order the classes are. */
  readonly ordered?: true;
  /** Whether its number of a class is a margin, which says which class is predicted, and no probability. */
  readonly margins?: true;
  /** What is wrong with arguments that are right one by one, for so many columns: a sentence; absent for nothing. */
  conflict?(args: Args, columns: number): string | null;
  /** The activation that it applies to what the network gives, which therefore has to be any number; absent for none. */
  readonly applies?: string;
}

export interface MetricDefinition extends Definition {
  /** What it can be, whatever the model. */
  readonly range: Interval;
  /** The targets that it says something about. */
  readonly tasks: readonly TargetKind[];
  /** Whether the predictions are enough, the scores of all classes are needed, that these are probabilities, intervals or sets, or spreads. */
  readonly needs?: "prediction" | "scores" | "probabilities" | "interval" | "spread";
}

interface Families {
  readonly activation: ActivationDefinition;
  readonly encoder: EncoderDefinition;
  readonly loss: LossDefinition;
  readonly missing: MissingDefinition;
  readonly schedule: ScheduleDefinition;
  readonly column: ColumnDefinition;
  readonly splitter: SplitterDefinition;
}

export interface Catalog {
  readonly layer: ReadonlyMap<string, LayerSignature>;
  /** Every other family. */
  readonly definitions: {
    readonly [F in Exclude<Family, "layer">]: ReadonlyMap<
      string,
      F extends keyof Families ? Families[F] : Definition
    >;
  };
  /** What `expect` may name after the split: `r2`, `mae` ... */
  readonly metrics: ReadonlyMap<string, MetricDefinition>;
}

export function isShapeProblem(value: ValueType | ShapeProblem): value is ShapeProblem {
  return "problem" in value;
}
