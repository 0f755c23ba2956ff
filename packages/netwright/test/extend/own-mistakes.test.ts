// Definitions of a user's own that are wrong: each is told with its name and its function, wherever it is used, and the
// training that was begun is given up as any other.

import { expect, test } from "@jest/globals";
import type { Value } from "@netwright/ir";
import {
  type Additions,
  defineActivation,
  defineColumnType,
  defineConstraint,
  defineElementwiseLoss,
  defineLayer,
  defineLoss,
  defineMetric,
  defineMissing,
  defineOptimizer,
  defineScaling,
  defineSchedule,
  defineSplitter,
  extendCatalog,
  learningRate,
  NetwrightError,
  onNumbers,
  plainParts,
  statistic,
  train,
  weight,
} from "netwright";

const data = [
  { a: "", b: 1, y: 3 },
  ...Array.from({ length: 40 }, (_, i) => ({ a: i % 9, b: i % 5, y: i % 7 })),
];
const described = { doc: "", formula: "", example: "", source: "", params: {} };
const boom = (): never => {
  throw new Error("boom");
};
/** What TypeScript would refuse, as JavaScript hands it in. */
const wrong = (value: unknown): never => value as never;

type Text = Partial<Record<"data" | "layer" | "loss" | "optimizer" | "expect", string>>;
const fileOf = (text: Text) => `netwright 1
data points { source: "points.csv", target: y, ${text.data ?? "missing: mean"} }
model { ${text.layer ?? "dense(2)"} -> dense(outputs) }
train { loss: ${text.loss ?? "mse"}, optimizer: ${text.optimizer ?? "adam"}, epochs: 1 }
expect { ${text.expect ?? "test.mae >= 0"} }
`;

async function told(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof NetwrightError)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n");
  }
  return "nothing";
}

const trained = (additions: Additions, text: Text) =>
  told(async () => (await train(fileOf(text), { data, catalog: extendCatalog(additions) })).dispose());

const one = { family: "initializer", name: "ones", args: {}, span: { file: "", start: 0, end: 0 } } as const;
const layer = {
  ...described,
  name: "mine",
  output: onNumbers((shape) => shape),
  parts: () => plainParts,
  build: (_: unknown, [x]: readonly unknown[]) => wrong(x),
};
const layers: readonly (readonly [string, string, object])[] = [
  ["throws", "`build`: boom", { build: boom }],
  ["gives nothing", "`build`: it gives nothing, expected a value of the builder", { build: () => undefined }],
  [
    "gives another shape than it says",
    "`build`: it gives tensor<29x2xf32>, and `output` says tensor<29x7xf32>",
    { output: onNumbers(() => [7]) },
  ],
  [
    "has no type",
    "`output`: it gives nothing, expected a type, or `{ problem }`",
    { output: () => undefined },
  ],
  [
    "has no shape",
    "`output`: [-3] is no shape, expected whole numbers from 0",
    { output: onNumbers(() => [-3]) },
  ],
  [
    "has no parts",
    "`parts`: it gives nothing, expected parts, such as `plainParts`",
    { parts: () => undefined },
  ],
  [
    "keeps two of one name",
    "`variables`: there are two variables `k`",
    { variables: () => [weight("k", [1], one), weight("k", [1], one)] },
  ],
  [
    "starts by what there is not",
    "`variables`: there is no initializer `zork`",
    { variables: () => [weight("k", [1], { ...one, name: "zork" })] },
  ],
  [
    "starts by nothing",
    "`variables`: the variable `k` has no initializer",
    { variables: () => [statistic("k", [1], wrong(0))] },
  ],
];

test.each(layers)("a layer that %s", async (_, expected, own) => {
  const found = await trained({ layer: [defineLayer(wrong({ ...layer, ...own }))] }, { layer: "mine" });
  expect(found).toContain(`NW0914 the layer \`mine\` fails in ${expected}`);
});

test("the error has what was thrown as its cause", async () => {
  const catalog = extendCatalog({ layer: [defineLayer(wrong({ ...layer, build: boom }))] });
  const error: unknown = await train(fileOf({ layer: "mine" }), { data, catalog }).catch((reason) => reason);
  expect(error).toMatchObject({ cause: { message: "boom" } });
});

test.each([
  ["throws", "`build`: boom", defineElementwiseLoss({ ...described, name: "mine", ofError: boom })],
  [
    "is no number for each row",
    "`build`: it gives tensor<f32>, and the losses of the rows are tensor<29xf32>",
    defineLoss({ ...described, name: "mine", build: (b, output) => b.sum(output) }),
  ],
])("a loss that %s", async (_, expected, loss) => {
  expect(await trained({ loss: [loss] }, { loss: "mine" })).toContain(
    `the loss \`mine\` fails in ${expected}`,
  );
});

const metric = {
  ...described,
  name: "mine",
  title: "Mine",
  tasks: ["number"],
  unit: "fraction",
  better: "higher",
  range: { min: 0, max: 1 },
} as const;

test.each([
  ["throws", "boom", boom],
  ["gives nothing", "it gives nothing, expected a number, or null where there is none", () => undefined],
  ["gives a promise", "it gives a promise, expected a number, or null where there is none", async () => 1],
])("a metric that %s", async (_, expected, compute) => {
  const own = defineMetric(wrong({ ...metric, compute }));
  expect(await trained({ metric: [own] }, { expect: "test.mine > 0" })).toBe(
    `NW0914 the metric \`mine\` fails in \`compute\`: ${expected}`,
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("a metric that gives %d is not defined", async (value) => {
  const own = defineMetric({ ...metric, compute: () => value });
  const catalog = extendCatalog({ metric: [own] });
  const model = await train(fileOf({ expect: "test.mine > 0" }), { data, catalog });
  expect(model.expectations).toMatchObject([{ value: null, passed: false }]);
  await model.dispose();
});

const scaling = {
  ...described,
  name: "mine",
  range: () => ({ min: null, max: null }),
  fit: (): unknown => ({}),
  read: () => ({}),
  apply: (_: unknown, x: number) => x,
  invert: (_: unknown, z: number) => z,
  steps: () => null,
};
const circle: Record<string, unknown> = {};
circle["itself"] = circle;

test.each([
  ["throws", "`fit`: boom", { fit: boom }],
  [
    "learns nothing",
    "`fit`: it gives nothing, expected an object of what it has learned",
    { fit: () => undefined },
  ],
  ["learns what JSON does not hold", "`fit`: Converting circular structure", { fit: () => circle }],
  [
    "has steps that are none",
    "`open`: `steps` has no list of steps for `apply`",
    { steps: () => ({ apply: [{ kind: "zork" }], invert: [] }) },
  ],
  [
    "has steps that compute something else",
    "`open`: `apply` makes 1 of 1, and its steps make 0.2",
    { steps: () => ({ apply: [{ kind: "divide", by: 5 }], invert: [{ kind: "multiply", by: 5 }] }) },
  ],
  ["throws for a cell", "`write`: boom", { apply: boom }],
  ["turns nothing back", "`invert`: it gives NaN, expected a number", { invert: () => Number.NaN }],
])("a scaling that %s", async (_, expected, own) => {
  const encoder = defineScaling()(wrong({ ...scaling, ...own }));
  const found = await trained({ encoder: [encoder] }, { data: "scale: mine, missing: mean" });
  expect(found).toContain(`NW0914 the encoder \`mine\` fails in ${expected}`);
});

const nothing = () => undefined;

test.each<readonly [string, Additions, Text, string]>([
  [
    "an activation of another shape",
    {
      activation: [
        defineActivation({
          ...described,
          name: "mine",
          range: () => ({ min: 0, max: 1 }),
          build: (b, x) => b.sum(x),
        }),
      ],
    },
    { layer: "dense(2, mine)" },
    "the activation `mine` fails in `build`: it gives tensor<f32>, and what it is of is tensor<29x2xf32>",
  ],
  [
    "an initializer of nothing",
    { initializer: [wrong({ ...described, name: "mine", build: nothing })] },
    { layer: "dense(2, kernel_initializer: mine)" },
    "the initializer `mine` fails in `build`: it gives nothing",
  ],
  [
    "a penalty of each weight",
    { regularizer: [wrong({ ...described, name: "mine", build: (_: unknown, x: unknown) => x })] },
    { layer: "dense(2, kernel_regularizer: mine)" },
    "the regularizer `mine` fails in `build`: it gives tensor<2x2xf32>, and a penalty is tensor<f32>",
  ],
  [
    "a constraint that sums",
    { constraint: [defineConstraint({ ...described, name: "mine", build: (b, x) => b.sum(x) })] },
    { layer: "dense(2, kernel_constraint: mine)" },
    "the constraint `mine` fails in `build`: it gives tensor<f32>, and the weight is tensor<2x2xf32>",
  ],
  [
    "an optimizer that forgets its slots",
    {
      optimizer: [
        defineOptimizer({
          ...described,
          name: "mine",
          params: { learning_rate: learningRate({ default: 0.1, usual: 0.1 }) },
          slots: () => ({ mean: 0 }),
          update: (_, { weight }) => ({ weight, slots: [] }),
        }),
      ],
    },
    { optimizer: "mine" },
    "the optimizer `mine` fails in `update`: it gives 0 as slots, expected 1",
  ],
  [
    "a schedule that gives a number of JavaScript",
    { schedule: [defineSchedule({ ...described, name: "mine", at: () => wrong(0.1) })] },
    { optimizer: "sgd(learning_rate: mine)" },
    "the schedule `mine` fails in `at`: it gives 0.1, expected a value of the builder",
  ],
])("%s", async (_, additions, text, expected) => {
  expect(await trained(additions, text)).toContain(`NW0914 ${expected}`);
});

test.each<readonly [string, () => unknown, string]>([
  ["gives nothing", nothing, "it gives nothing, expected `{ train, validation, test }`, or a problem"],
  [
    "forgets a split",
    () => ({ train: Int32Array.of(0) }),
    "`validation` is nothing, expected an Int32Array of rows",
  ],
  [
    "deals out a row that there is not",
    () => ({ train: Int32Array.of(0, 999), validation: Int32Array.of(1), test: Int32Array.of(2) }),
    "there is no row 999, of 41",
  ],
  [
    "deals out a row twice",
    () => ({ train: Int32Array.of(0, 1), validation: Int32Array.of(1), test: Int32Array.of(2) }),
    "row 1 is dealt out twice",
  ],
])("a splitter that %s", async (_, deal, expected) => {
  const shares = () => ({ train: 0.6, validation: 0.2, test: 0.2 });
  const own = defineSplitter(wrong({ ...described, name: "mine", shares, deal }));
  expect(await trained({ splitter: [own] }, { data: "split: mine, missing: mean" })).toBe(
    `NW0914 the splitter \`mine\` fails in \`deal\`: ${expected}`,
  );
});

test.each<readonly [string, (update: (name: string, next: Value) => void, x: Value) => void, string]>([
  [
    "of another shape",
    (update, x) => update("m", x),
    "mine_1 makes tensor<29x2xf32> of m, which is tensor<2xf32>",
  ],
  [
    "of nothing",
    (update) => update("m", wrong(undefined)),
    "Cannot read properties of undefined (reading 'type')",
  ],
])("a statistic that becomes one %s", async (_, change, expected) => {
  const own = defineLayer({
    ...described,
    name: "mine",
    output: onNumbers((shape) => shape),
    parts: () => plainParts,
    variables: ([{ shape }]) => [statistic("m", shape, { name: "zeros", args: {} })],
    build: ({ training, update }, [x]) => {
      if (training) change(update, x);
      return x;
    },
  });
  expect(await trained({ layer: [own] }, { layer: "mine" })).toBe(
    `NW0914 the layer \`mine\` fails in \`build\`: ${expected}`,
  );
});

test("a value of another function, and a mask that is none", async () => {
  const scanned = defineLayer({
    ...described,
    name: "mine",
    output: onNumbers((shape) => shape),
    parts: () => plainParts,
    build: ({ b, scan }, [x]) => {
      const sequence = b.transpose(x, [1, 0]);
      const zero = b.fill({ dtype: "f32", shape: sequence.type.shape.slice(1) }, 0);
      const over = { carries: [], sequences: [sequence], shared: [], length: 2, order: "forwards" } as const;
      const { outputs } = scan(over, ({ b: inner }, { elements: [one] }) => ({
        carries: [],
        outputs: [inner.add(one, zero)],
      }));
      return b.transpose(wrong(outputs[0]), [1, 0]);
    },
  });
  expect(await trained({ layer: [scanned] }, { layer: "mine" })).toMatch(
    /fails in `build`: func_c2: value \d+ is not one of this function/,
  );
  const masked = defineLayer(wrong({ ...layer, mask: () => 3 }));
  expect(await trained({ layer: [masked] }, { layer: "mine" })).toContain(
    "fails in `mask`: it gives 3, expected a value of the builder, or null",
  );
});

test("a rule for missing values, and a type of column", async () => {
  const rule = defineMissing({ ...described, name: "mine", rows: "kept", fill: () => Number.NaN });
  expect(await trained({ missing: [rule] }, { data: "missing: mine" })).toBe(
    "NW0914 the rule for missing values `mine` fails in `fill`: it gives NaN, expected a number",
  );
  const column = defineColumnType({
    ...described,
    name: "mine",
    takes: "number",
    contract: () => ({ unit: null, min: null, max: null }),
    encoder: () => ({ name: "zork", args: {} }),
    missing: () => null,
  });
  expect(await trained({ column: [column] }, { data: "columns { b: mine }, missing: mean" })).toContain(
    "NW0914 the type of column `mine` fails in `encoder`: there is no encoder `zork`",
  );
});

test("what is no definition is refused at once", async () => {
  const refused = (additions: unknown) => told(async () => extendCatalog(wrong(additions)));
  const { build, ...unbuilt } = layer;
  expect(await refused({ layer: [unbuilt] })).toContain("the layer `mine` has no `build` that is a function");
  expect(build).toBeDefined();
  expect(await refused({ layer: [{ ...layer, params: undefined }] })).toContain(
    "no `params` that is an object",
  );
  expect(await refused({ layer: [defineLayer(wrong({ ...layer, params: { p: 5 } }))] })).toContain(
    "`p` of the layer `mine` is no parameter",
  );
  expect(await refused({ layer: [null] })).toContain("`layer` of `extendCatalog` has no definition at 1");
  expect(await refused({ layer })).toContain("`layer` of `extendCatalog` is no list");
  expect(await refused({ layer: [{}] })).toContain("`undefined` is no name of a layer");
  expect(await refused({ layer: [defineLayer(wrong({ ...layer, name: "input" }))] })).toContain(
    "`input` has a meaning in models, and names no layer",
  );
});
