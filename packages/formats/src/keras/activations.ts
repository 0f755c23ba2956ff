// Activations as Keras and TensorFlow.js have them: by a name, or as layers of their own where the name is another function there or
// has no place for an argument.

import { type Args, quote } from "@netwright/definitions";
import { ACTIVATION_NAMES, type ActivationName } from "../model/layer-names.ts";
import type { Config, Dialect } from "./graph.ts";

export type ActivationForm =
  | { readonly kind: "name"; readonly name: string }
  | {
      readonly kind: "layers";
      readonly layers: readonly { readonly className: string; readonly config: Config }[];
    }
  | { readonly kind: "refused"; readonly why: string };

export function activationForm(name: string, args: Args, dialect: Dialect): ActivationForm {
  if (!isActivationName(name))
    return { kind: "refused", why: `has ${quote(name)}, which is none of Netwright's` };
  return activations[name][dialect](args);
}

export function isActivationName(name: string): name is ActivationName {
  return ACTIVATION_NAMES.some((one) => one === name);
}

type Form = (args: Args) => ActivationForm;
type Forms = { readonly [D in Dialect]: Form };

const named =
  (name: string): Form =>
  () => ({ kind: "name", name });

const layer = (className: string, config: Config): ActivationForm => ({
  kind: "layers",
  layers: [{ className, config }],
});

const refusing =
  (why: string): Form =>
  () => ({ kind: "refused", why });

const both = (name: string): Forms => ({ keras: named(name), tfjs: named(name) });

/** TensorFlow.js has none. */
const kerasAlone = (name: string): Forms => ({ keras: named(name), tfjs: absent(name) });

const absent = (name: string): Form =>
  refusing(`has the activation ${quote(name)}, which TensorFlow.js has not`);

/** The name stands for one value of the argument. */
const only = (name: string, argument: string, value: number): Forms => ({
  keras: (args) =>
    args[argument] === value
      ? { kind: "name", name }
      : {
          kind: "refused",
          why: `has the activation ${quote(name)} with another ${quote(argument)} than ${value}, which Keras has no form of`,
        },
  tfjs: absent(name),
});

function number(args: Args, name: string): number {
  const value = args[name];
  if (typeof value !== "number") throw new Error(`${name} is a number`);
  return value;
}

const relu: Form = (args) => {
  const most = args["max_value"];
  const slope = number(args, "negative_slope");
  const threshold = number(args, "threshold");
  if (most === null && slope === 0 && threshold === 0) return { kind: "name", name: "relu" };
  return layer("ReLU", {
    max_value: typeof most === "number" ? most : null,
    negative_slope: slope,
    threshold,
  });
};

const activations: { readonly [N in ActivationName]: Forms } = {
  relu: {
    keras: relu,
    tfjs: (args) => {
      const made = relu(args);
      if (made.kind === "name") return made;
      if (number(args, "negative_slope") === 0 && number(args, "threshold") === 0)
        return layer("ReLU", { max_value: number(args, "max_value") });
      return {
        kind: "refused",
        why: "has a `relu` with a slope or a threshold, which TensorFlow.js has no form of",
      };
    },
  },
  elu: {
    keras: (args) => layer("ELU", { alpha: number(args, "alpha") }),
    // A layer takes an alpha there, and refuses all but one.
    tfjs: (args) =>
      number(args, "alpha") === 1
        ? { kind: "name", name: "elu" }
        : {
            kind: "refused",
            why: "has an `elu` with another `alpha` than 1, which TensorFlow.js has no form of",
          },
  },
  selu: both("selu"),
  swish: { keras: named("silu"), tfjs: named("swish") },
  sigmoid: both("sigmoid"),
  tanh: both("tanh"),
  gelu: both("gelu"),
  // The names are functions of another slope.
  leaky_relu: {
    keras: (args) => layer("LeakyReLU", { negative_slope: number(args, "negative_slope") }),
    tfjs: (args) => layer("LeakyReLU", { alpha: number(args, "negative_slope") }),
  },
  softplus: both("softplus"),
  softsign: both("softsign"),
  mish: both("mish"),
  exponential: kerasAlone("exponential"),
  // In TensorFlow.js the name is 0.2 x + 0.5, held within 0 and 1.
  hard_sigmoid: {
    keras: named("hard_sigmoid"),
    tfjs: () => ({
      kind: "layers",
      layers: [
        { className: "Rescaling", config: { scale: 1 / 6, offset: 0.5 } },
        { className: "ReLU", config: { max_value: 1 } },
      ],
    }),
  },
  softmax: both("softmax"),
  linear: both("linear"),
  relu6: both("relu6"),
  celu: only("celu", "alpha", 1),
  hard_swish: kerasAlone("hard_silu"),
  hard_tanh: kerasAlone("hard_tanh"),
  tanh_shrink: kerasAlone("tanh_shrink"),
  hard_shrink: only("hard_shrink", "threshold", 0.5),
  soft_shrink: only("soft_shrink", "threshold", 0.5),
  log_sigmoid: kerasAlone("log_sigmoid"),
  log_softmax: kerasAlone("log_softmax"),
  squareplus: only("squareplus", "b", 4),
  sparse_plus: kerasAlone("sparse_plus"),
};
