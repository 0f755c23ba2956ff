// A small catalog for the tests of the language: enough definitions of each family to meet every rule.

import {
  type ActivationDefinition,
  type Args,
  type Argument,
  anyNumber,
  type Bounds,
  type Catalog,
  type ColumnDefinition,
  choice,
  columnName,
  columnNames,
  columnsOrAll,
  type Definition,
  type Draw,
  type EncoderDefinition,
  flag,
  type Instance,
  type Interval,
  instance,
  integer,
  type LayerParts,
  type LayerSignature,
  type LossDefinition,
  list,
  type MetricDefinition,
  type MissingDefinition,
  numbersOf,
  oneOf,
  optional,
  type Params,
  paramName,
  real,
  type ScheduleDefinition,
  type Shape,
  type ShapeProblem,
  type Shares,
  type SplitterDefinition,
  sameShape,
  scheduled,
  sharesConflict,
  splitParams,
  text,
  type ValueType,
  type View,
} from "@netwright/definitions";

import type { ModelInput } from "../src/index.ts";

function named<T extends Definition>(...definitions: T[]): Map<string, T> {
  return new Map(definitions.map((definition) => [definition.name, definition]));
}

function define(name: string, params: Params = {}): Definition {
  return { name, doc: `The ${name} of the tests.`, params };
}

function activation(name: string, range: Interval, params: Params = {}): ActivationDefinition {
  return { ...define(name, params), range: () => range, isLinear: () => name === "linear" };
}

const rate = oneOf<number | Instance>(
  [
    real({ doc: "", above: 0, usual: 1 }),
    { doc: "", type: { kind: "instance", family: "schedule", byMember: true } },
  ],
  { doc: "Size of a step.", default: 0.001 },
);

const atLeast = (min: number): Interval => ({ min, max: Number.POSITIVE_INFINITY });

const activations = named<ActivationDefinition>(
  activation("relu", atLeast(0)),
  activation("swish", atLeast(-0.2785)),
  activation("tanh", { min: -1, max: 1 }),
  activation("linear", anyNumber),
  activation("leaky_relu", anyNumber, { slope: real({ doc: "Slope below zero.", default: 0.01, min: 0 }) }),
);

function encoder(name: string, range: EncoderDefinition["range"]): EncoderDefinition {
  return { ...define(name), takes: "number", range, output: () => numbersOf([1]) };
}

const ownEncoder = optional(
  instance({ family: "encoder", doc: "Encoder of this column in place of the section's `scale`." }),
);
const ownMissing = optional(
  instance({
    family: "missing",
    doc: "What to do about missing values of this column in place of the section's.",
  }),
);

const numberColumn: ColumnDefinition = {
  name: "number",
  doc: "A column of numbers.",
  params: {
    unit: optional(text({ doc: "Unit of the values, for people and reports." })),
    min: optional(real({ doc: "Least value that may occur, when training and when predicting." })),
    max: optional(real({ doc: "Greatest value that may occur." })),
    scale: ownEncoder,
    missing: ownMissing,
    clamp: flag({ doc: "Of a target: whether predictions are held within its range.", default: false }),
  },
  takes: "number",
  madeOf: null,
  words: () => null,
  bounds: ({ min, max }) => ({
    min: typeof min === "number" ? min : null,
    max: typeof max === "number" ? max : null,
  }),
  encoder: ({ scale }) => instanceOf(scale),
  missing: () => null,
  clamps: ({ clamp }) => clamp === true,
  conflict: ({ min, max }) =>
    typeof min === "number" && typeof max === "number" && min > max
      ? { parameter: "max", problem: `is ${max}, less than its \`min\`, ${min}` }
      : null,
};

const categoryColumn: ColumnDefinition = {
  name: "category",
  doc: "A column of words.",
  params: {
    values: optional(list(text({ doc: "" }), { doc: "The words that may occur." })),
    encoder: optional(instance({ family: "encoder", doc: "What a word becomes." })),
  },
  takes: "words",
  madeOf: null,
  words: ({ values }) => (Array.isArray(values) ? values.map(String) : null),
  bounds: () => ({ min: null, max: null }),
  encoder: (args) => instanceOf(args["encoder"]),
  missing: () => null,
  clamps: () => false,
  conflict: () => null,
};

function wordEncoder(name: string, output: EncoderDefinition["output"]): EncoderDefinition {
  return { ...define(name), takes: "words", range: () => ({ min: null, max: null }), output };
}

function missing(name: string, takes: MissingDefinition["takes"]): MissingDefinition {
  return {
    ...define(name),
    takes,
    rows: name === "drop" ? "left out" : "kept",
    asWord: false,
    marks: () => false,
  };
}

const unbent: LayerParts = { weighted: false, activation: null, trainingOnly: false };
const apart: LayerParts = { ...unbent, apart: true, padding: "keeps" };

function instanceOf(argument: Argument | undefined): Instance | null {
  return typeof argument === "object" && argument !== null && "family" in argument ? argument : null;
}

const onShape =
  (shapeOf: (shape: Shape, args: Args) => Shape | ShapeProblem): LayerSignature["output"] =>
  ([{ shape }], args) => {
    const output = shapeOf(shape, args);
    return "problem" in output ? output : { kind: "number", shape: output };
  };
const same = onShape((shape) => shape);
const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

const dense: LayerSignature = {
  name: "dense",
  doc: "Fully connected.",
  params: {
    units: integer({ doc: "Number of outputs.", min: 1 }),
    activation: instance({ family: "activation", doc: "Applied to each output.", default: "linear" }),
    use_bias: flag({ doc: "Whether a bias is added.", default: true }),
    kernel_initializer: instance({ family: "initializer", doc: "Start values.", default: "glorot_uniform" }),
    kernel_regularizer: optional(instance({ family: "regularizer", doc: "Penalty on the kernel." })),
  },
  takes: 1,
  output: onShape((shape, { units }) => [...shape.slice(0, -1), Number(units)]),
  parts: ({ activation }) => ({ ...apart, weighted: true, activation: instanceOf(activation) }),
  variables: (_, { use_bias }) => [
    { name: "kernel", role: "weight" },
    ...(use_bias === true ? [{ name: "bias", role: "weight" } as const] : []),
  ],
};

const nothingKept = () => [];

/** Of windows of any place, padded. */
const view = (reach: number): View => ({ reach, step: 1 });

/** Each member the next one of what there is. */
const drawn: Draw = (from, { member, param }) =>
  from.kind === "list"
    ? (member + param) % from.length
    : Math.min(from.to, from.from + member * (from.whole ? 1 : 0.25));

const layers: LayerSignature[] = [
  dense,
  {
    ...define("dropout", {
      rate: scheduled({ doc: "Share of values that are dropped.", min: 0, below: 1, byMember: true }),
    }),
    takes: 1,
    output: same,
    parts: ({ rate }) => ({
      ...apart,
      trainingOnly: rate !== 0,
      ...(typeof rate === "number" && rate > 0 ? { drops: true } : {}),
    }),
    variables: nothingKept,
  },
  {
    ...define("activation", { function: instance({ family: "activation", doc: "The function." }) }),
    takes: 1,
    output: same,
    parts: (args) => ({ ...apart, activation: instanceOf(args["function"]) }),
    variables: nothingKept,
  },
  {
    ...define("flatten"),
    takes: 1,
    output: ([type]) => ({ ...type, shape: [product(type.shape)] }),
    parts: () => unbent,
    variables: nothingKept,
  },
  {
    ...define("members", {
      count: integer({ doc: "How many.", min: 1 }),
      choose: choice({ doc: "Which of them predict.", values: ["all", "best"], default: "all" }),
      draw: optional(list(paramName({ doc: "A param." }), { doc: "What each draws." })),
    }),
    takes: 1,
    output: onShape((shape, { count }) => [Number(count), ...shape]),
    parts: ({ count, choose, draw }) => ({
      ...unbent,
      members: Number(count),
      ...(choose === "best" ? { chooses: true } : {}),
      ...(Array.isArray(draw) ? { draws: { params: draw.map(String), draw: drawn } } : {}),
    }),
    variables: nothingKept,
  },
  {
    ...define("member_scale"),
    takes: 1,
    output: same,
    parts: () => ({ ...apart, free: true, perMember: true }),
    variables: () => [{ name: "scale", role: "weight" }],
  },
  {
    ...define("pool", {
      size: integer({ doc: "Side of the window.", min: 1 }),
      mode: choice({ doc: "What is taken from a window.", values: ["max", "average"], default: "max" }),
      axes: list(integer({ doc: "An axis.", min: 0 }), { doc: "Axes to pool over." }),
      label: text({ doc: "A label.", default: "" }),
    }),
    takes: 1,
    output: onShape((shape) =>
      shape.length === 3
        ? shape
        : { problem: `pool takes images of 3 sizes, found ${shape.length}`, note: "Use `input(28, 28, 1)`." },
    ),
    parts: ({ size }) => ({ ...unbent, sees: [view(Number(size)), view(Number(size))] }),
    variables: nothingKept,
  },
  {
    ...define("embed", {
      size: integer({ doc: "Numbers of each.", min: 1 }),
      mask_zero: flag({ doc: "Whether 0 is padding.", default: false }),
    }),
    takes: 1,
    output: ([{ shape }], { size }) => numbersOf([...shape, Number(size)]),
    parts: ({ mask_zero }) => ({
      ...unbent,
      free: true,
      padding: mask_zero === true ? "tells" : "might tell",
    }),
    variables: nothingKept,
  },
  {
    ...define("recur", { units: integer({ doc: "Numbers of the output.", min: 1 }) }),
    takes: 1,
    output: onShape((_, { units }) => [Number(units)]),
    parts: () => ({ ...unbent, weighted: true, bends: true, padding: "heeds" }),
    variables: nothingKept,
  },
  ...[...activations.values()].map((one) => ({
    ...one,
    takes: 1 as const,
    output: same,
    parts: (args: Args) => ({ ...apart, activation: { name: one.name, args } }),
    variables: nothingKept,
  })),
];

/** Joins of equal shapes; of `concat`, the sum of the last sizes. */
function join(name: string, joins: LayerParts["joins"]): LayerSignature {
  return {
    ...define(name),
    takes: "many",
    output: (inputs) => {
      const [{ shape }, ...others] = inputs;
      const front = (one: ValueType) => (name === "concat" ? one.shape.slice(0, -1) : one.shape);
      if (others.some((other) => !sameShape(front(other), front(inputs[0])))) {
        return { problem: `the branches have different shapes and \`${name}\` cannot join them` };
      }
      if (name !== "concat") return inputs[0];
      const width = inputs.reduce((sum, one) => sum + (one.shape.at(-1) ?? 0), 0);
      return { kind: "number", shape: [...shape.slice(0, -1), width] };
    },
    parts: () => ({ ...apart, ...(joins === undefined ? {} : { joins }) }),
    variables: nothingKept,
  };
}

layers.push(join("concat", "side by side"), join("add", "sum"), join("multiply", "product"), {
  ...define("batch_norm"),
  takes: 1,
  output: same,
  parts: () => ({ ...apart, free: true, overRows: true }),
  variables: nothingKept,
});

export const catalog: Catalog = {
  layer: named(...layers),
  definitions: {
    activation: activations,
    initializer: named(define("glorot_uniform"), define("he_normal"), define("zeros")),
    regularizer: named(
      define("l1", { strength: real({ doc: "Strength.", default: 0.01, min: 0 }) }),
      define("l2", { strength: real({ doc: "Strength.", default: 0.01, min: 0 }) }),
    ),
    constraint: named(define("non_neg")),
    loss: named(
      loss("mse"),
      loss("mae"),
      { ...loss("levels"), quantiles: () => [0.1, 0.9] },
      { ...loss("normal"), width: ({ columns }) => 2 * columns, spread: true },
      { ...loss("cross_entropy"), target: "class", width: ({ classes }) => classes, applies: "softmax" },
      { ...loss("grades"), target: "ordinal", width: () => 2, ordered: true },
      {
        ...loss("hinge"),
        target: "class",
        classes: 2,
        width: ({ classes }) => (classes === 2 ? 1 : null),
        margins: true,
      },
      { ...loss("direction"), target: "direction", width: ({ columns }) => columns },
      loss("huber", { delta: real({ doc: "Delta.", default: 1, above: 0 }) }),
    ),
    optimizer: named(
      define("adam", { learning_rate: rate }),
      define("adamw", {
        learning_rate: rate,
        weight_decay: scheduled({ doc: "Share removed.", default: 0.004, min: 0, byMember: true }),
      }),
      define("sgd", {
        learning_rate: real({ doc: "Size of a step.", default: 0.01, above: 0 }),
        nesterov: flag({ doc: "Look ahead.", default: false }),
      }),
    ),
    schedule: named<ScheduleDefinition>(
      {
        ...define("by_member", {
          values: list(
            oneOf<number | Instance>([real({ doc: "" }), instance({ family: "schedule", doc: "" })], {
              doc: "",
            }),
            { doc: "One for each." },
          ),
        }),
        factor: null,
        range: () => ({ min: 0, max: 0.5 }),
        conflict: () => null,
      },
      {
        ...define("cosine", {
          initial_learning_rate: real({ doc: "First rate.", above: 0 }),
          decay_steps: optional(integer({ doc: "Steps until it has fallen.", min: 1 })),
        }),
        factor: null,
        range: ({ initial_learning_rate }) => ({ min: 0, max: Number(initial_learning_rate) }),
        conflict: () => null,
      },
      {
        ...define("plateau", { initial_learning_rate: real({ doc: "First rate.", above: 0 }) }),
        factor: () => 1,
        range: ({ initial_learning_rate }) => ({ min: 0, max: Number(initial_learning_rate) }),
        conflict: () => null,
      },
    ),
    stop: named(define("early", { patience: integer({ doc: "Epochs to wait.", default: 10, min: 1 }) })),
    threshold: named(define("best")),
    checkpoint: named(define("every", { epochs: integer({ doc: "Epochs between.", default: 1, min: 1 }) })),
    encoder: named(
      encoder("zscore", () => anyNumber),
      encoder("minmax", () => ({ min: 0, max: 1 })),
      encoder("log1p", ({ min, max }: Bounds) => ({
        min: Math.log1p(min ?? 0),
        max: Math.log1p(max ?? Number.POSITIVE_INFINITY),
      })),
      encoder("none", (contract) => contract),
      wordEncoder("one_hot", (stated) => (stated === null ? null : numbersOf([stated.length]))),
      wordEncoder("ordinal", (stated) =>
        stated === null ? null : { kind: "index", shape: [], of: stated.length },
      ),
      { ...wordEncoder("sequence", () => ({ kind: "index", shape: [6], of: 9 })), pads: true },
    ),
    missing: named(
      missing("error", ["number", "words"]),
      missing("mean", ["number"]),
      missing("median", ["number"]),
      missing("drop", ["number", "words"]),
    ),
    column: named(numberColumn, categoryColumn),
    source: named(define("duckdb", { path: text({ doc: "Which." }), query: text({ doc: "What." }) })),
    splitter: named<SplitterDefinition>(
      {
        ...define("grouped", { by: columnNames({ doc: "Which." }), ...splitParams }),
        shares: sharesIn,
        conflict: (args) => sharesConflict(sharesIn(args)),
        scatters: false,
      },
      {
        ...define("by_time", {
          column: columnName({ doc: "When." }),
          train: splitParams.train,
          validation: splitParams.validation,
          test: splitParams.test,
        }),
        shares: sharesIn,
        conflict: (args) => sharesConflict(sharesIn(args)),
        scatters: false,
      },
      {
        ...define("by_hash", {
          columns: columnsOrAll({ doc: "Which." }),
          at: optional(columnName({ doc: "When." })),
        }),
        shares: () => ({ train: 0.5, validation: 0.25, test: 0.25 }),
        conflict: () => null,
        scatters: true,
      },
      {
        ...define("random", splitParams),
        shares: sharesIn,
        conflict: (args) => sharesConflict(sharesIn(args)),
        scatters: true,
      },
      {
        ...define("fold", {
          index: integer({ doc: "Which.", min: 0 }),
          of: integer({ doc: "How many.", min: 2 }),
          seed: splitParams.seed,
        }),
        shares: () => ({ train: 0.5, validation: 0.25, test: 0.25 }),
        conflict: ({ index, of }) =>
          Number(index) < Number(of) ? null : { problem: `there is no fold ${index} of ${of}` },
        scatters: true,
      },
    ),
  },
  metrics: named(
    metric("mae", atLeast(0)),
    metric("rmse", atLeast(0)),
    metric("r2", { min: Number.NEGATIVE_INFINITY, max: 1 }),
    metric("mape", atLeast(0)),
    metric("max_error", atLeast(0)),
    { ...metric("accuracy", { min: 0, max: 1 }), tasks: ["class"] },
    { ...metric("likelihood", anyNumber), needs: "spread" },
    { ...metric("inside", { min: 0, max: 1 }), needs: "interval" },
    { ...metric("log_loss", atLeast(0)), tasks: ["class"], needs: "probabilities" },
    {
      ...metric("top", { min: 0, max: 1 }),
      params: {
        k: integer({ doc: "How many count.", default: 1, min: 1 }),
        average: choice({ doc: "Over what.", default: "macro", values: ["macro", "micro"] }),
      },
    },
  ),
};

function loss(name: string, params: Params = {}): LossDefinition {
  return { ...define(name, params), target: "number", width: ({ columns }) => columns };
}

function metric(name: string, range: Interval): MetricDefinition {
  return { ...define(name), range, tasks: ["number"] };
}

function sharesIn({ train, validation, test }: Args): Shares {
  return { train: Number(train), validation: Number(validation), test: Number(test) };
}

/** Headers of the data files that the specs name; any other file is missing. */
export const headers: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "concrete.csv",
    [
      "Cement",
      "BlastFurnaceSlag",
      "FlyAsh",
      "Water",
      "Superplasticizer",
      "CoarseAggregate",
      "FineAggregate",
      "Age",
      "CompressiveStrength",
    ],
  ],
  ["two.csv", ["x", "Fly Ash", "y", "z"]],
  ["target-only.csv", ["y"]],
  ["inputs.csv", ["a", "b", "c", "z"]],
  ["weather.csv", ["station", "day", "rain", "wind"]],
  ["walks.csv", ["kilometres", "minutes", "spread", "minutes(lower)"]],
]);

/** Of the data files that give several inputs; one of them is called as a layer would be. */
export const inputs: ReadonlyMap<string, readonly ModelInput[]> = new Map([
  [
    "inputs.csv",
    [
      { name: "words", type: { kind: "index", shape: [5], of: 100 } },
      { name: "numbers", type: { kind: "number", shape: [2] } },
      { name: "dense_1", type: { kind: "number", shape: [4] } },
    ],
  ],
]);
