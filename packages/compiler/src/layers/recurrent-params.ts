// What recurrent layers are told, and what follows from it alone: their shapes, weights and masks.

import {
  type ArgsOf,
  flag,
  instance,
  integer,
  type LayerParts,
  real,
  type Some,
  type ValueType,
} from "@netwright/definitions";
import type { Value } from "@netwright/ir";
import { type Mask, type MaskContext, onNumbers, plainParts, type Variable } from "./layer.ts";
import { stepsAndNumbers } from "./steps.ts";
import { constraint, initializer, regularizer, weight } from "./variables.ts";

/** The first parameters of each. */
export const unitParams = {
  units: integer({ doc: "Number of outputs.", min: 1 }),
  activation: instance({ family: "activation", doc: "Applied to each output.", default: "tanh" }),
};

/** Of a cell with gates, behind `unitParams`. */
export const gateParams = {
  recurrent_activation: instance({
    family: "activation",
    doc: "Applied to the sums of the gates.",
    default: "sigmoid",
  }),
};

/** The others, behind those. */
export const recurrentParams = {
  use_bias: flag({ doc: "Whether a bias is added.", default: true }),
  kernel_initializer: initializer("Start values of the kernel.", "glorot_uniform"),
  recurrent_initializer: initializer("Start values of the recurrent kernel.", "orthogonal"),
  bias_initializer: initializer("Start values of the bias.", "zeros"),
  kernel_regularizer: regularizer("Penalty on the kernel."),
  recurrent_regularizer: regularizer("Penalty on the recurrent kernel."),
  bias_regularizer: regularizer("Penalty on the bias."),
  kernel_constraint: constraint("What the kernel is brought back to after every update."),
  recurrent_constraint: constraint("What the recurrent kernel is brought back to after every update."),
  bias_constraint: constraint("What the bias is brought back to after every update."),
  return_sequences: flag({
    doc: "Whether the outputs of all steps are given, or the last.",
    default: false,
  }),
  go_backwards: flag({ doc: "Whether the last step comes first, also in the outputs.", default: false }),
  dropout: real({
    doc: "Share of the inputs set to 0 while training, in all steps the same.",
    min: 0,
    below: 1,
    default: 0,
  }),
  recurrent_dropout: real({
    doc: "Share of the outputs of the step before set to 0 while training, where they go into the product with the recurrent kernel, in all steps the same.",
    min: 0,
    below: 1,
    default: 0,
  }),
};

export type RecurrentArgs = ArgsOf<typeof unitParams & typeof recurrentParams>;

export function recurrentOutput(name: string) {
  return onNumbers(
    (shape, { units, return_sequences }: Pick<RecurrentArgs, "units" | "return_sequences">) => {
      const [steps = 0] = shape;
      const problem = stepsAndNumbers(name, shape);
      if (problem !== undefined) return problem;
      return return_sequences ? [steps, units] : [units];
    },
  );
}

/** The last output, or the outputs of all steps: then those are padding whose inputs are. */
export function recurrentMask(
  { b, masks: [mask] }: MaskContext,
  _: Some<Value>,
  { return_sequences, go_backwards }: Pick<RecurrentArgs, "return_sequences" | "go_backwards">,
): Mask {
  if (mask === null || !return_sequences) return null;
  return go_backwards ? b.reverse(mask, [1]) : mask;
}

export function recurrentParts({
  activation,
  dropout,
  recurrent_dropout,
  return_sequences,
}: Pick<RecurrentArgs, "activation" | "dropout" | "recurrent_dropout" | "return_sequences">): LayerParts {
  const drops = dropout > 0 || recurrent_dropout > 0;
  return {
    ...plainParts,
    weighted: true,
    activation,
    padding: return_sequences ? "heeds and keeps" : "heeds",
    ...(drops ? { drops: true } : {}),
  };
}

export function recurrentRandom({
  dropout,
  recurrent_dropout,
}: Pick<RecurrentArgs, "dropout" | "recurrent_dropout">): boolean {
  return dropout > 0 || recurrent_dropout > 0;
}

/** For so many sums side by side of each unit; `bias` where it has another shape than one number for each sum, or starts otherwise. */
export function recurrentVariables(
  { shape }: ValueType,
  args: RecurrentArgs,
  sums: number,
  bias: Partial<Variable> = {},
): readonly Variable[] {
  const { units } = args;
  const width = sums * units;
  return [
    weight(
      "kernel",
      [shape[1] ?? 1, width],
      args.kernel_initializer,
      args.kernel_regularizer,
      args.kernel_constraint,
    ),
    weight(
      "recurrent_kernel",
      [units, width],
      args.recurrent_initializer,
      args.recurrent_regularizer,
      args.recurrent_constraint,
    ),
    ...(args.use_bias
      ? [
          {
            ...weight("bias", [width], args.bias_initializer, args.bias_regularizer, args.bias_constraint),
            ...bias,
          },
        ]
      : []),
  ];
}
