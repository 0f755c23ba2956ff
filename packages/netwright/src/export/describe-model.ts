// What an exported model says about itself: the content of the section `netwright` of its module, as JSON.
// The wrapper reads its columns from there; docs/export.md describes it.

import type { RunRecord } from "@netwright/runtime";
import { VERSION } from "../version.ts";
import type { CarriedColumns } from "./carried-columns.ts";
import type { DescribedInput, DescribedOutput } from "./describe-column.ts";

const SECTION_FORMAT = "netwright-model";

export interface ModelDescription {
  readonly format: typeof SECTION_FORMAT;
  /**
   * 1 where each column is one number, which the module takes as it is; 3 where cells are read as dates or otherwise, or
   * columns of numbers are encoded outside of the module, or texts and lists are, or quantiles are predicted.
   */
  readonly version: 1 | 2 | 3;
  /** The version that made it. */
  readonly netwright: string;
  readonly name: string;
  /** SHA-256 of the run and of its weights, hexadecimal. */
  readonly run: string;
  readonly weights: string;
  /** Words and numbers that stand for a missing value, as the model states them. Absent where that makes no difference. */
  readonly missingWords?: readonly string[];
  /** In the order of the rows that go in. */
  readonly inputs: readonly DescribedInput[];
  /** In the order of the predictions that come out. */
  readonly outputs: readonly DescribedOutput[];
}

export function describeModel(
  { name, hash }: RunRecord,
  columns: CarriedColumns,
  stated: readonly string[],
): ModelDescription {
  const inputs = columns.inputs.map(({ described }) => described);
  const outputs = columns.outputs.map(({ described }) => described);
  const isPlain = inputs.every(({ holds, indicator }) => holds !== "words" && indicator === undefined);
  // Numbers are given as such, so that words for missing ones cannot come.
  const hasGaps = stated.some((word) => Number.isFinite(Number(word))) || (!isPlain && stated.length > 0);
  const isThird =
    inputs.some(isOfThird) || outputs.some((output) => "encoder" in output || "quantiles" in output);
  const isFirst = isPlain && !hasGaps && outputs.every((output) => !("classes" in output));
  return {
    format: SECTION_FORMAT,
    version: isThird ? 3 : isFirst ? 1 : 2,
    netwright: VERSION,
    name,
    run: hash.run,
    weights: hash.weights,
    ...(hasGaps ? { missingWords: stated } : {}),
    inputs,
    outputs,
  };
}

function isOfThird(column: DescribedInput): boolean {
  if (column.holds === "words") return SINCE_THIRD.includes(column.encoder.name);
  return column.size !== undefined;
}

const SINCE_THIRD = ["number_list", "bag_of_words", "hashed_words", "word_sequence"];
