// The columns of a model that an export can carry: numbers of which each becomes one number, so that the module scales
// them itself.

import type { FittedNumbers, OpenColumn, OpenEncoders, ScalingSteps } from "@netwright/data";
import { listNames, quote } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import { projectError } from "../project/diagnostics.ts";

export interface ScaledColumn {
  readonly fitted: FittedNumbers;
  readonly steps: ScalingSteps;
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
  if (column.kind !== "number" || column.fitted.missing.indicator === true) return null;
  const steps = column.coding.scaling?.steps ?? null;
  return steps === null ? null : { fitted: column.fitted, steps };
}

/** Numbers that become one number, by more than the steps that a module has. */
function isUnstepped({ coding, fitted }: OpenColumn): boolean {
  return coding.takes === "number" && coding.scaling !== null && fitted.missing.indicator !== true;
}

function refusal(columns: readonly OpenColumn[]): Diagnostic {
  const [first] = columns;
  const others = columns.filter((column) => !isUnstepped(column));
  const told = others.length === 0 ? columns : others;
  const names = listNames(told.map(({ fitted }) => fitted.name));
  const what =
    columns.length === 1 && first !== undefined
      ? `column ${names}, which ${quote(first.encoder.name)} encodes, is`
      : `columns ${names} are`;
  const unstepped = [...new Set(columns.filter(isUnstepped).map(({ encoder }) => encoder.name))];
  return projectError(
    "NW0843",
    others.length > 0
      ? `the model cannot be exported: ${what} more than one number scaled to another`
      : `the model cannot be exported: ${what} scaled in a way that a module does not compute`,
    [
      ...(others.length > 0
        ? [
            "An export takes and gives numbers alone, one for each: words, categories, classes, dates, texts, lists of numbers, several numbers of one and indicators are not in it yet.",
          ]
        : []),
      ...(unstepped.length > 0
        ? [`A module computes no ${listNames(unstepped)}: train with another scale, such as \`robust\`.`]
        : []),
      "`netwright predict` and `load` of the package use the model as it is.",
    ],
    undefined,
  );
}
