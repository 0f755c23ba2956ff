// What an exported model says about a column that goes in or comes out, as JSON.

import {
  type OpenColumn,
  type OpenNumbers,
  type OpenWords,
  outputOf,
  type SavedInterval,
  type SavedSet,
  type ValueRange,
} from "@netwright/data";
import { sizeOf } from "@netwright/ir";
import { type LearnedEncoder, learnedBy } from "./wrapper/carried-encoders.ts";

export interface DescribedColumn {
  readonly name: string;
  readonly unit: string | null;
  /** Least value allowed, in original units. */
  readonly min: number | null;
  /** Greatest value allowed. */
  readonly max: number | null;
  /** What its values are beyond numbers; absent where they may be any. */
  readonly holds?: "whole numbers" | "truth values" | "dates";
}

/** Dates are seconds since 1970-01-01T00:00:00 in all that is said of their column. */

export interface DescribedNumber extends DescribedColumn {
  /** Stands for a missing value; `null` where none may be missing. */
  readonly fill: number | null;
  /** Behind the number stands another, 1 where the value is missing and else 0. Absent where there is none. */
  readonly indicator?: true;
  /** How cells say the number; absent where they are numbers, or truth values as programs have them. */
  readonly reading?: Readonly<Record<string, unknown>>;
  /** Numbers of a row. Absent where the module takes the number itself. */
  readonly size?: number;
  /** What makes them of the number, with what it has learned. Absent where the module does. */
  readonly encoder?: LearnedEncoder;
}

export interface DescribedWords {
  readonly name: string;
  readonly holds: "words";
  /** The words that the model states; `null` where it states none. */
  readonly values: readonly string[] | null;
  /** Whether a value may be missing: it is then `fill`, or where that is `null` the word "". */
  readonly gaps: boolean;
  readonly fill: string | null;
  readonly indicator?: true;
  /** Whether zeros in front are a part of its words. Absent where `01067` is `1067`. */
  readonly codes?: true;
  /** Numbers of a row. */
  readonly size: number;
  /** What makes them of a word, with what it has learned. */
  readonly encoder: LearnedEncoder;
}

export type DescribedInput = DescribedNumber | DescribedWords;

export interface DescribedClasses {
  readonly name: string;
  /** In the order of the shares that come out. */
  readonly classes: readonly string[];
  /** Whether the shares are probabilities, which a prediction has beside the class. */
  readonly probabilities: boolean;
  /** From which share on the second of two is predicted; `null` where the likelier one is. */
  readonly threshold: number | null;
  /** Stands between the labels where any number of them are predicted; `null` where one class is. */
  readonly separator: string | null;
  /** By which the shares are brought in line. Absent where they stay as they are. */
  readonly temperature?: number;
  /** Which classes are in the set beside a prediction. Absent where there is none. */
  readonly set?: SavedSet;
}

export interface DescribedTarget extends DescribedColumn {
  /** What the number that comes out is turned back by, with what it has learned. Absent where the module does. */
  readonly encoder?: LearnedEncoder;
  /** Beside `encoder`: what the number is then held within. Absent where it may be any. */
  readonly range?: ValueRange;
  /** How wide the intervals beside its predictions are. Absent where there are none. */
  readonly interval?: SavedInterval;
  /** Behind the numbers of all columns stand how far targets spread around them. Absent where they do not. */
  readonly spread?: true;
}

/** Several quantiles of one column, in the order in which they come out. */
export interface DescribedQuantiles extends DescribedTarget {
  readonly quantiles: readonly number[];
  /** Which of them is the prediction, counted from 0. */
  readonly middle: number;
}

export type DescribedOutput = DescribedTarget | DescribedQuantiles | DescribedClasses;

/** Whether the wrapper reads or encodes the column as the package does, and hands the module more than a number that it was given. */
export function isReadOutside(open: OpenColumn): boolean {
  return (
    open.kind === "words" || isEncodedOutside(open) || open.reading?.saved.type === "date" || isTurned(open)
  );
}

/** `reads` says whether a wrapper reads any column as the package does: it then reads truth values in words, too. */
export function describedNumber(open: OpenNumbers, reads: boolean): DescribedNumber {
  const { missing, reading } = open.fitted;
  const isRead = reading !== undefined && reads;
  const made = isEncodedOutside(open) || isRead ? { size: sizeOf(outputOf(open).shape) } : {};
  return {
    ...describedColumn(open),
    fill: missing.fill,
    ...(missing.indicator === true ? { indicator: true } : {}),
    ...(isRead ? { reading: reading.params } : {}),
    ...made,
    ...encoderOutside(open),
  };
}

/** What a network gives is any number, whatever it has learned from. A spread goes by the scaling, which is then outside, too. */
export function describedTarget(open: OpenNumbers, spread: boolean): DescribedTarget {
  const { holds: _, ...column } = describedColumn(open);
  const { range } = open.fitted;
  if (!spread && !isEncodedOutside(open)) return column;
  const held = range === undefined ? {} : { range };
  return {
    ...column,
    encoder: learnedBy(open.encoder, open.fitted.params),
    ...held,
    ...(spread ? { spread } : {}),
  };
}

function describedColumn(open: OpenNumbers): DescribedColumn {
  const { name, contract } = open.fitted;
  const { unit, min, max } = contract;
  const holds = heldBy(open);
  return { name, unit, min, max, ...(holds === null ? {} : { holds }) };
}

/** What the values of the column are beyond numbers; null where they may be any. */
export function heldBy({
  fitted: { contract, reading },
}: OpenNumbers): "whole numbers" | "truth values" | "dates" | null {
  return READ.get(reading?.type ?? "") ?? (contract.whole === true ? "whole numbers" : null);
}

const READ: ReadonlyMap<string, "truth values" | "dates"> = new Map([
  ["boolean", "truth values"],
  ["date", "dates"],
]);

/** Whether the wrapper encodes the column, and not the module by steps of arithmetic. */
function isEncodedOutside({ coding }: OpenNumbers): boolean {
  return !coding.scaling?.steps;
}

function encoderOutside(open: OpenNumbers): { readonly encoder?: LearnedEncoder } {
  return isEncodedOutside(open) ? { encoder: learnedBy(open.encoder, open.fitted.params) } : {};
}

/** Whether a column of truth values reads 1 or 0, which a wrapper takes as they are, as the file states them and otherwise. */
function isTurned({ reading }: OpenNumbers): boolean {
  if (reading?.saved.type !== "boolean") return false;
  return [true, false].some((value) =>
    [String(value), String(Number(value))].some((cell) => reading.read(cell) !== Number(value)),
  );
}

export function describedWords(open: OpenWords): DescribedWords {
  const { fitted, policy, encoder } = open;
  const { name, contract, missing, params } = fitted;
  return {
    name,
    holds: "words",
    values: contract.values,
    gaps: missing.fill !== null || policy.asWord,
    fill: missing.fill,
    ...(missing.indicator === true ? { indicator: true } : {}),
    ...(fitted.codes === true ? { codes: true } : {}),
    size: sizeOf(outputOf(open).shape),
    encoder: learnedBy(encoder, params),
  };
}
