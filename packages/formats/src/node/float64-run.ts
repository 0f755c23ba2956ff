// A run of a network of dense layers in f64 with the weights of the model: what hosts that compute in f64 are held to, beside
// Netwright's own answers. It reads columns and layers by itself, and its functions are those of the engine.

import { carryOut, type ScalingStep } from "@netwright/data";
import { type Args, at } from "@netwright/definitions";
import { normalShare } from "@netwright/ir/numerics";
import type { PortableColumn } from "../model/columns.ts";
import { isInstance } from "../model/layers.ts";
import { weightsOf } from "../model/network.ts";
import type { PortableModel } from "../model/portable-model.ts";
import type { SampleRow, SampleValue } from "../model/samples.ts";

type Node = PortableModel["network"]["nodes"][number];
type Row = readonly number[];

/**
 * [predictions x outputs] in original units, shares of classes before they are calibrated.
 * @throws Error for columns, layers and links that are none of such a network
 */
export function float64Run(
  model: PortableModel,
  rows: readonly SampleRow[] = model.samples.rows,
): Float64Array {
  const { network, outputs } = model;
  const [input] = network.inputs;
  const all = rows.flatMap(({ values }) => {
    const made = new Map<string, Row>([[input?.name ?? "", rowOf(model.columns, values)]]);
    for (const node of network.nodes) {
      const given = node.inputs.map(({ from }) => made.get(from) ?? []);
      made.set(node.name, layer(model, node, given));
    }
    const last = linked(network.link.kind, made.get(network.output.from) ?? []);
    return outputs.kind === "numbers"
      ? last.map((value, i) => carried(outputs.columns[i]?.inverse ?? [], value))
      : last;
  });
  return Float64Array.from(all);
}

function rowOf(columns: readonly PortableColumn[], values: Readonly<Record<string, SampleValue>>): Row {
  const x: number[] = [];
  for (const column of columns) {
    const { place, name, missing } = column;
    const cell = values[name] ?? null;
    const isMissing = cell === null || cell === "" || isUnknown(column, cell);
    const instead = missing.kind === "filled" ? missing.by : missing.kind === "own_word" ? "" : null;
    const value = isMissing ? instead : cell;
    const own = numbersOf(column, value);
    own.forEach((number, i) => {
      x[place.at + i] = number;
    });
    if (missing.kind === "filled" && missing.indicator) x[place.at + own.length] = isMissing ? 1 : 0;
  }
  return x;
}

/** Netwright rounds to f32 before its logarithm and its power. */
function carried(steps: readonly ScalingStep[], x: number): number {
  return steps.reduce((value, step) => {
    if (step.kind === "log_plus_one") return Math.log1p(value);
    return step.kind === "exponential_minus_one" ? Math.expm1(value) : carryOut([step], value);
  }, x);
}

/** Whether the word is one that counts as missing. */
function isUnknown({ coding }: PortableColumn, cell: SampleValue): boolean {
  if (!("unknown" in coding) || coding.unknown !== "missing") return false;
  return !coding.words.includes(String(cell)) && !coding.rare.includes(String(cell));
}

function numbersOf({ name, coding }: PortableColumn, value: SampleValue): Row {
  switch (coding.kind) {
    case "steps":
      return [carried(coding.steps, Number(value))];
    case "one_hot":
      return coding.words.map((word) => (word === value ? 1 : 0));
    case "numbers":
      return coding.rows[coding.words.indexOf(String(value))] ?? coding.others ?? [];
    default:
      throw new Error(`${name} is of another kind`);
  }
}

function layer({ network }: PortableModel, node: Node, given: readonly Row[]): Row {
  const [x = []] = given;
  switch (node.layer) {
    case "dropout":
    case "gaussian_noise":
    case "gaussian_dropout":
    case "alpha_dropout":
    case "flatten":
      return x;
    case "concat":
      return given.flat();
    case "add":
    case "average":
    case "multiply": {
      const width = node.type.shape[0] ?? 0;
      return Array.from({ length: width }, (_, j) => {
        const terms = given.map((row) => row[row.length === 1 ? 0 : j] ?? Number.NaN);
        if (node.layer === "multiply") return terms.reduce((product, term) => product * term, 1);
        const sum = terms.reduce((total, term) => total + term, 0);
        return node.layer === "add" ? sum : sum / terms.length;
      });
    }
    case "dense":
      return dense(network, node, x);
    case "activation":
      return activated(node.args["function"], x);
    default:
      return activated({ name: node.layer, args: node.args }, x);
  }
}

function dense(network: PortableModel["network"], node: Node, x: Row): Row {
  const weights = weightsOf(network, node);
  const [kernel, bias] = [weights.get("kernel")?.data, weights.get("bias")?.data];
  const width = node.type.shape[0] ?? 0;
  const factor = node.args["parametrization"] === "ntk" ? 1 / Math.sqrt(x.length) : 1;
  const sums = Array.from({ length: width }, (_, j) => {
    let total = Number(bias?.[j] ?? 0);
    for (const [i, value] of x.entries()) total += value * Number(kernel?.[i * width + j]) * factor;
    return total;
  });
  return activated(node.args["activation"], sums);
}

function activated(own: unknown, x: Row): Row {
  if (!isInstance(own)) return x;
  if (own.name === "softmax") return softmax(x);
  const activation = activations[own.name];
  if (activation === undefined) throw new Error(`${own.name} is another activation`);
  const number = (name: string) => Number(own.args[name] ?? Number.NaN);
  return x.map((value) => activation(value, number, own.args));
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const between = (x: number, least: number, most: number) => Math.min(Math.max(x, least), most);
const hardSigmoid = (x: number) => between(x + 3, 0, 6) / 6;

type Activation = (x: number, number: (name: string) => number, args: Args) => number;

const activations: Readonly<Partial<Record<string, Activation>>> = {
  linear: (x) => x,
  relu: (x, number, { max_value }) => {
    if (x <= number("threshold")) return number("negative_slope") * (x - number("threshold"));
    return typeof max_value === "number" ? Math.min(x, max_value) : x;
  },
  relu6: (x) => between(x, 0, 6),
  elu: (x, number) => (x > 0 ? x : number("alpha") * Math.expm1(x)),
  celu: (x, number) => (x > 0 ? x : number("alpha") * Math.expm1(x / number("alpha"))),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  swish: (x) => x * sigmoid(x),
  sigmoid,
  tanh: Math.tanh,
  gelu: (x) => x * normalShare(x),
  leaky_relu: (x, number) => (x > 0 ? x : number("negative_slope") * x),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  mish: (x) => x * Math.tanh(softplus(x)),
  exponential: Math.exp,
  hard_sigmoid: hardSigmoid,
  hard_swish: (x) => x * hardSigmoid(x),
  hard_tanh: (x) => between(x, -1, 1),
  tanh_shrink: (x) => x - Math.tanh(x),
  log_sigmoid: (x) => -softplus(-x),
  squareplus: (x, number) => (x + Math.sqrt(x * x + number("b"))) / 2,
};

function linked(link: PortableModel["network"]["link"]["kind"], x: Row): Row {
  const first = x[0] ?? Number.NaN;
  switch (link) {
    case "as_is":
      return x;
    case "softmax":
      return softmax(x);
    case "two_classes":
      return [sigmoid(-first), sigmoid(first)];
    case "margins":
      return [-first, first];
    case "exponential":
      return x.map(Math.exp);
    default:
      throw new Error(`${link} is another link`);
  }
}

function softmax(x: Row): Row {
  const most = Math.max(...x);
  const powers = x.map((value) => Math.exp(value - most));
  const whole = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / whole);
}

/** The largest difference, in deviations of the target, of shares as they are. */
export function apartFromFloat64(values: ArrayLike<number>, expected: Float64Array, scales: Row): number {
  let apart = values.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  expected.forEach((value, i) => {
    const own = Math.abs(value - (values[i] ?? Number.NaN)) / at(scales, i % scales.length);
    apart = Math.max(apart, Number.isNaN(own) ? Number.POSITIVE_INFINITY : own);
  });
  return apart;
}
