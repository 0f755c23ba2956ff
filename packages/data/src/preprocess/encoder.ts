// What an encoder is: from the values of one column to what a network takes, learned from the training rows. Each lives
// in a file of its own beside this one; `encoders.ts` gathers them. What it has learned is plain JSON, which it alone
// reads back: opened, it is a coding.

import {
  type Args,
  type ByName,
  type Documented,
  definer,
  type EncoderDefinition,
  float64At,
  int32At,
  numbersOf,
  type Params,
  type Spec,
  type ValueType,
} from "@netwright/definitions";
import type { FieldData } from "../batch/row-store.ts";
import type { CellProblem } from "../reading/cell-reading.ts";
import type { Words } from "../table/table.ts";
import type { ScalingSteps } from "./scaling-step.ts";

/** What an encoder has learned, as it is saved. */
export type EncoderParams = Readonly<Record<string, unknown>>;

/** Where the numbers of a column go: from `at` on in each row of `width` numbers. */
export interface Place {
  readonly into: FieldData;
  readonly at: number;
  readonly width: number;
}

/** A column in the rows of an array. */
interface AnyCoding {
  /** What a row of the column becomes: of shape [k] for k numbers, [] for one index. */
  readonly output: ValueType;
}

export interface NumberCoding extends AnyCoding {
  readonly takes: "number";
  /** One value a row, none of them missing. */
  readonly write: (values: Float64Array, place: Place) => void;
  /** Where one number becomes one number that can be turned back. */
  readonly scaling: Scaling | null;
}

export interface Scaling {
  readonly apply: (x: number) => number;
  /** The x that `apply` made z of, up to rounding. */
  readonly invert: (z: number) => number;
  /** The same without the range within which predictions are held; absent where there is none. */
  readonly unheld?: (z: number) => number;
  /** The same two as data; whoever carries the steps out gets the same bits. `null` where there are no steps for it. */
  readonly steps: ScalingSteps | null;
}

/**
 * What becomes of a word that an encoder has not learned:
 * - `error`: it is a mistake
 * - `other`: it is none of those that are told apart
 * - `missing`: it is a missing value, with which the rule of the column is at home
 * - `hashed`: as any other, as none is learned
 * - `mean`: it tells of the target what all rows together do
 * - `read`: as any other, as each cell is read and none is told apart
 */
export type UnknownWords = "error" | "other" | "missing" | "hashed" | "mean" | "read";

export interface WordCoding extends AnyCoding {
  readonly takes: "words";
  /** All that it tells apart, in the order of their numbers; none where it does not keep them. */
  readonly words: readonly string[];
  readonly unknown: UnknownWords;
  /** What is wrong with a cell, of an encoder that reads cells; absent where they are words like any other. */
  readonly check?: CheckCell;
  /** Set where it goes by what stands in a cell, so that cells of which no two are equal have something in common. */
  readonly readsParts?: true;
  /** Whether the encoder has something to write for the word. */
  readonly knows: (word: string) => boolean;
  /** Where a cell lists any number of the words: what stands between them, and the numbers of those in a cell. */
  readonly many?: { readonly separator: string; readonly numbersIn: (cell: string) => readonly number[] };
  /** For the words of a dictionary what writes rows of them: one word a row, by its number there, all of them known. */
  readonly writer: (words: readonly string[]) => WriteWords;
  /** Where finding what a cell becomes takes longer than a step of training has: then it is kept for each row. */
  readonly isSlow?: true;
}

export type WriteWords = (codes: Int32Array, place: Place) => void;

/** From what writes one word, by its number, from `start` on. */
export function wordByWord(writeOne: (code: number, start: number, into: Place["into"]) => void): WriteWords {
  return (codes, { into, at, width }) => {
    let start = at;
    for (let i = 0; i < codes.length; i++) {
      writeOne(int32At(codes, i), start, into);
      start += width;
    }
  };
}

export type CheckCell = (cell: string) => CellProblem | null;

export type Coding = NumberCoding | WordCoding;

interface AnyEncoder extends Documented, Pick<EncoderDefinition, "takes" | "range" | "output" | "pads"> {
  /**
   * The coding of parameters that were learned or read back; `null` where they are not this encoder's. `encoders` are what
   * the names of others in them stand for; without them there are none.
   */
  readonly open: (params: EncoderParams, encoders?: ByName<Encoder>) => Coding | null;
}

export interface NumberEncoder extends AnyEncoder {
  readonly takes: "number";
  /** Which finite x it takes, in words: "greater than -1"; absent where it takes all. */
  readonly domain?: string;
  /** Whether a finite x is in the domain. */
  readonly accepts: (x: number) => boolean;
  /**
   * Parameters from finite values in the domain, at least one, of the training rows alone. They come piece by piece,
   * and again from the start each time they are asked for. `encoders` are what names in the arguments stand for.
   */
  readonly fit: (values: Iterable<Float64Array>, args: Args, encoders?: ByName<Encoder>) => EncoderParams;
  readonly open: (params: EncoderParams, encoders?: ByName<Encoder>) => NumberCoding | null;
}

export interface WordEncoder extends AnyEncoder {
  readonly takes: "words";
  /** What its coding checks, for training; absent where cells are words like any other. */
  readonly check?: (args: Args) => CheckCell;
  /** Whether a missing cell may be a word of its own; absent where it may. */
  readonly gaps?: false;
  /** The same from words; where the file states which there are, from those. `null` where none is left to tell apart. */
  readonly fit: (
    values: Iterable<Words>,
    args: Args,
    stated: readonly string[] | null,
    target: TargetRows | null,
    encoders?: ByName<Encoder>,
  ) => EncoderParams | null;
  /**
   * For an encoder that learns of the target: into how many folds training rows are dealt, each of which is encoded by what
   * the others tell, so that no row tells of itself. Its words then come in one piece, in the order of the target's rows.
   */
  readonly folds: ((args: Args) => Folds) | null;
  readonly open: (params: EncoderParams, encoders?: ByName<Encoder>) => WordCoding | null;
}

/** The target of the training rows. */
export interface TargetRows {
  /** Numbers of each row. */
  readonly width: number;
  /** [rows x width], row-major: scaled numbers; of two classes 1 for the second, of more 1 for the class of the row. */
  readonly values: Float64Array;
}

export interface Folds {
  readonly count: number;
  readonly seed: number;
}

export type Encoder = NumberEncoder | WordEncoder;

/** An encoder of numbers that makes something else of each than one number: several numbers, or an index. */
export function defineNumberEncoder<P extends Params>(
  spec: Omit<Spec<NumberEncoder, P, "accepts">, "takes" | "params"> & { readonly params: P },
): NumberEncoder {
  const define = definer<Omit<NumberEncoder, "takes">, "accepts">({ accepts: () => true });
  return { ...define(spec), takes: "number" };
}

/** What a scaling computes: one number from one number. `P` are its parameters. */
export interface ScalingFormula<P> {
  /** Checks parameters that were read back; `null` where they are not this encoder's. */
  readonly read: (params: EncoderParams) => P | null;
  readonly apply: (params: P, x: number) => number;
  readonly invert: (params: P, z: number) => number;
  readonly steps: (params: P) => ScalingSteps | null;
}

/** A scaling as it is written. */
interface ScalingSpec<P> extends ScalingFormula<P> {
  readonly fit: (values: Iterable<Float64Array>, args: Args) => P;
}

type ScalingDefinition<P> = ScalingSpec<P> & Omit<NumberEncoder, "takes" | "output" | "open" | "fit">;

const ONE = numbersOf([1]);

/** Its formula gives the scaled value z of x. */
export function defineScaling<P extends EncoderParams>() {
  const define = definer<ScalingDefinition<P>, "accepts">({ accepts: () => true });
  return <A extends Params>(spec: Spec<ScalingDefinition<P>, A, "accepts">): NumberEncoder => {
    const { fit, read, apply, invert, steps, ...definition } = define(spec);
    return {
      ...definition,
      takes: "number",
      output: () => ONE,
      fit,
      open: (saved) => openScaling({ read, apply, invert, steps }, saved),
    };
  };
}

/** The coding of what a scaling has learned; `null` where it is not its own. */
export function openScaling<P>(
  { read, apply, invert, steps }: ScalingFormula<P>,
  saved: EncoderParams,
): NumberCoding | null {
  const params = read(saved);
  if (params === null) return null;
  const scaling = {
    apply: (x: number) => apply(params, x),
    invert: (z: number) => invert(params, z),
    steps: steps(params),
  };
  return { takes: "number", output: numbersOf([1]), scaling, write: writeScaled(scaling.apply) };
}

function writeScaled(apply: (x: number) => number): NumberCoding["write"] {
  return (values, { into, at, width }) => {
    let place = at;
    for (let i = 0; i < values.length; i++) {
      into[place] = apply(float64At(values, i));
      place += width;
    }
  };
}
