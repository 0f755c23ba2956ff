// What an exported model says about itself: the content of the section `netwright` of its module, as JSON.
// The wrapper reads its columns from there; docs/export.md describes it.

import type { RunRecord } from "@netwright/runtime";
import { VERSION } from "../version.ts";
import type { ScaledColumn, ScaledColumns } from "./scaled-columns.ts";

const SECTION_FORMAT = "netwright-model";
const SECTION_VERSION = 1;

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

export interface DescribedInput extends DescribedColumn {
  /** Stands for a missing value; `null` where none may be missing. */
  readonly fill: number | null;
}

export interface ModelDescription {
  readonly format: typeof SECTION_FORMAT;
  readonly version: typeof SECTION_VERSION;
  /** The version that made it. */
  readonly netwright: string;
  readonly name: string;
  /** SHA-256 of the run and of its weights, hexadecimal. */
  readonly run: string;
  readonly weights: string;
  /** In the order of the rows that go in. */
  readonly inputs: readonly DescribedInput[];
  /** In the order of the predictions that come out. */
  readonly outputs: readonly DescribedColumn[];
}

export function describeModel(
  { name, hash }: RunRecord,
  { features, target }: ScaledColumns,
): ModelDescription {
  return {
    format: SECTION_FORMAT,
    version: SECTION_VERSION,
    netwright: VERSION,
    name,
    run: hash.run,
    weights: hash.weights,
    inputs: features.map((column) => ({ ...described(column), fill: column.fitted.missing.fill })),
    // What a network gives is any number, whatever it has learned from.
    outputs: target.map((column) => {
      const { holds: _, ...output } = described(column);
      return output;
    }),
  };
}

function described({ fitted }: ScaledColumn): DescribedColumn {
  const { name, contract, reading } = fitted;
  const { unit, min, max, whole } = contract;
  const column = { name, unit, min, max };
  if (reading?.type === "boolean") return { ...column, holds: "truth values" };
  return whole === true ? { ...column, holds: "whole numbers" } : column;
}
