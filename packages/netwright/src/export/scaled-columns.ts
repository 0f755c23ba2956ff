// The columns of a model that an export can carry: numbers of which each becomes one number, so that the module scales
// them itself.

import { type FittedColumn, type FittedEncoders, type FittedNumbers, scalingSteps } from "@netwright/data";
import { listNames, quote } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import { projectError } from "../project/diagnostics.ts";

export interface ScaledColumns {
  readonly features: readonly FittedNumbers[];
  readonly target: readonly FittedNumbers[];
}

/** The diagnostic says which columns are others. */
export function scaledColumns({ features, target }: FittedEncoders): ScaledColumns | Diagnostic {
  const others = [...features, ...target].filter((column) => !isScaled(column));
  if (others.length > 0) return refusal(others);
  return { features: features.filter(isScaled), target: target.filter(isScaled) };
}

function isScaled(column: FittedColumn): column is FittedNumbers {
  return column.kind === "number" && scalingSteps(column) !== null;
}

function refusal(columns: readonly FittedColumn[]): Diagnostic {
  const [first] = columns;
  const names = listNames(columns.map(({ name }) => name));
  const what =
    columns.length === 1 && first !== undefined
      ? `column ${names}, which ${quote(first.encoder)} encodes, is`
      : `columns ${names} are`;
  return projectError(
    "NW0843",
    `the model cannot be exported: ${what} more than one number scaled to another`,
    [
      "An export takes and gives numbers alone: words, categories and classes are not in it yet.",
      "`netwright predict` and `load` of the package use the model as it is.",
    ],
    undefined,
  );
}
