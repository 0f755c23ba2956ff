// What is said of a sound file before it is trained: each activation at the end against each scale of the target, and
// the rest of its kind. Examples and documentation are free of it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { analyze, type Override } from "@netwright/lang";
import { catalog } from "netwright";
import { host } from "./concrete.ts";

interface File {
  readonly flow: string;
  readonly data?: string;
  readonly train?: string;
  readonly expect?: string;
  readonly overrides?: readonly Override[];
}

/** The codes, each with the text at its place. */
function warningsOf({ flow, data = "", train = "", expect: wanted = "", overrides = [] }: File): string[] {
  const text = `netwright 1
data concrete { source: "concrete.csv", target: CompressiveStrength, ${data} }
model {
  ${flow}
}
train { ${train} }
expect { ${wanted} }
`;
  const { diagnostics, model } = analyze({ file: "test.net", text }, { catalog, host, overrides });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return diagnostics.map(({ code, span }) => `${code} ${text.slice(span?.start, span?.end)}`);
}

describe("an activation at the end", () => {
  const everything = [
    "relu",
    "elu",
    "selu",
    "swish",
    "sigmoid",
    "tanh",
    "gelu",
    "softplus",
    "softsign",
    "mish",
  ];
  const more = ["relu6", "celu", "hard_swish", "squareplus", "sparse_plus"];
  const unfit = {
    zscore: [
      ...everything,
      "exponential",
      "hard_sigmoid",
      "softmax",
      "leaky_relu(negative_slope: 0)",
      ...more,
      "hard_tanh",
      "log_sigmoid",
      "log_softmax",
    ],
    minmax: ["softmax", "log_sigmoid", "log_softmax"],
    log1p: [
      "sigmoid",
      "tanh",
      "softsign",
      "hard_sigmoid",
      "softmax",
      "hard_tanh",
      "log_sigmoid",
      "log_softmax",
      "relu6",
    ],
    none: [],
  };
  const spelled = [...catalog.definitions.activation.keys(), "leaky_relu(negative_slope: 0)"];
  const cases = Object.entries(unfit).flatMap(([scale, names]) =>
    spelled.map((name) => ({ scale, name, wrong: (names as readonly string[]).includes(name) })),
  );

  test.each(cases.filter(({ wrong }) => wrong))("$name does not fit $scale", ({ scale, name }) => {
    const data = `scale: ${scale}`;
    expect(warningsOf({ flow: `dense(1, ${name})`, data })).toEqual([`NW0406 ${name}`]);
    expect(warningsOf({ flow: `dense(1) -> ${name}`, data })).toEqual([`NW0406 ${name}`]);
    expect(warningsOf({ flow: `dense(1) -> activation(${name})`, data })).toEqual([`NW0406 ${name}`]);
  });

  test.each(cases.filter(({ wrong }) => !wrong))("$name fits $scale", ({ scale, name }) => {
    expect(warningsOf({ flow: `dense(1, ${name})`, data: `scale: ${scale}` })).toEqual([]);
  });

  test.each([
    ["behind flatten", "dense(1, relu) -> flatten"],
    ["in a repeat", "repeat 2 { dense(1, relu) }"],
    ["before a residual that bounds as much", "dense(1) -> relu -> residual { dense(1, relu) }"],
    ["in all branches", "parallel { a { dense(1, relu) } b { dense(1, relu) } } -> add"],
    ["behind a linear one", "dense(1, relu) -> linear"],
  ])("%s", (_, flow) => {
    expect(warningsOf({ flow })).toEqual(["NW0406 relu"]);
  });

  test.each([
    ["behind which weights follow", "dense(4, relu) -> dense(1)"],
    ["beside what passes by", "dense(1) -> residual { dense(1, relu) }"],
    ["by shares that are learnt", "dense(1) -> parametric_activation(relu)"],
    ["beside another branch", "parallel { a { dense(1, relu) } b { dense(1) } } -> add"],
  ])("not %s", (_, flow) => {
    expect(warningsOf({ flow })).toEqual([]);
  });

  test("the contract tells what a raw or logarithmic target takes", () => {
    const of = (name: string, column: string) =>
      warningsOf({ flow: `dense(1, ${name})`, data: `columns { CompressiveStrength: number(${column}) }` });
    expect(of("relu", "min: 0, scale: none")).toEqual([]);
    expect(of("relu", "min: -5, scale: none")).toEqual(["NW0406 relu"]);
    expect(of("sigmoid", "min: 0, max: 1, scale: none")).toEqual([]);
    expect(of("sigmoid", "max: 90, scale: none")).toEqual(["NW0406 sigmoid"]);
    expect(of("sigmoid", "min: 0, max: 1, scale: log1p")).toEqual([]);
    expect(of("relu", "min: -0.5, scale: log1p")).toEqual(["NW0406 relu"]);
    expect(of("relu", "scale: minmax")).toEqual([]);
  });

  test("one that a param names is shown where it is used", () => {
    const flow = "dense(1, act)";
    const text = `netwright 1\nparam act = relu\ndata concrete { source: "concrete.csv", target: Age }\nmodel { ${flow} }\n`;
    const { diagnostics } = analyze({ file: "test.net", text }, { catalog, host });
    expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([
      ["NW0406", text.indexOf(flow) + "dense(1, ".length],
    ]);
  });
});

describe("an activation at the end before a loss that applies one", () => {
  const data = 'columns { CompressiveStrength: category(values: ["low", "middle", "high"]) }';
  const train = "loss: cross_entropy";

  test.each(["softmax", "sigmoid", "relu", "swish", "activation(tanh)"])("%s is said", (name) => {
    const shown = name.replace(/^activation\((.*)\)$/, "$1");
    expect(warningsOf({ flow: `dense(outputs) -> ${name}`, data, train })).toEqual([`NW0406 ${shown}`]);
  });

  test.each(["dense(outputs)", "dense(outputs, linear)", "softmax -> dense(outputs)"])(
    "%s takes any number",
    (flow) => {
      expect(warningsOf({ flow, data, train })).toEqual([]);
    },
  );
});

test.each([
  ["dense(8) -> dense(1)", 1],
  ["dense(8) -> linear -> dense(1)", 1],
  ["dense(8, linear) -> dropout(10%) -> flatten -> dense(1)", 1],
  ["dense(8, leaky_relu(negative_slope: 1)) -> dense(1)", 1],
  ["repeat 3 { dense(8) } -> relu -> dense(1)", 1],
  ["dense(8) -> relu -> dense(1)", 0],
  ["dense(8, leaky_relu) -> dense(1)", 0],
  ["dense(8) -> parametric_activation(relu) -> dense(1)", 0],
  ["dense(8) -> periodic_embedding -> dense(1)", 0],
  ["dense(8) -> layer_norm -> dense(1)", 0],
  ["dense(8) -> swiglu -> dense(1)", 0],
  ["dense(8) -> highway -> dense(1)", 0],
  ["dense(8) -> reshape([4, 2]) -> slice(0, 3, axis: 1) -> flatten -> dense(1)", 1],
  ["dense(8) -> piecewise_linear_embedding -> dense(1)", 0],
  ["dense(2) -> dense(8, relu) -> dense(1)", 0],
  ["dense(8) -> residual { dense(8, relu) -> dense(8) } -> dense(1)", 0],
  ["dense(8) -> residual { dense(8) } -> relu -> dense(1)", 1],
  ["parallel { a { dense(8) } b { dense(8) } } -> add -> dense(1)", 1],
  ["parallel { a { dense(8) } b { dense(8) } } -> multiply -> dense(1)", 0],
])("linear layers in a row: %s", (flow, found) => {
  const warnings = warningsOf({ flow });
  expect(warnings).toHaveLength(found);
  for (const warning of warnings) expect(warning).toMatch(/^NW0226 dense/);
});

test.each([
  ["dense(1) -> dropout(10%)", 1],
  ["dense(1) -> dropout(10%) -> linear", 1],
  ["dense(1) -> residual { dense(1) -> dropout(10%) }", 1],
  ["dense(1) -> dropout(0)", 0],
  ["dropout(10%) -> dense(1)", 0],
])("dropout behind the last layer: %s", (flow, found) => {
  expect(warningsOf({ flow }).filter((warning) => warning.startsWith("NW0227"))).toHaveLength(found);
});

test.each([
  ["epochs: 10, stop: early(patience: 10)", 1],
  ["epochs: 5, stop: early", 1],
  ["stop: early(patience: 200)", 1],
  ["epochs: 11, stop: early(patience: 10)", 0],
  ["epochs: 5", 0],
])("patience: %s", (train, found) => {
  expect(warningsOf({ flow: "dense(1)", train })).toHaveLength(found);
});

test("a trial with few epochs is no mistake of the file", () => {
  const overrides = [{ path: "train.epochs", value: "2" }];
  expect(warningsOf({ flow: "dense(1)", train: "stop: early", overrides })).toEqual([]);
});

test.each([
  ["test.r2 > 1", 1],
  ["test.r2 >= 1.5", 1],
  ["test.r2 == 2", 1],
  ["test.mae < 0", 1],
  ["test.rmse <= -1", 1],
  ["test.max_error < -5%", 1],
  ["test.mape >= 0", 1],
  ["test.r2 <= 1", 1],
  ["test.mae != -1", 1],
  ["test.r2 > 0.9, test.r2 < 0.5", 1],
  ["test.mae == 3, test.mae != 3", 1],
  ["test.mae > 3, test.mae <= 3", 1],
  ["test.r2 >= 1", 0],
  ["test.mae <= 0", 0],
  ["test.mae > 0", 0],
  ["test.r2 > -1", 0],
  ["test.mae >= 3, test.mae <= 3", 0],
  ["test.r2 > 0.9, train.r2 < 0.5", 0],
])("expect %s", (wanted, found) => {
  const warnings = warningsOf({ flow: "dense(1)", expect: wanted });
  expect(warnings.map((warning) => warning.slice(0, 6))).toEqual(
    Array.from({ length: found }, () => "NW0711"),
  );
});

test.each([
  ["adam(learning_rate: 1e3)", "NW0311 1e3"],
  ["adamw(1.5)", "NW0311 1.5"],
  ["sgd(100)", "NW0311 100"],
])("optimizer: %s", (optimizer, found) => {
  expect(warningsOf({ flow: "dense(1)", train: `optimizer: ${optimizer}` })).toEqual([found]);
});

test("sgd takes a step of 1", () => {
  expect(warningsOf({ flow: "dense(1)", train: "optimizer: sgd(1)" })).toEqual([]);
});

const examples = fileURLToPath(new URL("../../../examples/concrete/", import.meta.url));

test.each(readdirSync(examples).filter((name) => name.endsWith(".net")))("%s is free of warnings", (name) => {
  const text = readFileSync(join(examples, name), "utf8");
  expect(analyze({ file: name, text }, { catalog, host }).diagnostics).toEqual([]);
});
