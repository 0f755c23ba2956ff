// Activations of single numbers, in the arithmetic of a host. x stands in them several times: it is a name, and no long formula.

import { type Args, type Instance, SELU } from "@netwright/definitions";
import { type Arithmetic, exponential, held, sigmoid } from "./arithmetic.ts";

type Activation = <T>(a: Arithmetic<T>, x: T, args: Args) => T;

/** Null for one that the host cannot compute, or that is none of single numbers. */
export function activated<T>(
  a: Arithmetic<T>,
  x: T,
  { name, args }: Pick<Instance, "name" | "args">,
): T | null {
  if (name === "gelu") {
    const { erf } = a;
    if (erf === null) return null;
    const shared = a.add(a.number(1), erf(a.divide(x, a.number(Math.SQRT2))));
    return a.multiply(a.multiply(a.number(0.5), x), shared);
  }
  return activations.get(name)?.(a, x, args) ?? null;
}

function numberIn(args: Args, name: string): number {
  const value = args[name];
  if (typeof value !== "number") throw new Error(`${name} is a number`);
  return value;
}

/** x above 0, else what `below` makes of it. What is neither above nor below stays as it is. */
function split<T>(a: Arithmetic<T>, x: T, below: T): T {
  const zero = a.number(0);
  return a.when(x, ">", zero, x, a.when(x, "<=", zero, below, x));
}

/** alpha (exp(x) - 1) */
function bent<T>(a: Arithmetic<T>, x: T, alpha: number): T {
  return a.multiply(a.number(alpha), a.subtract(exponential(a, x), a.number(1)));
}

/** max(x, 0) + log(1 + exp(-|x|)) */
function softplus<T>(a: Arithmetic<T>, x: T): T {
  const zero = a.number(0);
  const away = a.when(x, ">", zero, a.subtract(zero, x), x);
  return a.add(split(a, x, zero), a.logarithm(a.add(a.number(1), exponential(a, away))));
}

function relu<T>(a: Arithmetic<T>, x: T, args: Args): T {
  const threshold = a.number(numberIn(args, "threshold"));
  const slope = numberIn(args, "negative_slope");
  const most = args["max_value"];
  const above = typeof most === "number" ? a.when(x, ">", a.number(most), a.number(most), x) : x;
  const below = slope === 0 ? a.number(0) : a.multiply(a.number(slope), a.subtract(x, threshold));
  return a.when(x, ">", threshold, above, a.when(x, "<=", threshold, below, x));
}

function hardSigmoid<T>(a: Arithmetic<T>, x: T): T {
  return a.divide(held(a, a.add(x, a.number(3)), 0, 6), a.number(6));
}

const activations: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ["linear", (_, x) => x],
  ["relu", relu],
  ["relu6", (a, x) => held(a, x, 0, 6)],
  ["elu", (a, x, args) => split(a, x, bent(a, x, numberIn(args, "alpha")))],
  [
    "celu",
    (a, x, args) => {
      const alpha = numberIn(args, "alpha");
      return split(a, x, bent(a, a.divide(x, a.number(alpha)), alpha));
    },
  ],
  ["selu", (a, x) => a.multiply(a.number(SELU.scale), split(a, x, bent(a, x, SELU.alpha)))],
  ["swish", (a, x) => a.multiply(x, sigmoid(a, x))],
  ["sigmoid", (a, x) => sigmoid(a, x)],
  ["tanh", (a, x) => a.tanh(x)],
  ["leaky_relu", (a, x, args) => split(a, x, a.multiply(a.number(numberIn(args, "negative_slope")), x))],
  ["softplus", (a, x) => softplus(a, x)],
  [
    "softsign",
    (a, x) => {
      const zero = a.number(0);
      const away = a.when(x, "<", zero, a.subtract(zero, x), x);
      return a.divide(x, a.add(a.number(1), away));
    },
  ],
  ["mish", (a, x) => a.multiply(x, a.tanh(softplus(a, x)))],
  ["exponential", (a, x) => exponential(a, x)],
  ["hard_sigmoid", (a, x) => hardSigmoid(a, x)],
  ["hard_swish", (a, x) => a.multiply(x, hardSigmoid(a, x))],
  ["hard_tanh", (a, x) => held(a, x, -1, 1)],
  ["tanh_shrink", (a, x) => a.subtract(x, a.tanh(x))],
  ["log_sigmoid", (a, x) => a.subtract(a.number(0), softplus(a, a.subtract(a.number(0), x)))],
  [
    "squareplus",
    (a, x, args) => {
      const inside = a.add(a.multiply(x, x), a.number(numberIn(args, "b")));
      return a.multiply(a.add(x, a.root(inside)), a.number(0.5));
    },
  ],
]);
