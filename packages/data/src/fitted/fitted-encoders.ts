// Everything learned from the training split that a prediction needs, as plain JSON. It is saved with the
// model, so its shape has a version: `read-encoders.ts` reads it back.

import type { MadeImage } from "@netwright/definitions";
import type { MissingRule } from "../missing/policy.ts";
import type { EncoderParams } from "../preprocess/encoder.ts";
import type { SavedReading } from "../reading/cell-reading.ts";
import type { SavedWindow } from "../series/window-plan.ts";
import type { SavedInterval, SavedSet } from "../uncertainty/saved-interval.ts";
import type { NumberContract, WordContract } from "./contract.ts";
import type { Distribution } from "./distribution.ts";

/** The values of a column in the training rows, missing ones apart, in original units. */
export interface SeenValues {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Absent in models that were saved before it was kept. */
  readonly distribution?: Distribution;
}

/** Numbers from one to another, both among them. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** The words of a column in the training rows. */
export interface SeenWords {
  /** How often each occurs, in the order in which the encoder numbers them. */
  readonly counts: readonly number[];
  /** How many rows had another word, as rare ones are. Absent where none had. */
  readonly others?: number;
}

interface Fitted {
  readonly name: string;
  /** The name of the encoder, with what it has learned. */
  readonly encoder: string;
  readonly params: EncoderParams;
}

export interface FittedNumbers extends Fitted {
  readonly kind: "number";
  /** A missing value is filled in before it is encoded. */
  readonly missing: MissingRule<number>;
  readonly contract: NumberContract;
  /** How its cells say a number; absent where they are numbers. */
  readonly reading?: SavedReading;
  /** Absent in models that were saved before it was kept, and where the values are too large to sum. */
  readonly seen?: SeenValues;
  /** Of a feature: the image of which it is a pixel. Those of an image stand side by side, in the order of its numbers. */
  readonly image?: MadeImage;
  /** Of a target: what predictions are held within, in original units. Absent where they may be any. */
  readonly range?: ValueRange;
  /** Of a target: how wide the intervals are that stand beside its predictions. Absent where none do. */
  readonly interval?: SavedInterval;
}

export interface FittedWords extends Fitted {
  readonly kind: "words";
  readonly missing: MissingRule<string>;
  readonly contract: WordContract;
  /**
   * Whether zeros in front are a part of its words, as in postal codes. Absent where neither the table of the training nor
   * `values` had any, and in models that were saved before they were kept, to which `01067` is `1067`.
   */
  readonly codes?: true;
  /** Absent in models that were saved before it was kept: that of a feature later than that of a target. */
  readonly seen?: SeenWords;
  /**
   * Of a target of two words: from which probability on the second is predicted. Absent where the likelier one is, and in
   * models that were saved before there were any.
   */
  readonly threshold?: number;
  /** Of a target: the temperature by which probabilities are brought in line. Absent where they stay as they are. */
  readonly temperature?: number;
  /** Of a target: which classes are in the set beside a prediction. Absent where there is none. */
  readonly set?: SavedSet;
}

export type FittedColumn = FittedNumbers | FittedWords;

/** What each row counts: as a column of the table says, or so that all classes count alike. */
export type WeightRule = "balanced" | { readonly column: string };

export interface FittedEncoders {
  readonly format: typeof ENCODERS_FORMAT;
  readonly version: 2 | 3 | 4 | 5 | 6 | typeof ENCODERS_VERSION;
  /** In the order of the network's inputs. */
  readonly features: readonly FittedColumn[];
  /** In the order of the network's outputs. */
  readonly target: readonly FittedColumn[];
  /** Columns of the training table that are neither: no surprise in new data. Absent where there are none. */
  readonly unused?: readonly string[];
  /** Absent where all rows count the same. */
  readonly weight?: WeightRule;
  /** Of series: which rows the network is given together. Absent where each row is for itself. */
  readonly window?: SavedWindow;
}

export const ENCODERS_FORMAT = "netwright-encoders";
/**
 * Version 1 had columns of numbers alone, and no `kind`. Version 3 says what a reader of version 2 would pass over and
 * then predict otherwise, version 4 what one of version 3 would, and so on; what has nothing of it is still written as the
 * version before.
 */
export const ENCODERS_VERSION = 7;

function versionOf(
  features: readonly FittedColumn[],
  target: readonly FittedColumn[],
  weight: WeightRule | null,
  window: SavedWindow | null,
): FittedEncoders["version"] {
  const hasImage = features.some((column) => column.kind === "number" && column.image !== undefined);
  if ([...features, ...target].some((column) => column.kind === "words" && column.codes === true))
    return ENCODERS_VERSION;
  if (hasImage || window !== null) return 6;
  if (target.some((column) => column.kind === "number" && column.interval?.scaled === true)) return 5;
  // What an earlier reader would pass over, and then predict otherwise.
  const isNew = (column: FittedColumn): boolean =>
    column.kind === "words" ? column.temperature !== undefined : column.range !== undefined;
  if (target.some(isNew)) return 4;
  const hasThreshold = target.some((column) => column.kind === "words" && column.threshold !== undefined);
  return hasThreshold || weight !== null ? 3 : 2;
}

export function fittedEncoders(
  features: readonly FittedColumn[],
  target: readonly FittedColumn[],
  unused: readonly string[] = [],
  weight: WeightRule | null = null,
  window: SavedWindow | null = null,
): FittedEncoders {
  const others = {
    ...(unused.length === 0 ? {} : { unused }),
    ...(weight === null ? {} : { weight }),
    ...(window === null ? {} : { window }),
  };
  return {
    format: ENCODERS_FORMAT,
    version: versionOf(features, target, weight, window),
    features,
    target,
    ...others,
  };
}
