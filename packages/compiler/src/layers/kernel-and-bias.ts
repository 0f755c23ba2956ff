// What layers share that give weighted sums: the parameters of a kernel and a bias, and what comes after the sums.

import { flag, type Instance, instance } from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import type { LayerContext, Variable } from "./layer.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

/** Of layers with one kernel. */
export const kernelParams = {
  activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
  use_bias: flag({ doc: "Whether a bias is added.", default: true }),
  kernel_initializer: initializer("Start values of the kernel.", "glorot_uniform"),
  bias_initializer: initializer("Start values of the bias.", "zeros"),
  kernel_regularizer: regularizer("Penalty on the kernel."),
  bias_regularizer: regularizer("Penalty on the bias."),
  kernel_constraint: constraint("What the kernel is brought back to after every update."),
  bias_constraint: constraint("What the bias is brought back to after every update."),
};

export interface BiasArgs {
  readonly use_bias: boolean;
  readonly bias_initializer: Instance;
  readonly bias_regularizer: Instance | null;
  readonly bias_constraint: Instance | null;
}

/** The bias of so many outputs, where there is one. */
export function biasOf(outputs: number, args: BiasArgs): readonly Variable[] {
  if (!args.use_bias) return [];
  return [weight("bias", [outputs], args.bias_initializer, args.bias_regularizer, args.bias_constraint)];
}

/** The bias, where there is one, and the activation. */
export function withBias(
  { b, variable, activate }: Pick<LayerContext, "b" | "variable" | "activate">,
  sums: Value,
  { use_bias, activation }: { readonly use_bias: boolean; readonly activation: Instance },
): Value {
  const { shape } = sums.type;
  const linear = use_bias ? b.add(sums, b.broadcastInDim(variable("bias"), shape, [shape.length - 1])) : sums;
  return activate(activation, linear);
}
