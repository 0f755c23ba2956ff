// The optimizer updates that TensorFlow has a kernel for. Each writes weight and slots in one pass over memory,
// where the decomposition would take about ten; the formulas are those of the compiler's optimizers.

import type { Op } from "@netwright/ir";
import type { Prepared } from "@netwright/tfjs-kernels";
import type { Binding } from "../device/binding.ts";
import { prepareUpdate, type UpdateCall } from "./in-place.ts";

type Describe = (setting: (name: string) => number) => UpdateCall;

const updates: Readonly<Record<string, Describe>> = {
  // w = w - rate g, or with momentum v = momentum v - rate g; w = w + v, nesterov w = w + momentum v - rate g.
  "optimizer_update.sgd": (setting) =>
    setting("momentum") === 0
      ? { op: "ResourceApplyGradientDescent", operands: ["weight", "rate", "gradient"] }
      : {
          op: "ResourceApplyKerasMomentum",
          operands: ["weight", "slot 0", "rate", "gradient", setting("momentum")],
          flags: { use_nesterov: setting("nesterov") !== 0 },
        },
  // The scalar of the step holds the rate with its correction, so the powers of the betas are given as 0.
  "optimizer_update.adam": adam,
  "optimizer_update.adamw": (setting) => ({
    ...adam(setting),
    decay: setting("weight_decay"),
  }),
  // v = rho v + (1 - rho) g^2; u = momentum u + rate g / sqrt(v + epsilon); w = w - u.
  "optimizer_update.rmsprop": (setting) => ({
    op: "ResourceApplyRMSProp",
    operands: [
      "weight",
      "slot 0",
      setting("momentum") === 0 ? "scratch" : "slot 1",
      "rate",
      setting("rho"),
      setting("momentum"),
      setting("epsilon"),
      "gradient",
    ],
  }),
};

function adam(setting: (name: string) => number): UpdateCall {
  const [beta1, beta2, epsilon] = [setting("beta_1"), setting("beta_2"), setting("epsilon")];
  return {
    op: "ResourceApplyAdam",
    operands: ["weight", "slot 0", "slot 1", 0, 0, "scalar 0", beta1, beta2, epsilon, "gradient"],
    flags: { use_nesterov: false },
  };
}

export function updateComposites(binding: Binding): ReadonlyMap<string, (op: Op<"composite">) => Prepared> {
  return new Map(
    Object.entries(updates).map(([name, describe]) => {
      const prepare = (op: Op<"composite">): Prepared => {
        const call = describe((key) => {
          const value = op.attributes.settings[key];
          if (value === undefined) throw new Error(`the composite ${name} has no setting ${key}`);
          return value;
        });
        return prepareUpdate(binding, op, call);
      };
      return [name, prepare];
    }),
  );
}
