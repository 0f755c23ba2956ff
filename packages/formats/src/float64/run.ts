// A run of a model in f64 with its weights, layer by layer and apart from every format: what hosts that compute in f64 are held to,
// beside Netwright's own answers. It reads columns and layers by itself.

import { carryOut, type ScalingStep } from "@netwright/data";
import { at } from "@netwright/definitions";
import type { PortableColumn } from "../model/columns.ts";
import { throughLayers } from "../model/layers.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow, SampleValue } from "../model/samples.ts";
import { linkWide } from "./activations.ts";
import { layerWide, type WideTensor } from "./layers.ts";

/**
 * [predictions x outputs] in original units, shares of classes before they are calibrated.
 * @throws Error for columns, layers and links that it has not
 */
export function float64Run(
  model: PortableModel,
  rows: readonly SampleRow[] = model.samples.rows,
): Float64Array {
  const { outputs } = model;
  const given = float64Given(model, rows);
  if (outputs.kind !== "numbers" && outputs.kind !== "quantiles") return given;
  const width = widthOf(outputs);
  return given.map((value, i) => {
    const column = outputs.kind === "numbers" ? outputs.columns[i % width] : outputs.column;
    return carried(column?.inverse ?? [], value);
  });
}

/** The same as the network gives it behind its link. */
export function float64Given(
  model: PortableModel,
  rows: readonly SampleRow[] = model.samples.rows,
): Float64Array {
  const { network, outputs, samples } = model;
  const width = widthOf(outputs);
  const count = rows.length / samples.length;
  const all = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const own = rows.slice(i * samples.length, (i + 1) * samples.length);
    const given = throughLayers(null, network, inputsOf(model, own), layerWide);
    all.set(linkWide(network.link.kind, given.data), i * width);
  }
  return all;
}

/** The largest difference, in deviations of the target, of shares as they are. */
export function apartFromFloat64(
  values: ArrayLike<number>,
  expected: Float64Array,
  scales: readonly number[],
): number {
  let apart = values.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  expected.forEach((value, i) => {
    const own = Math.abs(value - (values[i] ?? Number.NaN)) / at(scales, i % scales.length);
    apart = Math.max(apart, Number.isNaN(own) ? Number.POSITIVE_INFINITY : own);
  });
  return apart;
}

/** Of one prediction, as the columns code its cells, by the names of the inputs. */
function inputsOf(
  { columns, network, window }: PortableModel,
  rows: readonly SampleRow[],
): ReadonlyMap<string, WideTensor> {
  const inputs = new Map(
    network.inputs.map(({ name, type: { shape } }): [string, WideTensor] => {
      const size = shape.reduce((product, one) => product * one, 1);
      return [name, { shape, data: new Float64Array(size) }];
    }),
  );
  for (const column of columns) {
    const data = inputs.get(column.place.input)?.data ?? new Float64Array();
    const width = data.length / (window?.length ?? 1);
    rows.forEach(({ values }, t) => {
      code(column, values[column.name] ?? null, data.subarray(t * width, (t + 1) * width));
    });
  }
  return inputs;
}

function code(column: PortableColumn, cell: SampleValue, into: Float64Array): void {
  const { place, missing } = column;
  const isMissing = cell === null || cell === "" || isUnknown(column, cell);
  const instead = missing.kind === "filled" ? missing.by : missing.kind === "own_word" ? "" : null;
  const own = numbersOf(column, isMissing ? instead : cell);
  into.set(own, place.at);
  if (missing.kind === "filled" && missing.indicator) into[place.at + own.length] = isMissing ? 1 : 0;
}

/** Whether the word is one that counts as missing. */
function isUnknown({ coding }: PortableColumn, cell: SampleValue): boolean {
  if (!("unknown" in coding) || coding.unknown !== "missing") return false;
  return !coding.words.includes(String(cell)) && !coding.rare.includes(String(cell));
}

function numbersOf({ name, coding }: PortableColumn, value: SampleValue): readonly number[] {
  switch (coding.kind) {
    case "steps":
      return [carried(coding.steps, Number(value))];
    case "one_hot":
      return coding.words.map((word) => (word === value ? 1 : 0));
    case "numbers":
      return coding.rows[coding.words.indexOf(String(value))] ?? coding.others ?? [];
    default:
      throw new Error(`${name} is coded otherwise`);
  }
}

/** Netwright rounds to f32 before its logarithm and its power. */
function carried(steps: readonly ScalingStep[], x: number): number {
  return steps.reduce((value, step) => {
    if (step.kind === "log_plus_one") return Math.log1p(value);
    return step.kind === "exponential_minus_one" ? Math.expm1(value) : carryOut([step], value);
  }, x);
}
