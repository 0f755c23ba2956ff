// The columns of a model that an export can carry: numbers of which each becomes one number, so that the module scales
// them itself.

import type { FittedNumbers, OpenColumn, OpenEncoders, Scaling } from "@netwright/data";
import { listNames, quote } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import { projectError } from "../project/diagnostics.ts";

export interface ScaledColumn {
  readonly fitted: FittedNumbers;
  readonly scaling: Scaling;
}

export interface ScaledColumns {
  readonly features: readonly ScaledColumn[];
  readonly target: readonly ScaledColumn[];
}

/** The diagnostic says which columns are others. */
export function scaledColumns({ features, target }: OpenEncoders): ScaledColumns | Diagnostic {
  const others = [...features, ...target].filter((column) => scaled(column) === null);
  if (others.length > 0) return refusal(others);
  return {
    features: features.flatMap((one) => scaled(one) ?? []),
    target: target.flatMap((one) => scaled(one) ?? []),
  };
}

function scaled(column: OpenColumn): ScaledColumn | null {
  if (column.kind !== "number" || column.coding.scaling === null) return null;
  return { fitted: column.fitted, scaling: column.coding.scaling };
}

function refusal(columns: readonly OpenColumn[]): Diagnostic {
  const [first] = columns;
  const names = listNames(columns.map(({ fitted }) => fitted.name));
  const what =
    columns.length === 1 && first !== undefined
      ? `column ${names}, which ${quote(first.encoder.name)} encodes, is`
      : `columns ${names} are`;
  return projectError(
    "NW0843",
    `the model cannot be exported: ${what} more than one number scaled to another`,
    [
      "An export takes and gives numbers alone: categories, classes, dates, texts and lists of numbers are not in it yet.",
      "`netwright predict` and `load` of the package use the model as it is.",
    ],
    undefined,
  );
}
