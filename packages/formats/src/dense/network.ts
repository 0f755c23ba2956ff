// A network of dense layers as steps for hosts that compute by formulas: products with a matrix, functions of single numbers, and what
// joins branches again. Layers that work while training alone are left out.

import type { Args, Instance } from "@netwright/definitions";
import { at, quote } from "@netwright/definitions";
import type { Node } from "@netwright/lang";
import type { Carries } from "../carries.ts";
import type { Refusal } from "../format.ts";
import { isInstance } from "../model/layers.ts";
import { type FloatTensor, floatsOf } from "../model/layouts.ts";
import { weightsOf } from "../model/network.ts";
import type { PortableModel } from "../model/portable-model.ts";
import { activated } from "./activations.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** What hosts carry that compute by formulas. */
export const DENSE_CARRIES: Carries = {
  numbers: ["steps"],
  words: ["one_hot", "numbers"],
  links: ["as_is", "softmax", "two_classes", "margins", "exponential"],
  outputs: ["numbers", "classes"],
  windows: false,
  members: false,
  passes: false,
  spreads: false,
};

export type Activation = Pick<Instance, "name" | "args">;

/** What people call an activation that the host does not compute; null for one that it does. */
export type Uncomputed = (activation: Activation) => string | null;

/** Of hosts that have an arithmetic. */
export function uncomputedBy(arithmetic: Arithmetic<string>): Uncomputed {
  return (activation) => (activated(arithmetic, "x", activation) === null ? quote(activation.name) : null);
}

/** What a step makes, of the values of which steps before it: by their places, 0 for the numbers that go in. */
export type DenseStep = {
  /** For people: the layer. */
  readonly name: string;
  readonly width: number;
} & (
  | {
      readonly kind: "product";
      readonly from: number;
      /** [in, out] */
      readonly matrix: FloatTensor;
      /** Of each product. */
      readonly factor: number;
      readonly bias: FloatTensor | null;
    }
  | { readonly kind: "each"; readonly from: number; readonly activation: Activation }
  | { readonly kind: "softmax"; readonly from: number }
  | { readonly kind: "join"; readonly from: readonly number[]; readonly by: Join }
);

export type Join = "add" | "average" | "multiply" | "concat";

export interface DenseNetwork {
  /** How many numbers go in. */
  readonly width: number;
  /** The step at place i is `steps[i - 1]`. */
  readonly steps: readonly DenseStep[];
  /** The place of what the last layer gives. */
  readonly output: number;
}

/** With `refused` where a layer is another one, or has an activation that the host does not compute. */
export function denseNetworkOf(
  { network }: PortableModel,
  uncomputed: Uncomputed,
): { readonly dense: DenseNetwork } | { readonly refused: readonly Refusal[] } {
  const [input] = network.inputs;
  if (input === undefined || network.inputs.length > 1 || input.type.kind === "index")
    return refusal("takes more than one row of numbers, or words by their places");
  if (input.type.shape.length !== 1) return refusal("takes numbers in more than one direction");
  const refused: Refusal[] = [];
  const places = new Map([[input.name, 0]]);
  const placeOf = (name: string): number => {
    const place = places.get(name);
    // What a refused layer would give has no place, and then none is asked for in the end.
    if (place === undefined && refused.length === 0) throw new Error(`nothing before gives ${name}`);
    return place ?? 0;
  };
  const steps: DenseStep[] = [];
  for (const node of network.nodes) {
    const own = stepsOf(node, weightsOf(network, node), uncomputed);
    if ("why" in own) {
      refused.push({ of: "layer", what: `Layer ${quote(node.name)}`, why: own.why });
      continue;
    }
    const from = node.inputs.map((source) => placeOf(source.from));
    let place = at(from, 0);
    for (const make of own.steps) {
      steps.push(make(from.length > 1 ? from : [place]));
      place = steps.length;
    }
    places.set(node.name, place);
  }
  if (refused.length > 0) return { refused };
  return {
    dense: { width: at(input.type.shape, 0), steps, output: placeOf(network.output.from) },
  };
}

function refusal(why: string): { readonly refused: readonly Refusal[] } {
  return { refused: [{ of: "network", what: "The network", why }] };
}

type Make = (from: readonly number[]) => DenseStep;
type Own = { readonly steps: readonly Make[] } | { readonly why: string };

const JOINS: ReadonlyMap<string, Join> = new Map([
  ["add", "add"],
  ["average", "average"],
  ["multiply", "multiply"],
  ["concat", "concat"],
]);

/** Of a row of numbers they do nothing, once training is over. */
const NOTHING: ReadonlySet<string> = new Set([
  "dropout",
  "gaussian_noise",
  "gaussian_dropout",
  "alpha_dropout",
  "flatten",
]);

function stepsOf(
  { name, layer, args, inputs, type }: Node,
  weights: ReturnType<typeof weightsOf>,
  uncomputed: Uncomputed,
): Own {
  const { shape } = at(inputs, 0).type;
  const width = type.shape[0] ?? 1;
  if (NOTHING.has(layer) && shape.length === 1) return { steps: [] };
  const by = JOINS.get(layer);
  if (by !== undefined && shape.length === 1)
    return { steps: [(from) => ({ kind: "join", name, width, from, by })] };
  if (layer === "dense" && shape.length === 1) {
    const [kernel, bias] = [weights.get("kernel"), weights.get("bias")];
    if (kernel === undefined) throw new Error(`${name} has no kernel`);
    const product: Make = ([from = 0]) => ({
      kind: "product",
      name,
      width,
      from,
      matrix: floatsOf(kernel),
      factor: args["parametrization"] === "ntk" ? 1 / Math.sqrt(at(shape, 0)) : 1,
      bias: bias === undefined ? null : floatsOf(bias),
    });
    const behind = activationSteps(name, width, args["activation"], uncomputed);
    return "why" in behind ? behind : { steps: [product, ...behind.steps] };
  }
  if (layer === "activation" && shape.length === 1)
    return activationSteps(name, width, args["function"], uncomputed);
  if (shape.length === 1 && isActivation(layer, args))
    return activationSteps(name, width, { name: layer, args }, uncomputed);
  const why =
    layer === "dense"
      ? "goes over numbers in more than one direction, which the format has no form of"
      : `is a ${quote(layer)}, which the format has no form of`;
  return { why };
}

function activationSteps(name: string, width: number, own: unknown, uncomputed: Uncomputed): Own {
  if (!isInstance(own) || own.name === "linear") return { steps: [] };
  if (own.name === "softmax") return { steps: [([from = 0]) => ({ kind: "softmax", name, width, from })] };
  const called = uncomputed(own);
  if (called !== null) return { why: `has the activation ${called}, which the format cannot compute` };
  return { steps: [([from = 0]) => ({ kind: "each", name, width, from, activation: own })] };
}

/** Activations are layers by their own names, too. */
function isActivation(name: string, args: Args): boolean {
  return name === "softmax" || activated(NO_HOST, 0, { name, args }) !== null;
}

const NO_HOST: Arithmetic<number> = {
  number: () => 0,
  add: () => 0,
  subtract: () => 0,
  multiply: () => 0,
  divide: () => 0,
  when: () => 0,
  exponential: () => 0,
  logarithm: () => 0,
  tanh: () => 0,
  root: () => 0,
  erf: () => 0,
};
