// A run of a dense network in f64 with the weights of the model: what hosts that compute in f64 are held to, beside Netwright's own
// answers. It reads the layers by itself.

import { carryOut } from "@netwright/data";
import { type PortableModel, weightsOf } from "@netwright/formats";

/** [predictions x outputs] in original units, shares of classes; of `dense(relu)` and `dense`, and columns by steps or one-hot. */
export function float64Run(model: PortableModel): Float64Array {
  const { network, outputs, samples } = model;
  const all = samples.rows.flatMap(({ values }) => {
    let x = rowOf(model, values);
    for (const node of network.nodes) x = layer(model, node, x);
    if (network.link.kind === "softmax") x = softmax(x);
    return outputs.kind === "numbers"
      ? x.map((value, i) => carryOut(outputs.columns[i]?.inverse ?? [], value))
      : x;
  });
  return Float64Array.from(all);
}

function rowOf(
  { columns }: PortableModel,
  values: Readonly<Record<string, number | string | null>>,
): number[] {
  const x: number[] = [];
  for (const { place, name, ...column } of columns) {
    const cell = values[name] ?? null;
    const { missing } = column;
    const isMissing = cell === null || cell === "";
    const value = isMissing
      ? missing.kind === "filled"
        ? missing.by
        : missing.kind === "own_word"
          ? ""
          : null
      : cell;
    if (missing.kind === "filled" && missing.indicator) x[place.at + place.size - 1] = isMissing ? 1 : 0;
    if (column.kind === "number" && column.coding.kind === "steps")
      x[place.at] = carryOut(column.coding.steps, Number(value));
    else if (column.kind === "words" && column.coding.kind === "one_hot")
      column.coding.words.forEach((word, i) => {
        x[place.at + i] = word === value ? 1 : 0;
      });
    else throw new Error(`${name} is of another kind`);
  }
  return x;
}

function layer(
  { network }: PortableModel,
  node: PortableModel["network"]["nodes"][number],
  x: readonly number[],
): number[] {
  if (node.layer === "dropout") return [...x];
  if (node.layer !== "dense") throw new Error(`${node.layer} is another layer`);
  const weights = weightsOf(network, node);
  const [kernel, bias] = [weights.get("kernel")?.data, weights.get("bias")?.data];
  const width = node.type.shape[0] ?? 0;
  const activation = JSON.stringify(node.args["activation"]).match(/"name":"(\w+)"/)?.[1] ?? "linear";
  return Array.from({ length: width }, (_, j) => {
    let total = Number(bias?.[j] ?? 0);
    for (const [i, value] of x.entries()) total += value * Number(kernel?.[i * width + j]);
    switch (activation) {
      case "relu":
        return Math.max(0, total);
      case "linear":
        return total;
      default:
        throw new Error(`${activation} is another activation`);
    }
  });
}

function softmax(x: readonly number[]): number[] {
  const most = Math.max(...x);
  const powers = x.map((value) => Math.exp(value - most));
  const whole = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / whole);
}
