// Activations and links in f64, by the functions of the engine.

import { type Args, SELU } from "@netwright/definitions";
import { normalShare } from "@netwright/ir/numerics";
import { isInstance } from "../model/layers.ts";
import type { Link } from "../model/network.ts";

/** Element by element, but for a softmax over the last axis. @throws Error for an activation that is not here */
export function activatedWide(own: unknown, x: Float64Array, width: number): Float64Array {
  if (!isInstance(own)) return x;
  if (own.name === "softmax") return softmaxes(x, width);
  const activation = activationWide(own.name);
  const number = (name: string) => Number(own.args[name] ?? Number.NaN);
  return x.map((value) => activation(value, number, own.args));
}

/** Of a row of what the last layer gives. @throws Error for a link that is not here */
export function linkWide(link: Link["kind"], x: Float64Array): Float64Array {
  const first = x[0] ?? Number.NaN;
  switch (link) {
    case "as_is":
      return x;
    case "softmax":
      return softmaxes(x, x.length);
    case "sigmoid":
      return x.map(sigmoid);
    case "two_classes":
      return Float64Array.of(sigmoid(-first), sigmoid(first));
    case "margins":
      return Float64Array.of(-first, first);
    case "exponential":
      return x.map(Math.exp);
    case "sorted":
      return x.toSorted();
    case "other":
      throw new Error("the link is another one");
  }
}

type Activation = (x: number, number: (name: string) => number, args: Args) => number;

/** @throws Error for one that is not here */
export function activationWide(name: string): Activation {
  const found = Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (found === undefined) throw new Error(`${name} is no activation in f64`);
  return found;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const between = (x: number, least: number, most: number) => Math.min(Math.max(x, least), most);
const hardSigmoid = (x: number) => between(x + 3, 0, 6) / 6;

const activations: Readonly<Record<string, Activation>> = {
  linear: (x) => x,
  relu: (x, number, { max_value }) => {
    if (x <= number("threshold")) return number("negative_slope") * (x - number("threshold"));
    return typeof max_value === "number" ? Math.min(x, max_value) : x;
  },
  relu6: (x) => between(x, 0, 6),
  elu: (x, number) => (x > 0 ? x : number("alpha") * Math.expm1(x)),
  celu: (x, number) => (x > 0 ? x : number("alpha") * Math.expm1(x / number("alpha"))),
  selu: (x) => SELU.scale * (x > 0 ? x : SELU.alpha * Math.expm1(x)),
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

function softmaxes(x: Float64Array, width: number): Float64Array {
  const all = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    const row = x.subarray(start, start + width);
    const most = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - most));
    const whole = powers.reduce((sum, value) => sum + value, 0);
    all.set(
      powers.map((value) => value / whole),
      start,
    );
  }
  return all;
}
