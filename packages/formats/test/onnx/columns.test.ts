// Columns of every kind that is carried, and what comes out, as ONNX Runtime computes them: rows that are to be refused are NaN.

import { describe, expect, test } from "@jest/globals";
import { formats, type PortableModel } from "@netwright/formats";
import { checkExport } from "@netwright/formats/node";
import * as ort from "onnxruntime-web";
import { columns, data, features } from "../any-rows.ts";
import { noise, portable } from "../portable.ts";
import { checked, importing, written } from "./run.ts";

interface Case {
  readonly target?: string;
  readonly loss?: string;
  readonly more?: string;
  readonly flow?: string;
  readonly report?: string;
}

const fileOf = ({
  target = "y",
  loss = "mse",
  more = "",
  flow = "dense(5, tanh) -> dense(outputs)",
  report = "",
}: Case) => `netwright 1
data t { source: "t.csv", target: ${target}, features: [${features}]
  columns {${columns}
    ${more}
  }
}
model { ${flow} }
train { loss: ${loss}, optimizer: adam(0.01), epochs: 3, batch: 32 }
${report}
`;

describe("columns and targets", () => {
  test.each<[string, Case]>([
    ["a number", {}],
    ["a number by its logarithm", { more: "y: number(scale: log1p)" }],
    ["a number that is clipped smoothly", { more: "y: number(scale: smooth_clip)" }],
    ["two numbers, scaled in two ways", { target: "[y, z]", more: "z: number(scale: log1p)" }],
    ["quantiles", { loss: "quantile(levels: [0.1, 0.5, 0.9])" }],
    ["two classes of one number", { target: "two", loss: "binary_cross_entropy" }],
    ["two classes with a threshold", { target: "two", loss: "binary_cross_entropy, threshold: best(f1)" }],
    ["three classes", { target: "three", loss: "cross_entropy" }],
    [
      "three classes with a temperature",
      { target: "three", loss: "cross_entropy", report: "report { calibration: temperature }" },
    ],
    ["margins", { target: "two", loss: "hinge" }],
    ["labels", { target: "tags", loss: "multi_label_cross_entropy", more: "tags: labels" }],
  ])("%s", async (_, one) => {
    const source = fileOf(one);
    const model = await portable(source, data);
    const report = await checked(model);
    expect(report).toMatchObject({ predictions: 40, otherClasses: 0, taken: 0 });
    expect(report.difference).toBeLessThan(1e-5);
    expect(model.samples.refused.length).toBeGreaterThan(5);
  });
});

test("a word as an index, and its embedding", async () => {
  const source = `netwright 1
data t { source: "t.csv", target: y, features: [n, place, word]
  columns { n: number(missing: mean), place: category(encoder: ordinal(unknown: other)), word: category(encoder: ordinal, missing: own_class) }
}
model { parallel { a { input(x) } b { input(place) -> embedding(3) } c { input(word) -> embedding(2) } } -> concat -> dense(6, relu) -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 3, batch: 32 }
`;
  const report = await checked(await portable(source, data));
  expect(report).toMatchObject({ predictions: 40, taken: 0 });
  expect(report.difference).toBeLessThan(1e-5);
});

test("windows: each column has the steps of a window", async () => {
  const series = Array.from({ length: 90 }, (_, i) => ({
    t: i,
    a: noise(i, 3) * 100,
    w: i % 7 < 5 ? "work" : "rest",
    y: noise(i, 5),
  }));
  const model = await portable(
    `netwright 1
data t { source: "t.csv", target: y, window { length: 4, horizon: 1, order: t }
  columns { w: category } }
model { lstm(3) -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 1, batch: 16 }
`,
    series,
  );
  const report = await checked(model);
  expect(report).toMatchObject({ predictions: 40 });
  expect(report.difference).toBeLessThan(1e-5);
});

test("a raw input is the matrix that the network takes, and the prediction is what its link gives", async () => {
  const model = await portable(fileOf({ target: "three", loss: "cross_entropy" }), data);
  const [file] = await written(model, { rawInput: true });
  const session = await ort.InferenceSession.create(file?.content ?? new Uint8Array());
  const x = Float32Array.from(model.samples.inputs.get("x") ?? []);
  const { prediction } = await session.run({ x: new ort.Tensor("float32", x, [40, x.length / 40]) });
  expect(session.inputNames).toEqual(["x"]);
  const files = file === undefined ? [] : [file];
  const check = await checkExport("onnx", { files, options: { rawInput: true } }, model, importing);
  expect(check).toMatchObject({ kind: "checked", otherClasses: 0, taken: 0 });
  const given = Array.from(prediction?.data ?? [], Number);
  expect(given).toHaveLength(model.samples.given.length);
  for (const [i, share] of model.samples.given.entries()) expect(given[i]).toBeCloseTo(share, 5);
});

test("a raw input is held to the model as well, numbers in original units and indices too", async () => {
  const embedded = `netwright 1
data t { source: "t.csv", target: y, features: [long, place]
  columns { place: category(encoder: ordinal), y: number(scale: log1p) }
}
model { parallel { a { input(x) } b { input(place) -> embedding(3) } } -> concat -> dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 1, batch: 32 }
`;
  const report = await checked(await portable(embedded, data), { rawInput: true });
  expect(report).toMatchObject({ predictions: 40, taken: 0 });
  expect(report.difference).toBeLessThan(1e-5);
});

test("inputs have the names of columns, and labels are words", async () => {
  const model = await portable(fileOf({ target: "three", loss: "cross_entropy" }), data);
  const [file] = await written(model);
  const session = await ort.InferenceSession.create(file?.content ?? new Uint8Array());
  expect(session.inputNames).toEqual(features.split(", "));
  expect(session.outputNames).toEqual(["three", "probabilities"]);
  const feeds = (rows: PortableModel["samples"]["rows"]) =>
    Object.fromEntries(
      model.columns.map(({ kind, name }) => {
        const cells = rows.map(({ values }) => values[name] ?? null);
        const size = [rows.length, 1];
        return [
          name,
          kind === "words"
            ? new ort.Tensor(
                "string",
                cells.map((cell) => String(cell ?? "")),
                size,
              )
            : new ort.Tensor(
                "float64",
                Float64Array.from(cells, (cell) => Number(cell ?? Number.NaN)),
                size,
              ),
        ];
      }),
    );
  const { three } = await session.run(feeds(model.samples.rows));
  expect(Array.from(three?.data ?? [], String)).toEqual(
    model.samples.answers.map((answer) => answer["three"]),
  );
  const refused = await session.run(feeds(model.samples.refused));
  expect(new Set(Array.from(refused["three"]?.data ?? [], String))).toEqual(new Set([""]));
});

describe("what is refused is named, all of it", () => {
  test.each<[string, string, string]>([
    ["dense(2)", "gaussian_nll", "The loss `gaussian_nll`"],
    ["reshape([4, 1]) -> masking -> lstm(2) -> dense(1)", "mse", "Layer `masking_1`"],
    ["reshape([4, 1]) -> lstm(2, gelu) -> dense(1)", "mse", "Layer `lstm_1`"],
    [
      "reshape([4, 1]) -> bidirectional(lstm(2, go_backwards: true)) -> dense(1)",
      "mse",
      "Layer `bidirectional_1`",
    ],
  ])("%s, %s", async (flow, loss, what) => {
    const rows = data.map(({ long, wide, wave, clip, y }) => ({ long, wide, wave, clip, y }));
    const source = `netwright 1
data t { source: "t.csv", target: y }
model { ${flow} }
train { loss: ${loss}, optimizer: adam(0.01), epochs: 1, batch: 32 }
`;
    const write = await formats.onnx.load();
    const result = await write(await portable(source, rows), {});
    if (!("refused" in result)) throw new Error("it is written");
    expect(result.refused.map((one) => one.what)).toContain(what);
  });

  test("a column that no host can compute", async () => {
    const rows = data.map(({ n, y }, i) => ({
      n,
      y,
      note: `flat ${i % 5} ${i % 3 === 0 ? "sunny" : "dark"}`,
      rank: noise(i, 29),
    }));
    const model = await portable(
      `netwright 1
data t { source: "t.csv", target: y
  columns { n: number(missing: mean), note: text(bag_of_words), rank: number(scale: quantile) }
}
model { dense(1) }
train { loss: mse, optimizer: adam(0.01), epochs: 1, batch: 32 }
`,
      rows,
    );
    const write = await formats.onnx.load();
    expect(await write(model, {})).toEqual({
      refused: [
        {
          of: "column",
          what: "Column `note`",
          why: "is encoded by `bag_of_words`, which the format cannot compute",
        },
        {
          of: "column",
          what: "Column `rank`",
          why: "becomes a share of the training rows, which the format cannot compute",
        },
      ],
    });
    expect(await write(model, { rawInput: true })).toMatchObject({ files: [{ name: "model.onnx" }] });
  });
});
