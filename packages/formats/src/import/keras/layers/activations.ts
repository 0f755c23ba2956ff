// Activations by the names that Keras and TensorFlow.js have for them.

import { type Args, isObject, quote } from "@netwright/definitions";
import type { ActivationName } from "../../../model/layer-names.ts";
import { fieldOf, isOfKeras, numberIn, objectIn, textIn } from "../json.ts";
import type { Written } from "../layer-call.ts";

export interface Activation {
  readonly name: ActivationName;
  readonly args: Args;
  /** A `rescaling` in front. */
  readonly before?: Args;
  /** By how much what goes in is multiplied, where that is all that is in front: kernels of gates can take it over. */
  readonly factor?: number;
}

const plain = (name: ActivationName, args: Args = {}): Activation => ({ name, args });

/** 0.2 x + 0.5 within 0 and 1, as Keras before 3 and TensorFlow.js have it: our own of 1.2 x. */
const steepHardSigmoid: Activation = {
  ...plain("hard_sigmoid"),
  before: { centre: [0], by: [1.2], inverse: true },
  factor: 1.2,
};

const byName: Readonly<Record<string, Activation>> = {
  relu: plain("relu"),
  relu6: plain("relu6"),
  leaky_relu: plain("leaky_relu", { negative_slope: 0.2 }),
  elu: plain("elu"),
  selu: plain("selu"),
  silu: plain("swish"),
  swish: plain("swish"),
  sigmoid: plain("sigmoid"),
  tanh: plain("tanh"),
  softmax: plain("softmax"),
  log_softmax: plain("log_softmax"),
  gelu: plain("gelu"),
  softplus: plain("softplus"),
  softsign: plain("softsign"),
  mish: plain("mish"),
  exponential: plain("exponential"),
  hard_sigmoid: plain("hard_sigmoid"),
  hard_silu: plain("hard_swish"),
  hard_swish: plain("hard_swish"),
  hard_tanh: plain("hard_tanh"),
  tanh_shrink: plain("tanh_shrink"),
  hard_shrink: plain("hard_shrink"),
  soft_shrink: plain("soft_shrink"),
  celu: plain("celu"),
  squareplus: plain("squareplus"),
  sparse_plus: plain("sparse_plus"),
  log_sigmoid: plain("log_sigmoid"),
};

/** As a layer states it: a name, or an object around one. Null for none, and a text that says what is not understood. */
export function activationIn(value: unknown, written: Written): Activation | null | string {
  if (value === null || value === undefined || value === "linear") return null;
  if (typeof value === "string") {
    if (value === "hard_sigmoid" && written !== "keras3") return steepHardSigmoid;
    return Object.hasOwn(byName, value)
      ? (byName[value] ?? null)
      : `has the activation ${quote(value)}, which Netwright has not`;
  }
  if (!isOfKeras(value)) return OF_ITS_OWN;
  const inner = fieldOf(value, "config");
  if (typeof inner === "string") return activationIn(inner, written);
  const className = textIn(value, "class_name");
  const asLayer =
    className === null ? null : activationLayer(className, objectIn(value, "config") ?? {}, written);
  if (asLayer !== null) return asLayer;
  const name = className === null ? "" : className.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
  if (isObject(inner) && Object.keys(inner).length === 0 && name !== "" && name !== "function")
    return activationIn(name, written);
  return OF_ITS_OWN;
}

const OF_ITS_OWN = "has an activation that is code of its own, and not in the file";

/** A layer that is nothing but an activation; null for any other. */
export function activationLayer(
  className: string,
  config: Readonly<Record<string, unknown>>,
  written: Written,
): Activation | string | null {
  switch (className) {
    case "ReLU": {
      const most = numberIn(config, "max_value") ?? numberIn(config, "maxValue");
      return plain("relu", {
        max_value: most,
        negative_slope: numberIn(config, "negative_slope") ?? 0,
        threshold: numberIn(config, "threshold") ?? 0,
      });
    }
    case "LeakyReLU":
      return plain("leaky_relu", {
        negative_slope: numberIn(config, "negative_slope") ?? numberIn(config, "alpha") ?? 0.3,
      });
    case "ELU":
      return plain("elu", { alpha: numberIn(config, "alpha") ?? 1 });
    case "ThresholdedReLU":
      return plain("relu", { threshold: numberIn(config, "theta") ?? 1 });
    case "Activation":
      return activationIn(config["activation"], written) ?? plain("linear");
    default:
      return null;
  }
}
