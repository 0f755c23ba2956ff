// The columns of a model that an export can carry, each with the numbers that stand for it in a row of the module: those
// that the module scales itself, and those that the wrapper makes of words, dates, texts, lists and numbers.

import type { InputColumn, OutputColumn } from "@netwright/backend-jit";
import {
  labelSeparator,
  type OpenColumn,
  type OpenEncoders,
  type SavedWindow,
  thresholdOf,
} from "@netwright/data";
import { count, listNames, quote } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";
import type { Diagnostic } from "@netwright/lang";
import { levelsOf, middleOf } from "../model/quantiles.ts";
import type { SavedModel } from "../model/saved-model.ts";
import { hasSpread } from "../model/spreads.ts";
import { projectError } from "../project/diagnostics.ts";
import { hasProbabilities } from "../training/measure.ts";
import {
  type DescribedInput,
  type DescribedOutput,
  describedNumber,
  describedTarget,
  describedWords,
  isReadOutside,
} from "./describe-column.ts";
import { placedColumns } from "./portable/portable-columns.ts";
import { takesPictures, whyNotCarried } from "./why-not-carried.ts";

export interface CarriedColumns {
  /** In the order of the network's inputs. */
  readonly inputs: readonly CarriedInput[];
  /** In the order of its outputs. */
  readonly outputs: readonly CarriedOutput[];
}

export interface CarriedInput {
  readonly open: OpenColumn;
  readonly described: DescribedInput;
  /** Its numbers in a row. */
  readonly slots: readonly InputColumn[];
}

export interface CarriedOutput {
  readonly described: DescribedOutput;
  readonly slots: readonly OutputColumn[];
}

/** A number that goes into the network as it is. */
const READY: InputColumn = { steps: [], fill: null };

/** A number that comes out of it so. */
const AS_IT_IS: OutputColumn = { steps: [] };

/** The diagnostic says which columns it cannot carry, and why. */
export function carriedColumns({ model, encoders, catalog }: SavedModel): CarriedColumns | Diagnostic {
  const { features, target } = encoders;
  if (encoders.fitted.window !== undefined) return refusedWindow(encoders.fitted.window);
  const spread = hasSpread(model, catalog);
  const refused = [
    ...features.map((column) => ({ column, why: whyNotCarried(column, "feature", catalog) })),
    ...target.map((column) => ({
      column,
      why: whyNotCarried(column, spread ? "spread target" : "target", catalog),
    })),
  ].flatMap(({ column, why }) => (why === null ? [] : [{ column, why }]));
  if (refused.length > 0) return refusal(refused);
  const reads = features.some(isReadOutside);
  return {
    inputs: placedColumns(model, features).map(({ open }) => ({
      open,
      described: open.kind === "words" ? describedWords(open) : describedNumber(open, reads),
      slots: slotsOf(open),
    })),
    outputs: outputsOf(encoders, {
      levels: levelsOf(model, catalog),
      probabilities: hasProbabilities(model, catalog),
      spread,
    }),
  };
}

function slotsOf(open: OpenColumn): readonly InputColumn[] {
  const { output } = open.coding;
  const marked = open.fitted.missing.indicator === true ? [READY] : [];
  if (open.kind === "number" && open.coding.scaling?.steps) {
    return [{ steps: open.coding.scaling.steps.apply, fill: open.fitted.missing.fill }, ...marked];
  }
  const size = sizeOf(output.shape);
  if (output.kind === "index") return new Array<InputColumn>(size).fill({ ...READY, below: output.of });
  return [...new Array<InputColumn>(size).fill(READY), ...marked];
}

interface Given {
  readonly levels: readonly number[] | null;
  readonly probabilities: boolean;
  readonly spread: boolean;
}

function outputsOf(
  encoders: OpenEncoders,
  { levels, probabilities, spread }: Given,
): readonly CarriedOutput[] {
  return encoders.target.flatMap((open): readonly CarriedOutput[] => {
    if (open.kind === "words") {
      const { words } = open.coding;
      const described = {
        name: open.fitted.name,
        classes: words,
        probabilities,
        threshold: thresholdOf(encoders),
        separator: labelSeparator(encoders),
        ...(open.fitted.temperature === undefined ? {} : { temperature: open.fitted.temperature }),
        ...(open.fitted.set === undefined ? {} : { set: open.fitted.set }),
      };
      return [{ described, slots: words.map(() => ({ steps: [] })) }];
    }
    const { interval } = open.fitted;
    const described = { ...describedTarget(open, spread), ...(interval === undefined ? {} : { interval }) };
    if (spread) return [{ described, slots: [AS_IT_IS, AS_IT_IS] }];
    const slot = { steps: open.coding.scaling?.steps?.invert ?? [] };
    if (levels === null) return [{ described, slots: [slot] }];
    const quantiles = { quantiles: levels, middle: middleOf(levels) };
    return [{ described: { ...described, ...quantiles }, slots: levels.map(() => slot) }];
  });
}

/** A module takes one row, and what finds windows in many is no part of its wrapper. */
function refusedWindow({ length }: SavedWindow): Diagnostic {
  return projectError(
    "NW0843",
    `the model cannot be exported: it predicts from windows of ${count(length, "row")}, and a module takes single rows`,
    [
      "`netwright predict` and `load` of the package find the windows of a table.",
      "`netwright export --format stablehlo` writes the network alone, which takes windows as scaled numbers.",
    ],
    undefined,
  );
}

function refusal(refused: readonly { readonly column: OpenColumn; readonly why: string }[]): Diagnostic {
  const names = refused.map(({ column }) => column.fitted.name);
  return projectError(
    "NW0843",
    `the model cannot be exported: a module does not carry ${names.length === 1 ? "column" : "columns"} ${listNames(names)}`,
    [
      ...refused.slice(0, 5).map(({ column, why }) => `Column ${quote(column.fitted.name)}: ${why}.`),
      "`netwright predict` and `load` of the package use the model as it is.",
      ...(refused.every(({ column }) => takesPictures(column))
        ? [
            "`netwright export --format onnx --raw-input` writes the network alone, which takes pixels as scaled numbers.",
          ]
        : []),
    ],
    undefined,
  );
}
