// Which part of the scaling is arithmetic of the network in f32, and which is done beside it in f64.

import type { ScalingStep } from "@netwright/data";
import type { PortableColumn } from "../model/columns.ts";
import type { NumberOutput, PortableOutputs } from "../model/outputs.ts";

/** (x - mean) / std. */
export interface Centred {
  readonly mean: number;
  readonly std: number;
}

/** Null for a column whose numbers are made beside the network. */
export function centredIn(column: PortableColumn): Centred | null {
  if (column.kind === "words" || column.coding.kind !== "steps" || column.holds === "dates") return null;
  const centred = centredBy(column.coding.steps);
  // Of what lies far from 0, f32 keeps too few digits; and Keras divides by no less than 1e-7.
  const fits =
    centred !== null &&
    centred.std > 1e-6 &&
    centred.std < 1e15 &&
    Math.abs(centred.mean) < 1000 * centred.std;
  return fits ? centred : null;
}

function centredBy(steps: readonly ScalingStep[]): Centred | null {
  const [first, second] = steps;
  if (steps.length === 2 && first?.kind === "subtract" && second?.kind === "divide")
    return { mean: first.by, std: second.by };
  const line = lineOf(steps);
  return line === null || line.rest.length > 0
    ? null
    : { mean: -line.offset / line.scale, std: 1 / line.scale };
}

export interface Line {
  readonly scale: number;
  readonly offset: number;
  /** The steps behind. */
  readonly rest: readonly ScalingStep[];
}

/** The steps at the start as x scale + offset, in f64; null where that is no line that rises. */
export function lineOf(steps: readonly ScalingStep[]): Line | null {
  let [scale, offset, done] = [1, 0, 0];
  for (const step of steps) {
    if (step.kind === "add") offset += step.by;
    else if (step.kind === "subtract") offset -= step.by;
    else if (step.kind === "multiply") [scale, offset] = [scale * step.by, offset * step.by];
    else if (step.kind === "divide") [scale, offset] = [scale / step.by, offset / step.by];
    else break;
    done++;
  }
  return scale > 0 && Number.isFinite(scale) && Number.isFinite(offset)
    ? { scale, offset, rest: steps.slice(done) }
    : null;
}

/** One for each number that the network gives; null where nothing is turned back in it. */
export function linesOf(outputs: PortableOutputs): readonly Line[] | null {
  const columns = numbersIn(outputs);
  const lines = columns.flatMap(({ inverse }) => (inverse === null ? [] : (lineOf(inverse) ?? [])));
  return lines.length > 0 && lines.length === columns.length ? lines : null;
}

/** What is left to do beside the network. */
export function restOf({ inverse }: NumberOutput, isInside: boolean): readonly ScalingStep[] {
  if (inverse === null) return [];
  return isInside ? (lineOf(inverse)?.rest ?? []) : inverse;
}

export function numbersIn(outputs: PortableOutputs): readonly NumberOutput[] {
  switch (outputs.kind) {
    case "numbers":
      return outputs.columns;
    case "quantiles":
      return outputs.levels.map(() => outputs.column);
    case "classes":
    case "labels":
      return [];
  }
}
