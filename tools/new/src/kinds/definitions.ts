// Definitions of the compiler, of the data package and of the runtime that are one file and a name in a list.

import type { Kind } from "./kind.ts";
import { DOCUMENTS } from "./kind.ts";

interface Place {
  readonly folder: string;
  readonly list: string;
  /** What the file holds behind its first comment. */
  readonly source: (names: { readonly name: string; readonly camel: string }) => string;
  readonly test: string;
  readonly testFile: string;
  /** What is left to do for this kind alone. */
  readonly also?: readonly string[];
}

function definition(what: string, { folder, list, source, test, testFile, also = [] }: Place): Kind {
  return {
    what,
    scaffold: (names) => ({
      edits: [
        {
          kind: "create",
          path: `${folder}/${names.file}.ts`,
          text: `// The ${names.name} ${what}.\n\n${source(names)}`,
        },
        {
          kind: "list",
          path: `${folder}/table.ts`,
          list,
          item: names.camel,
          from: `./${names.file}.ts`,
        },
        {
          kind: "create",
          path: testFile.replace("NAME", names.file),
          text: test.replaceAll("NAME", names.name),
        },
      ],
      next: [
        `Write what it computes in ${folder}/${names.file}.ts.`,
        `Make ${testFile.replace("NAME", names.file)} pass.`,
        ...also,
        ...DOCUMENTS,
      ],
    }),
  };
}

/** Activations are layers, too. */
const onBackends = [
  "Hold it to values of its source, as a case in packages/compiler/test/golden: output, gradients, one update.",
  "Add its name to packages/formats/src/model/layer-names.ts: the compiler names each table of a format that lacks it.",
  "`npm run docs:layers` tries it on the backends and puts it on docs/layers.md.",
];

const words = (name: string, example: string) => `  name: "${name}",
  doc: "",
  formula: "",
  example: "${example}",
  source: "",
`;

/** Fails until somebody writes down what the definition gives. */
const computed = (table: string, from: string) => `// NAME, against values worked out elsewhere.

import { expect, test } from "@jest/globals";
import { ${table} } from "${from}";

test("NAME gives the values of its source", () => {
  expect(${table}.get("NAME")?.source).not.toBe("");
  throw new Error("compare what NAME gives with the values of its source");
});
`;

export const layer = definition("layer", {
  folder: "packages/compiler/src/layers",
  list: "byName([",
  source: ({ name, camel }) => `import { defineLayer, onNumbers, plainParts } from "./layer.ts";

export const ${camel} = defineLayer({
${words(name, name)}  params: {},
  output: onNumbers((shape) => shape),
  parts: () => plainParts,
  build: (_, [x]) => x,
});
`,
  test: computed("layers", "@netwright/compiler"),
  testFile: "packages/compiler/test/layers/NAME.test.ts",
  also: onBackends,
});

export const activation = definition("activation", {
  folder: "packages/compiler/src/activations",
  list: "byName([",
  source: ({ name, camel }) => `import { anyNumber } from "@netwright/definitions";
import { defineActivation } from "./activation.ts";

export const ${camel} = defineActivation({
${words(name, `dense(64, ${name})`)}  params: {},
  range: () => anyNumber,
  build: (_, x) => x,
});
`,
  test: computed("activations", "@netwright/compiler"),
  testFile: "packages/compiler/test/activations/NAME.test.ts",
  also: onBackends,
});

export const loss = definition("loss", {
  folder: "packages/compiler/src/losses",
  list: "byName([",
  source: ({ name, camel }) => `import { defineElementwiseLoss } from "./loss.ts";

export const ${camel} = defineElementwiseLoss({
${words(name, `loss: ${name}`)}  params: {},
  ofError: (b, e) => b.abs(e),
});
`,
  test: computed("losses", "@netwright/compiler"),
  testFile: "packages/compiler/test/losses/NAME.test.ts",
});

export const optimizer = definition("optimizer", {
  folder: "packages/compiler/src/optimizers",
  list: "byName([",
  source: ({ name, camel }) => `import { defineOptimizer, learningRate } from "./optimizer.ts";

export const ${camel} = defineOptimizer({
${words(name, `optimizer: ${name}(learning_rate: 0.01)`)}  params: { learning_rate: learningRate({ default: 0.01, usual: 10 }) },
  slots: () => ({}),
  update: (b, { weight, gradient, rate }) => ({
    weight: b.subtract(weight, b.multiply(gradient, rate)),
    slots: [],
  }),
});
`,
  test: computed("optimizers", "@netwright/compiler"),
  testFile: "packages/compiler/test/optimizers/NAME.test.ts",
});

export const schedule = definition("schedule", {
  folder: "packages/compiler/src/schedules",
  list: "byName([",
  source: ({ name, camel }) => `import { real } from "@netwright/definitions";
import { defineSchedule } from "./schedule.ts";

export const ${camel} = defineSchedule({
${words(name, `optimizer: adam(learning_rate: ${name}(1e-3))`)}  params: { initial_learning_rate: real({ doc: "The rate at first.", min: 0 }) },
  at: (b, _, { initial_learning_rate }) => b.scalar(initial_learning_rate),
});
`,
  test: computed("schedules", "@netwright/compiler"),
  testFile: "packages/compiler/test/schedules/NAME.test.ts",
});

export const metric = definition("metric", {
  folder: "packages/runtime/src/metrics",
  list: "byName([",
  source: ({ name, camel }) => `import { meanTerm } from "./mean-term.ts";
import { defineMetric } from "./metric.ts";

export const ${camel} = defineMetric({
${words(name, `test.${name} < 1`)}  title: "${name}",
  params: {},
  tasks: ["number"],
  unit: "target",
  better: "lower",
  range: { min: 0, max: Number.POSITIVE_INFINITY },
  compute: (view) => meanTerm(view, (p, t) => Math.abs(p - t)),
});
`,
  test: computed("metrics", "@netwright/runtime"),
  testFile: "packages/runtime/test/metrics/NAME.test.ts",
});

export const missing = definition("rule for missing values", {
  folder: "packages/data/src/missing",
  list: "byName([",
  source: ({ name, camel }) => `import { defineMissing } from "./policy.ts";

export const ${camel} = defineMissing({
${words(name, `missing: ${name}`)}  params: {},
  takes: ["number"],
  rows: "kept",
  fill: () => 0,
});
`,
  test: computed("missingPolicies", "@netwright/data"),
  testFile: "packages/data/test/missing/NAME.test.ts",
});

export const column = definition("type of column", {
  folder: "packages/data/src/columns",
  list: "byName([",
  source: ({ name, camel }) => `import { instance, optional } from "@netwright/definitions";
import { chosen, defineColumnType } from "./column-type.ts";

export const ${camel} = defineColumnType({
${words(name, `columns { Age: ${name} }`)}  params: {
    scale: optional(instance({ family: "encoder", doc: "Encoder of this column in place of the section's." })),
    missing: optional(instance({ family: "missing", doc: "What to do about missing values of this column." })),
  },
  takes: "number",
  contract: () => ({ unit: null, min: null, max: null }),
  encoder: ({ scale }) => chosen(scale),
  missing: ({ missing }) => chosen(missing),
});
`,
  test: computed("columnTypes", "@netwright/data"),
  testFile: "packages/data/test/columns/NAME.test.ts",
});

export const splitter = definition("splitter", {
  folder: "packages/data/src/split",
  list: "byName([",
  source: ({ name, camel }) => `import { sharesConflict, splitParams } from "@netwright/definitions";
import { randomStream } from "../random/random-stream.ts";
import { splitRows } from "./split-rows.ts";
import { defineSplitter } from "./splitter.ts";

export const ${camel} = defineSplitter({
${words(name, `split: ${name}(train: 80%, validation: 10%, test: 10%)`)}  params: splitParams,
  shares: ({ train, validation, test }) => ({ train, validation, test }),
  conflict: sharesConflict,
  deal: ({ groups }, args) => splitRows(groups, args, randomStream(args.seed, "split")),
});
`,
  test: computed("splitters", "@netwright/data"),
  testFile: "packages/data/test/split/NAME.test.ts",
});

export const constraint = definition("constraint", {
  folder: "packages/compiler/src/constraints",
  list: "byName([",
  source: ({ name, camel }) => `import { defineConstraint } from "./constraint.ts";

export const ${camel} = defineConstraint({
${words(name, `dense(64, kernel_constraint: ${name})`)}  params: {},
  build: (_, weight) => weight,
});
`,
  test: computed("constraints", "@netwright/compiler"),
  testFile: "packages/compiler/test/constraints/NAME.test.ts",
});
