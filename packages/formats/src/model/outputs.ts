// What a model predicts, as a format is told of it: from the numbers behind the link of the loss to values in original units.

import type { SavedInterval, SavedSet, ScalingStep, ValueRange } from "@netwright/data";

export interface NumberOutput {
  readonly name: string;
  readonly unit: string | null;
  /** Of the column, as the file states them: what the target may be, and no limit of what is predicted. */
  readonly min: number | null;
  readonly max: number | null;
  /** The encoder that scales the target. */
  readonly encoder: string;
  /** From what the network gives to original units, in f64; what the value is then held within is among them. Null where there are no steps. */
  readonly inverse: readonly ScalingStep[] | null;
  /** What predictions are held within; null where they may be any. */
  readonly range: ValueRange | null;
  /** What a number of 1 of the network counts in original units, around 0: of `zscore` the deviation of the target. */
  readonly scale: number;
  /** The intervals beside predictions; null where there are none. */
  readonly interval: SavedInterval | null;
}

export type PortableOutputs =
  /** A number for each column; with `spread` as many again behind all of them: how far targets spread, scaled as they are. */
  | { readonly kind: "numbers"; readonly columns: readonly NumberOutput[]; readonly spread: boolean }
  /** Several quantiles of one column, from the least on; that at the place `middle` is the prediction. */
  | {
      readonly kind: "quantiles";
      readonly column: NumberOutput;
      readonly levels: readonly number[];
      readonly middle: number;
    }
  /** A share for each of `words`, or its margin where they are no `probabilities`: the greatest is predicted, the first of several. */
  | {
      readonly kind: "classes";
      readonly name: string;
      readonly words: readonly string[];
      readonly probabilities: boolean;
      /** From which share on the second of two is predicted; null where the likelier one is. */
      readonly threshold: number | null;
      /** T: shares are p^(1/T) over their sum; null where they stay as they are. */
      readonly temperature: number | null;
      /** Which classes are in the set beside a prediction; null where there is none. */
      readonly set: SavedSet | null;
    }
  /** A share for each of `words`; those of 0.5 and more are predicted, with the separator between them. */
  | {
      readonly kind: "labels";
      readonly name: string;
      readonly words: readonly string[];
      readonly separator: string;
    };

/** What a share that is 0 in f32 counts as before it is calibrated, exp(-104), as the package has it. */
export const LEAST_SHARE = 6.8e-46;

/** How many numbers of a row the network gives behind its link. */
export function widthOf(outputs: PortableOutputs): number {
  switch (outputs.kind) {
    case "numbers":
      return outputs.columns.length * (outputs.spread ? 2 : 1);
    case "quantiles":
      return outputs.levels.length;
    case "classes":
    case "labels":
      return outputs.words.length;
  }
}

/** By what a difference of each of them is divided: the deviation of the target; shares as they are. */
export function scalesOf(outputs: PortableOutputs): readonly number[] {
  switch (outputs.kind) {
    case "numbers": {
      const scales = outputs.columns.map(({ scale }) => scale);
      return outputs.spread ? [...scales, ...scales.map(() => 1)] : scales;
    }
    case "quantiles":
      return outputs.levels.map(() => outputs.column.scale);
    case "classes":
    case "labels":
      return outputs.words.map(() => 1);
  }
}
