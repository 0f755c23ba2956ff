// A run of a model in f64 with its weights, layer by layer and apart from every format: what hosts that compute in f64 are held to,
// beside Netwright's own answers.

import { carryOut } from "@netwright/data";
import { originalNumbers } from "../check.ts";
import type { PortableColumn } from "../model/columns.ts";
import { isInstance, throughLayers } from "../model/layers.ts";
import type { Link } from "../model/network.ts";
import { widthOf } from "../model/outputs.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow } from "../model/samples.ts";
import { activated, layerWide, type WideTensor } from "./layers.ts";

/** [predictions x outputs] in original units, shares of classes, of the sample rows. @throws Error for a layer that it has not */
export function float64Run(model: PortableModel): Float64Array {
  return originalNumbers(model.outputs, float64Given(model));
}

/** The same as the network gives it behind its link. */
export function float64Given(model: PortableModel): Float64Array {
  const { network, outputs, samples } = model;
  const width = widthOf(outputs);
  const count = samples.answers.length;
  const all = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const rows = samples.rows.slice(i * samples.length, (i + 1) * samples.length);
    const given = throughLayers(null, network, inputsOf(model, rows), ({ node, inputs, weight }) => {
      const { activation } = node.args;
      const value = layerWide(node, inputs, weight);
      return isInstance(activation) && node.layer !== "lstm" ? activated(activation, value) : value;
    });
    all.set(linked(network.link, given.data), i * width);
  }
  return all;
}

/** Of one prediction, as the columns code its cells, by the names of the inputs. */
function inputsOf(
  { columns, network, window }: PortableModel,
  rows: readonly SampleRow[],
): ReadonlyMap<string, WideTensor> {
  const inputs = new Map(
    network.inputs.map(({ name, type }): [string, WideTensor] => {
      const shape = type.shape;
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

/** @throws Error for what is coded otherwise than by steps or one-hot */
function code(column: PortableColumn, cell: number | string | null, into: Float64Array): void {
  const { place, missing } = column;
  const isMissing = cell === null || cell === "";
  const value = !isMissing ? cell : missing.kind === "filled" ? missing.by : "";
  if (missing.kind === "filled" && missing.indicator) into[place.at + place.size - 1] = isMissing ? 1 : 0;
  if (column.kind === "number" && column.coding.kind === "steps")
    into[place.at] = carryOut(column.coding.steps, Number(value));
  else if (column.kind === "words" && column.coding.kind === "one_hot")
    column.coding.words.forEach((word, i) => {
      into[place.at + i] = word === value ? 1 : 0;
    });
  else throw new Error(`${column.name} is coded otherwise`);
}

/** @throws Error for another link */
function linked(link: Link, x: Float64Array): Float64Array {
  switch (link.kind) {
    case "as_is":
      return x;
    case "softmax": {
      const most = Math.max(...x);
      const powers = x.map((value) => Math.exp(value - most));
      const whole = powers.reduce((sum, value) => sum + value, 0);
      return powers.map((value) => value / whole);
    }
    default:
      throw new Error(`the link ${link.kind} is another one`);
  }
}
