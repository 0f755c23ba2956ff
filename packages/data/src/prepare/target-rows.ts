// The target of the training rows, as encoders learn of it.

import { float64At } from "@netwright/definitions";
import { classesOf } from "../encode/decode-output.ts";
import { originalsOf } from "../encode/encode-columns.ts";
import type { OpenColumn } from "../fitted/open-encoders.ts";
import type { TargetRows } from "../preprocess/encoder.ts";
import type { Column } from "../table/table.ts";

/** `columns` and `target` go together; `rows` are indices from 0. */
export function targetRows(
  columns: readonly Column[],
  target: readonly OpenColumn[],
  rows: Int32Array,
): TargetRows {
  const originals = originalsOf(columns, target, rows);
  const classes = classesOf({ target })?.length ?? null;
  if (classes !== null) return ofClasses(originals, classes);
  const width = target.length;
  const scalings = target.map((column) => (column.kind === "number" ? column.coding.scaling : null));
  const values = originals.map((y, i) => scalings[i % width]?.apply(y) ?? Number.NaN);
  return { width, values };
}

/** Of two classes the second says all; of one, that there is no other. */
function ofClasses(numbers: Float64Array, classes: number): TargetRows {
  if (classes <= 2) return { width: 1, values: numbers };
  const values = new Float64Array(numbers.length * classes);
  for (let row = 0; row < numbers.length; row++) values[row * classes + float64At(numbers, row)] = 1;
  return { width: classes, values };
}
