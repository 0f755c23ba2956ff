// Layers against Keras, and those of networks for tables against PyTorch: output, gradients of weights and inputs, weights
// after an update of plain gradient descent, and statistics after a step, of cases in `golden`, where the first line of a
// file says where they come from.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { referenceBackend } from "@netwright/backend-reference";
import { activations, type Layer, type LayerContext, layers, optimizers } from "@netwright/compiler";
import { type Args, isShapeProblem, lookUp, some, type ValueType } from "@netwright/definitions";
import { Builder, gradients, type NamedValue, scanOver, tensor, type Value } from "@netwright/ir";
import { compiled, modelOf } from "./support.ts";

type Nested = number | readonly Nested[];
type Written = number | string | boolean | readonly Written[];

interface Golden {
  readonly name: string;
  readonly layer: string;
  readonly args: Readonly<Record<string, Written>>;
  readonly training: boolean;
  /** How many indices there are, of an embedding. */
  readonly of?: number;
  readonly inputs: readonly [Nested, ...Nested[]];
  /** Which steps of the inputs are there: [rows, steps]. */
  readonly mask?: readonly (readonly boolean[])[];
  readonly weights: readonly { readonly name: string; readonly value: Nested }[];
  readonly output: Nested;
  readonly cotangent: Nested;
  readonly grad_weights: readonly Nested[];
  readonly grad_inputs?: readonly Nested[];
  readonly non_trainable_after?: readonly Nested[];
}

const files = [
  "keras-layers",
  "keras-normalisations",
  "keras-dense",
  "keras-activations",
  "keras-windows",
  "tabular-layers",
  "keras-recurrent",
];

/** The learning rate of the update. */
const RATE = 0.1;

const cases = files.flatMap((file) => {
  const lines = readFileSync(new URL(`./golden/${file}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return lines.slice(1).map((line): Golden => JSON.parse(line));
});

function shapeOf(nested: Nested): readonly number[] {
  return typeof nested === "number" ? [] : [nested.length, ...shapeOf(nested[0] ?? 0)];
}

function flat(nested: Nested): number[] {
  return typeof nested === "number" ? [nested] : nested.flatMap(flat);
}

function spelt(value: Written): string {
  return typeof value === "object" ? `[${value.map(spelt).join(", ")}]` : String(value);
}

/** The layer behind its input. */
function textOf({ layer, args, of, inputs }: Golden) {
  const all = Object.entries(args).map(([key, value]) => `${key}: ${spelt(value)}`);
  const sizes = shapeOf(inputs[0]).slice(1).join(", ");
  const input = of === undefined ? sizes : `${sizes}, below: ${of}`;
  return { input, flow: `${layer}(${all.join(", ")})` };
}

/** The arguments as the resolver checks them: with all defaults. */
function argsOf(golden: Golden): Args {
  return modelOf(textOf(golden)).nodes[0]?.args ?? {};
}

async function run(golden: Golden): Promise<ReadonlyMap<string, Float32Array>> {
  const layer: Layer = lookUp(layers, golden.layer);
  const args = argsOf(golden);
  const b = new Builder();
  const values: number[][] = [];
  const parameter = (name: string, value: Nested, dtype: "f32" | "i32" = "f32"): Value => {
    values.push(flat(value));
    return b.parameter(name, tensor(dtype, shapeOf(value)));
  };
  const inputs = golden.inputs.map((one, i) =>
    parameter(i === 0 ? "x" : `x${i + 1}`, one, golden.of === undefined ? "f32" : "i32"),
  );
  const weights = new Map(golden.weights.map(({ name, value }) => [name, parameter(name, value)]));
  const types = golden.inputs.map((one): ValueType => {
    const shape = shapeOf(one).slice(1);
    return golden.of === undefined ? { kind: "number", shape } : { kind: "index", shape, of: golden.of };
  });
  const told = layer.output(some(types), args);
  if (isShapeProblem(told)) throw new Error(told.problem);
  const declared = layer.variables(some(types), args);
  expect(declared.map((variable) => [variable.name, variable.shape])).toEqual(
    golden.weights.map(({ name, value }) => [name, shapeOf(value)]),
  );

  const after = new Map<string, Value>();
  const none = () => {
    throw new Error("the layer draws random numbers");
  };
  const activateIn =
    (builder: Builder): LayerContext["activate"] =>
    ({ name, args: own }, value) =>
      lookUp(activations, name).build(builder, value, own);
  const { mask: there } = golden;
  const mask =
    there === undefined
      ? null
      : b.literal(
          tensor("pred", [there.length, there[0]?.length ?? 0]),
          there.flatMap((row) => row.map(Number)),
        );
  const output = layer.build(
    {
      b,
      output: told,
      training: golden.training,
      drops: golden.training,
      variable: (name) => weights.get(name) ?? none(),
      masks: some(inputs.map(() => mask)),
      update: (name, next) => after.set(name, next),
      activate: activateIn(b),
      uniform: none,
      now: () => {
        throw new Error("nothing here has a schedule");
      },
      normal: none,
      show: () => {},
      scan: (over, step) =>
        scanOver(b, { ...over, name: "steps" }, (inner, given) =>
          step({ b: inner, activate: activateIn(inner) }, given),
        ),
    },
    some(inputs),
    args,
  );
  expect(output.type.shape.slice(1)).toEqual(told.shape);
  const cotangent = parameter("cotangent", golden.cotangent);
  const wanted = declared.filter(({ role }) => role === "weight").map(({ name }) => name);
  const sources = [
    ...wanted.map((name) => weights.get(name) ?? none()),
    ...(golden.grad_inputs ? inputs : []),
  ];
  const slopes = gradients(b, b.sum(b.multiply(output, cotangent)), sources);
  const updated = wanted.map((name, i): NamedValue => {
    const [weight, gradient] = [weights.get(name) ?? none(), slopes[i] ?? none()];
    const inputs = { weight, gradient, slots: [], scalars: [], rate: b.like(weight, RATE), byMember: false };
    const { weight: value } = lookUp(optimizers, "sgd").update(b, inputs, { momentum: 0, nesterov: false });
    return { name: `updated ${name}`, value };
  });
  const results: NamedValue[] = [
    { name: "output", value: output },
    ...updated,
    ...slopes.map((value, i) => ({ name: `gradient ${wanted[i] ?? `x${i - wanted.length}`}`, value })),
    ...[...after].map(([name, value]) => ({ name: `after ${name}`, value })),
  ];
  const func = b.finish("predict_1", "predict", 1, results);
  const program = { name: golden.name, state: [], functions: [func, ...b.functions] };
  const call = (await referenceBackend.load(program)).call(func.name);
  for (const [i, numbers] of values.entries()) call.inputs[i]?.set(numbers);
  call.run();
  return new Map(results.map(({ name }, i) => [name, Float32Array.from(call.outputs[i] ?? [])]));
}

function expectClose(actual: ArrayLike<number> | undefined, expected: Nested, relative = 3e-6): void {
  const wanted = flat(expected);
  expect(actual).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) {
    expect(Math.abs((actual?.[i] ?? Number.NaN) - value)).toBeLessThan(
      relative * Math.max(1, Math.abs(value)),
    );
  }
}

describe.each([...new Set(cases.map(({ layer }) => layer))])("%s", (layer) => {
  test.each(cases.filter((one) => one.layer === layer).map((one) => [one.name, one] as const))(
    "%s",
    async (_, golden) => {
      const results = await run(golden);
      expectClose(results.get("output"), golden.output);
      const weights = golden.weights.slice(0, golden.grad_weights.length);
      for (const [i, { name, value }] of weights.entries()) {
        const gradient = golden.grad_weights[i] ?? [];
        expectClose(results.get(`gradient ${name}`), gradient);
        const moves = flat(gradient);
        expectClose(
          results.get(`updated ${name}`),
          flat(value).map((before, at) => before - RATE * (moves[at] ?? Number.NaN)),
        );
      }
      for (const [i, value] of (golden.grad_inputs ?? []).entries())
        expectClose(results.get(`gradient x${i}`), value);
      const statistics = golden.weights.slice(golden.grad_weights.length);
      for (const [i, value] of (golden.non_trainable_after ?? []).entries())
        expectClose(results.get(`after ${statistics[i]?.name}`), value);
      expect(results.size).toBe(
        1 + 2 * golden.grad_weights.length + (golden.grad_inputs?.length ?? 0) + (golden.training ? 2 : 0),
      );
    },
  );
});

/**
 * One step of training of the layer as a network. The targets are such that the gradient of the mean square is the
 * cotangent: it is 2 (output - target) / count.
 */
async function updated(golden: Golden) {
  const rows = shapeOf(golden.inputs[0])[0] ?? 0;
  const { input, flow } = textOf(golden);
  const train = `loss: mse\n optimizer: sgd(${RATE})`;
  const executable = await compiled({ input, flow: `${flow}\n flatten`, train }, { step: [rows] });
  const weights = golden.weights.map(
    ({ name, value }) => [`${golden.layer}_1.${name}`, Float32Array.from(flat(value))] as const,
  );
  executable.init(1);
  executable.writeState(new Map(weights));
  const [output, cotangent] = [flat(golden.output), flat(golden.cotangent)];
  const y = Float32Array.from(output, (value, i) => value - ((cotangent[i] ?? 0) * output.length) / 2);
  executable.step({ rows, feeds: { x: Float32Array.from(flat(golden.inputs[0])), y } });
  return executable.readState();
}

const stepped = cases.filter(
  ({ of, training, layer, grad_weights, inputs, mask }) =>
    of === undefined &&
    grad_weights.length > 0 &&
    inputs.length === 1 &&
    mask === undefined &&
    (training || layer !== "batch_norm"),
);

test.each(stepped.map((one) => [one.layer, one.name, one] as const))(
  "a step of %s, %s, takes every weight along its gradient",
  async (layer, _, golden) => {
    const state = await updated(golden);
    for (const [i, gradient] of golden.grad_weights.entries()) {
      const { name, value = [] } = golden.weights[i] ?? { name: "" };
      const slopes = flat(gradient);
      const wanted = flat(value).map((weight, j) => weight - RATE * (slopes[j] ?? 0));
      expectClose(state.get(`${layer}_1.${name}`), wanted, 1e-5);
    }
  },
);
