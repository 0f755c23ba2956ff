// What an exported model says about a column that goes in or comes out, as JSON.

import { type OpenNumbers, type OpenWords, outputOf } from "@netwright/data";
import { at } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import { type LearnedWords, wordEncoders } from "./wrapper/word-encoders.ts";

export interface DescribedColumn {
  readonly name: string;
  readonly unit: string | null;
  /** Least value allowed, in original units. */
  readonly min: number | null;
  /** Greatest value allowed. */
  readonly max: number | null;
  /** What its values are beyond numbers; absent where they may be any. */
  readonly holds?: "whole numbers" | "truth values";
}

export interface DescribedNumber extends DescribedColumn {
  /** Stands for a missing value; `null` where none may be missing. */
  readonly fill: number | null;
  /** Behind the number stands another, 1 where the value is missing and else 0. Absent where there is none. */
  readonly indicator?: true;
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
  /** Numbers of a row. */
  readonly size: number;
  /** What makes them of a word, with what it has learned. */
  readonly encoder: LearnedWords;
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
}

export type DescribedOutput = DescribedColumn | DescribedClasses;

export function describedNumber({ fitted }: OpenNumbers): DescribedNumber {
  const { name, contract, reading, missing } = fitted;
  const { unit, min, max, whole } = contract;
  const column = { name, unit, min, max };
  const holds = reading?.type === "boolean" ? "truth values" : whole === true ? "whole numbers" : null;
  return {
    ...column,
    ...(holds === null ? {} : { holds }),
    fill: missing.fill,
    ...(missing.indicator === true ? { indicator: true } : {}),
  };
}

export function describedWords(open: OpenWords): DescribedWords {
  const { fitted, policy, encoder } = open;
  const { name, contract, missing, params } = fitted;
  const { learned } = at(
    [wordEncoders.get(encoder.name)].flatMap((known) => known ?? []),
    0,
  );
  return {
    name,
    holds: "words",
    values: contract.values,
    gaps: missing.fill !== null || policy.asWord,
    fill: missing.fill,
    ...(missing.indicator === true ? { indicator: true } : {}),
    size: sizeOf(outputOf(open).shape),
    encoder: {
      name: encoder.name,
      ...Object.fromEntries(learned.flatMap((key) => (key in params ? [[key, params[key]]] : []))),
    },
  };
}
