// What recurrent layers have in common: they go through [steps, numbers], and a cell makes what is known after a step of
// its input and of what was known before it. The products with the inputs of all steps are one product; the rest is a
// scan over the steps. At a step that is padding nothing changes.

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
import { at, type Builder, tensor, type Value } from "@netwright/ir";
import { kept } from "./kept.ts";
import {
  type LayerContext,
  type Mask,
  type MaskContext,
  onNumbers,
  plainParts,
  type StepContext,
  type Variable,
} from "./layer.ts";
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

type Common = ArgsOf<typeof unitParams & typeof recurrentParams>;

export function recurrentOutput(name: string) {
  return onNumbers((shape, { units, return_sequences }: Pick<Common, "units" | "return_sequences">) => {
    const [steps = 0] = shape;
    const problem = stepsAndNumbers(name, shape);
    if (problem !== undefined) return problem;
    return return_sequences ? [steps, units] : [units];
  });
}

/** The last output, or the outputs of all steps: then those are padding whose inputs are. */
export function recurrentMask(
  { b, masks: [mask] }: MaskContext,
  _: Some<Value>,
  { return_sequences, go_backwards }: Pick<Common, "return_sequences" | "go_backwards">,
): Mask {
  if (mask === null || !return_sequences) return null;
  return go_backwards ? b.reverse(mask, [1]) : mask;
}

export function recurrentParts({
  activation,
  dropout,
  recurrent_dropout,
  return_sequences,
}: Pick<Common, "activation" | "dropout" | "recurrent_dropout" | "return_sequences">): LayerParts {
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
}: Pick<Common, "dropout" | "recurrent_dropout">): boolean {
  return dropout > 0 || recurrent_dropout > 0;
}

/** For so many sums side by side of each unit; `bias` where it has another shape than one number for each sum, or starts otherwise. */
export function recurrentVariables(
  { shape }: ValueType,
  args: Common,
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

/** What a step is given: [rows, numbers] each. */
export interface CellStep {
  /** The product of the step's input with the kernel, with the bias. */
  readonly input: Value;
  /** What is known before the step; the first is the output of the step before. */
  readonly states: Some<Value>;
  /** That output, as it goes into the product with the recurrent kernel. */
  readonly before: Value;
  readonly shared: readonly Value[];
}

export interface Cell {
  /** Added to the product of the inputs; null for none. */
  readonly bias: Value | null;
  /** Numbers that all steps see alike. */
  readonly shared: readonly Value[];
  /** How many states there are; all begin with 0. */
  readonly states: number;
  /** What is known after the step, in the order of the states. */
  readonly step: (context: StepContext, given: CellStep) => Some<Value>;
}

/** One of so many equal parts of the last of two sizes, counted from 0; with `upTo` those from it on up to that one. */
export function partOf(b: Builder, x: Value, count: number, index: number, upTo = index + 1): Value {
  const [rows = 0, width = 0] = x.type.shape;
  const part = width / count;
  return b.slice(x, [0, part * index], [rows, part * upTo]);
}

export function recurrent(context: LayerContext, x: Value, args: Common, cell: Cell): Value {
  const {
    b,
    masks: [mask],
    variable,
    scan,
  } = context;
  const [rows = 0, length = 0, numbers = 0] = x.type.shape;
  const seen = kept(context, args.dropout, [rows, numbers]);
  const given = seen === null ? x : b.multiply(x, b.broadcastInDim(seen, x.type.shape, [0, 2]));
  // Steps come first, so that the rows of each lie together.
  const product = b.matmul(b.transpose(given, [1, 0, 2]), variable("kernel"));
  const inputs =
    cell.bias === null ? product : b.add(product, b.broadcastInDim(cell.bias, product.type.shape, [2]));
  const type = tensor("f32", [rows, args.units]);
  const passed = kept(context, args.recurrent_dropout, type.shape);
  const { carries, outputs } = scan(
    {
      carries: Array.from({ length: cell.states }, () => b.fill(type, 0)),
      sequences: mask === null ? [inputs] : [inputs, b.transpose(mask, [1, 0])],
      shared: passed === null ? cell.shared : [...cell.shared, passed],
      length,
      order: args.go_backwards ? "backwards" : "forwards",
    },
    (inside, { carries: states, elements, shared }) => {
      const { b: inner } = inside;
      const last = at(states, 0);
      const next = cell.step(inside, {
        input: at(elements, 0),
        states: [last, ...states.slice(1)],
        before: passed === null ? last : inner.multiply(last, at(shared, cell.shared.length)),
        shared: shared.slice(0, cell.shared.length),
      });
      const isThere = elements[1];
      const held =
        isThere === undefined
          ? next
          : next.map((value, i) =>
              inner.select(inner.broadcastInDim(isThere, type.shape, [0]), value, at(states, i)),
            );
      return { carries: held, outputs: args.return_sequences ? held.slice(0, 1) : [] };
    },
  );
  const [all] = outputs;
  if (all === undefined) return at(carries, 0);
  return b.transpose(args.go_backwards ? b.reverse(all, [0]) : all, [1, 0, 2]);
}
