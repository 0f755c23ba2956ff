// The schemas against resolved models, by a validator that knows nothing of us.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import type { Model } from "@netwright/lang";
import { Ajv2020 } from "ajv/dist/2020.js";
import {
  catalog,
  definitionsSchema,
  helpPages,
  type Json,
  modelSchema,
  nodeFiles,
  openProject,
  resolvedText,
} from "netwright";

const folder = fileURLToPath(new URL("../../../../examples/concrete/", import.meta.url));
const ajv = new Ajv2020({ strict: true });
const isModel = ajv.compile(modelSchema());
const isDefinition = ajv.compile(definitionsSchema());

function modelOf(text: string): Model {
  const { model, diagnostics } = openProject({ file: `${folder}x.net`, text }, { files: nodeFiles() });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

const examples = readdirSync(folder).filter((name) => name.endsWith(".net"));
const lessons = readFileSync(new URL("../../../../docs/language.md", import.meta.url), "utf8").matchAll(
  /^```net\n([\s\S]*?)^```$/gm,
);

const everything = `netwright 1
param rate = 0.25
param act = relu in [relu, elu]
param widths = [8, 16]
block pair(units, act = relu) {
  dense(units, act, kernel_regularizer: l1_l2(1e-5, 1e-3))
  dropout(rate)
}
model {
  input(6)
  pair(8, leaky_relu(0.3))
  residual(project: dense(use_bias: false)) { dense(4, elu(alpha: 0.5)) }
  parallel {
    a { dense(3, kernel_initializer: constant(0.1)) }
    b { pair(3) -> act }
  } -> multiply
  flatten
  dense(2)
}
train {
  loss: huber(2)
  optimizer: rmsprop(momentum: 0.5)
  stop: early(3)
}
`;
const calls: Readonly<Record<string, string>> = {
  dense: "dense(3)",
  activation: "activation(mish)",
  dropout: "dropout(0.5)",
  conv1d: "conv1d(3, 2)",
  conv2d: "conv2d(3, [2, 3])",
  depthwise_conv1d: "depthwise_conv1d(2)",
  depthwise_conv2d: "depthwise_conv2d([2, 3])",
  separable_conv1d: "separable_conv1d(3, 2)",
  separable_conv2d: "separable_conv2d(3, 2)",
  conv_transpose1d: "conv_transpose1d(3, 2, strides: 2, output_padding: 1)",
  conv_transpose2d: "conv_transpose2d(3, 2)",
  zero_padding2d: "zero_padding2d([[1, 2], 3])",
  random_translation: "random_translation(0.1, [-0.1, 0.2])",
  random_rotation: "random_rotation(0.1)",
  random_crop: "random_crop(3, 4)",
  simple_rnn: "simple_rnn(3)",
  lstm: "lstm(3)",
  gru: "gru(3, reset_after: false)",
  bidirectional: "bidirectional(lstm(3, go_backwards: true), merge_mode: mul)",
  multi_head_attention: "multi_head_attention(1, key_dim: 3)",
  embedding: "embedding(3)",
  parametric_activation: "parametric_activation(mish)",
  members: "members(2)",
  member_dense: "member_dense(3)",
  group_norm: "group_norm(2)",
  reshape: "reshape([2, 2])",
  permute: "permute([1])",
  repeat_vector: "repeat_vector(2)",
  maxout: "maxout(2)",
  gaussian_noise: "gaussian_noise(0.1)",
  gaussian_dropout: "gaussian_dropout(0.5)",
  alpha_dropout: "alpha_dropout(0.5)",
  spatial_dropout: "spatial_dropout(0.5)",
};
const inputs: Readonly<Record<string, string>> = {
  simple_rnn: "4, 2",
  lstm: "4, 2",
  gru: "4, 2",
  bidirectional: "4, 2",
  masking: "4, 2",
  multi_head_attention: "4, 2",
  sine_position_encoding: "4, 2",
  position_embedding: "4, 2",
  embedding: "4, below: 9",
  member_scale: "2, 4",
  member_dense: "2, 4",
  spatial_dropout: "4, 2",
};
/** What layers with windows take: the last letters of their names tell over how many directions. */
const overWindows = (name: string) =>
  name.endsWith("2d") || name.startsWith("random_") ? "4, 4, 2" : name.endsWith("1d") ? "4, 2" : undefined;
/** A step that needs nothing around it, and one that has an argument of each family. */
const layers = [...catalog.layer.keys()].map((name) => {
  const known = calls[name] ?? name;
  const takesMany = catalog.layer.get(name)?.takes === "many";
  const branches = takesMany ? "parallel { a { relu } b { } } -> " : "";
  const input = inputs[name] ?? overWindows(name) ?? "4";
  return [name, `netwright 1\nmodel {\n  input(${input})\n  ${branches}${known}\n}\n`] as const;
});

const files: readonly (readonly [string, string])[] = [
  ...examples.map((name) => [name, readFileSync(`${folder}${name}`, "utf8")] as const),
  ...[...lessons].map(([, text = ""], i) => [`docs/language.md ${i + 1}`, text] as const),
  ["every kind of step", everything],
  ...["", ", by: station"].map(
    (by) =>
      [
        `a window${by}`,
        `netwright 1\ndata {\n source: "absent.csv"\n target: rain\n features: [rain]\n window { length: 3, order: day${by} }\n}\nmodel {\n flatten\n dense(1)\n}\n`,
      ] as const,
  ),
  ...layers,
];

describe.each(files)("%s", (_, text) => {
  const json: Json = JSON.parse(JSON.stringify(modelOf(text)));

  test("is a model", () => {
    expect([isModel(json), isModel.errors]).toEqual([true, null]);
  });

  test("so it is without places, and can be written as a file", () => {
    const bare: Model = JSON.parse(JSON.stringify(json), (key, value) =>
      /^spans?$/.test(key) ? undefined : value,
    );
    expect([isModel(bare), isModel.errors]).toEqual([true, null]);
    expect(modelOf(resolvedText(bare)).outputs).toEqual(bare.outputs);
  });
});

describe("no model", () => {
  const concrete = readFileSync(`${folder}concrete.net`, "utf8");
  const wrong: readonly (readonly [string, string, Json | undefined])[] = [
    ["name", "a number as name", 3],
    ["nodes", "no flow", undefined],
    ["nodes.0.args.units", "no units", 0],
    ["nodes.0.args.units", "half a unit", 2.5],
    ["nodes.0.args.units", "units that are missing", undefined],
    ["nodes.0.args.unit", "a misspelt parameter", 8],
    ["nodes.0.layer", "an unknown layer", "dence"],
    ["nodes.0.layer", "the arguments of another layer", "dropout"],
    ["nodes.0.type.kind", "an unknown kind of values", "word"],
    ["nodes.0.inputs.0", "the bare name of an input", "x"],
    ["nodes.0.closes", "another thing that it closes", { name: "a", kind: "repeat", parts: ["a"] }],
    ["inputs.0.type.of", "a bound of numbers", 3],
    ["nodes.0.args.activation.name", "an unknown activation", "rely"],
    ["nodes.0.args.activation.family", "another family", "loss"],
    ["nodes.0.args.kernel_regularizer", "a word for an instance", "l2"],
    ["nodes.0.type.shape", "a shape that is a number", 512],
    ["data.target", "a single target", "CompressiveStrength"],
    ["data.target", "no target", []],
    ["data.features", "a word that is not `all`", "some"],
    ["data.missing", "an unknown choice", "ignore"],
    ["data.columns.Age.type", "an unknown type of a column", "date"],
    ["data.split.train", "a share above 1", 70],
    ["train.batch", "an empty batch", 0],
    ["train.seed", "a seed of more than 32 bits", 2 ** 32],
    ["train.optimizer.args.learning_rate", "a step size of 0", 0],
    ["train.optimizer.args.beta_1", "a decay of 1", 1],
    ["train.loss", "no loss", null],
    ["expect.0.metric", "an unknown metric", "accurate"],
    ["expect.0.comparison", "an unknown comparison", "=>"],
    ["extra", "a property too many", 1],
  ];

  test.each(wrong)("%s: %s", (path, _, value) => {
    const json = JSON.parse(JSON.stringify(modelOf(concrete)));
    expect(isModel(json)).toBe(true);
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const holder = keys.reduce((object, key) => object[key], json);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
    expect(isModel(json)).toBe(false);
  });
});

describe("definitions", () => {
  const { $defs = {} } = definitionsSchema();
  const names = new Set(Object.keys({ ...Object($defs) }));

  test("each stands there under its family", () => {
    const all = helpPages().flatMap(({ kind, name }) =>
      kind in catalog.definitions ? [`${kind}.${name}`] : [],
    );
    expect(all.length).toBeGreaterThan(35);
    for (const name of [...all, ...[...catalog.layer.keys()].map((layer) => `layer.${layer}`)]) {
      expect(names).toContain(name);
    }
  });

  test("an instance with all of its arguments is one", () => {
    const adam = { learning_rate: 0.01, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false };
    expect(isDefinition({ family: "optimizer", name: "adam", args: adam })).toBe(true);
    expect(isDefinition({ family: "optimizer", name: "adam", args: { ...adam, beta_1: 2 } })).toBe(false);
    expect(isDefinition({ family: "optimizer", name: "sgd", args: adam })).toBe(false);
  });

  test("every default is a value that its own schema takes", () => {
    let count = 0;
    // By their places in one schema: else what they refer to is compiled again for each.
    const all = new Ajv2020({ strict: true }).addSchema({ $id: "all", $defs });
    const visit = (schema: Json, place: string): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { default: fallback, ...rest } = schema as { readonly [key: string]: Json };
      if (fallback !== undefined && ("type" in rest || "$ref" in rest || "anyOf" in rest || "enum" in rest)) {
        count++;
        expect([schema, all.getSchema(place)?.(fallback)]).toEqual([schema, true]);
      }
      for (const [key, value] of Object.entries(rest)) visit(value, `${place}/${encodeURIComponent(key)}`);
    };
    for (const [name, schema] of Object.entries(Object($defs)))
      visit(schema as Json, `all#/$defs/${encodeURIComponent(name)}`);
    expect(count).toBeGreaterThan(30);
  });

  test("ranges and documentation come along", () => {
    const { "activation.elu": elu, "layer.dropout": dropout } = Object($defs);
    expect(elu).toMatchInlineSnapshot(`
{
  "additionalProperties": false,
  "description": "Exponential linear unit: smooth below 0, saturating at -alpha.
Formula: x where x > 0, alpha * (exp(x) - 1) elsewhere
In a .net file: dense(64, elu(alpha: 0.5))
Source: Clevert, Unterthiner, Hochreiter 2016, "Fast and Accurate Deep Network Learning by Exponential Linear Units"",
  "properties": {
    "args": {
      "additionalProperties": false,
      "properties": {
        "alpha": {
          "default": 1,
          "description": "Scale of the negative part.",
          "minimum": 0,
          "type": "number",
        },
      },
      "required": [
        "alpha",
      ],
      "type": "object",
    },
    "family": {
      "const": "activation",
    },
    "name": {
      "const": "elu",
    },
    "span": {
      "$ref": "#/$defs/span",
    },
  },
  "required": [
    "family",
    "name",
    "args",
  ],
  "type": "object",
}
`);
    expect(dropout.properties.args).toMatchInlineSnapshot(`
{
  "additionalProperties": false,
  "properties": {
    "rate": {
      "anyOf": [
        {
          "exclusiveMaximum": 1,
          "minimum": 0,
          "type": "number",
        },
        {
          "$ref": "#/$defs/schedule",
        },
      ],
      "description": "Share of the inputs set to 0: a number, or a schedule.",
    },
  },
  "required": [
    "rate",
  ],
  "type": "object",
}
`);
  });
});
