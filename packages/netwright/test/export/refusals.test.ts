// What an export does not carry: encoders and types of columns of a user's own, of which it has no source.

import { expect, test } from "@jest/globals";
import { encoders } from "@netwright/data";
import {
  defineColumnType,
  defineNumberEncoder,
  defineScaling,
  defineWordEncoder,
  exportModel,
  exportWasm,
  extendCatalog,
  NetwrightError,
  numbersOf,
  train,
} from "netwright";
import { carriedEncoder } from "../../src/export/wrapper/carried-encoders.ts";

const described = { formula: "as tested", example: "as tested", source: "", doc: "As tested.", params: {} };

const doubled = defineNumberEncoder({
  ...described,
  name: "doubled",
  range: () => ({ min: null, max: null }),
  output: () => numbersOf([2]),
  fit: () => ({}),
  open: () => ({
    takes: "number",
    output: numbersOf([2]),
    scaling: null,
    write(values, { into, at, width }) {
      for (const [row, x] of values.entries()) into.fill(x, at + row * width, at + row * width + 2);
    },
  }),
});

const shifted = defineScaling<Record<string, never>>()({
  ...described,
  name: "shifted",
  range: () => ({ min: null, max: null }),
  fit: () => ({}),
  read: () => ({}),
  apply: (_, x) => x - 1,
  invert: (_, z) => z + 1,
  steps: () => ({ apply: [{ kind: "subtract", by: 1 }], invert: [{ kind: "add", by: 1 }] }),
});

const halves = defineWordEncoder({
  ...described,
  name: "halves",
  other: "0",
  typeOf: () => numbersOf([1]),
  writeCode(code, _, start, into) {
    into[start] = code / 2;
  },
});

const backwards = defineColumnType({
  ...described,
  name: "backwards",
  takes: "number",
  contract: () => ({ unit: null, min: null, max: null }),
  settle: () => ({}),
  reading: () => ({ read: (cell) => Number([...cell].reverse().join("")), spell: String }),
  encoder: () => ({ name: "zscore", args: {} }),
  missing: () => null,
});

const catalog = extendCatalog({ encoder: [doubled, shifted, halves], column: [backwards] });
const data = Array.from({ length: 40 }, (_, i) => ({
  size: i % 7,
  word: ["red", "blue"][i % 2],
  day: `2024-05-${10 + (i % 20)}`,
  place: `${i} ${i % 3}`,
  y: i % 5,
}));

test.each([
  ["size", "number(scale: doubled)", "`doubled` is no encoder that an export knows"],
  ["word", "category(encoder: halves)", "`halves` is no encoder that an export knows"],
  ["day", "date(scale: shifted)", "`shifted` is no encoder that an export knows"],
  ["place", "numbers(2, scale: shifted)", "`shifted` is no encoder that an export knows"],
  ["size", "backwards", "`backwards` is no type of column whose cells an export reads"],
])("column %s of %s is refused, and says why", async (name, type, why) => {
  const text = `netwright 1
data own { source: "own.csv" target: y features: [${name}] columns { ${name}: ${type} } }
model { dense(outputs) }
train { loss: mse, optimizer: sgd, epochs: 1 }
`;
  const model = await train(text, { backend: "reference", data, catalog });
  const refused = await exportWasm(model.bundle, { catalog }).catch((thrown: unknown) => thrown);
  if (!(refused instanceof NetwrightError)) throw new Error("it is exported");
  expect(refused.diagnostics).toMatchObject([
    {
      code: "NW0843",
      message: `the model cannot be exported: a module does not carry column \`${name}\``,
      notes: [`Column \`${name}\`: ${why}.`, expect.stringContaining("`load` of the package")],
    },
  ]);
  await model.dispose();
});

test.each([
  ['use "netwright/tabular"\n', "deep_ensemble(4, count: 2)", true],
  ["", "members(2) -> member_dense(4, relu) -> member_dense(1)", false],
])(
  "the ensemble of a recipe is told with the recipe that every format carries: %j",
  async (use, flow, isTold) => {
    const text = `netwright 1
${use}data own { source: "own.csv" target: y features: [size] }
model { ${flow} }
train { loss: mse, optimizer: sgd, epochs: 1 }
`;
    const model = await train(text, { backend: "reference", data });
    const refused = await exportModel(model.bundle, "sql").catch((thrown: unknown) => thrown);
    if (!(refused instanceof NetwrightError)) throw new Error("it is exported");
    const [{ code, notes } = { code: "", notes: [] }] = refused.diagnostics;
    expect(code).toBe("NW0860");
    expect(notes.join(" ").includes("--recipe plain")).toBe(isTold);
    await model.dispose();
  },
);

test("every encoder of Netwright's own is carried, but that of pictures, whose files a module does not decode", () => {
  const lacking = [...encoders.values()].filter((encoder) => carriedEncoder(encoder) === null);
  expect(lacking.map(({ name }) => name)).toEqual(["picture"]);
});
