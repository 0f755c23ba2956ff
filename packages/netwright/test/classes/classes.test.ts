// Words in and words out: a column of words as a feature, one as the target, from training to a prediction.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  exportWasm,
  load,
  memoryFiles,
  NetwrightError,
  openProject,
  type SavableModel,
  train,
} from "netwright";

const SOURCE = `netwright 1

data fruit {
  source: "fruit.csv"
  target: fruit
  columns {
    colour: category
    size: number(unit: "cm", min: 0)
  }
  split: { train: 60%, validation: 20%, test: 20%, seed: 2 }
}

model {
  dense(features * 4, tanh)
  dense(outputs)
}

train {
  loss: cross_entropy
  optimizer: adam(learning_rate: 0.05)
  batch: 16
  epochs: 40
  seed: 1
}

expect {
  test.accuracy > 0.9
}
`;

const COLOURS = ["green", "red", "yellow"] as const;

/** The fruit follows from colour and size together. */
function fruitOf(colour: string, size: number): string {
  if (colour === "yellow") return size > 6 ? "banana" : "lemon";
  return size > 6 ? "apple" : colour === "red" ? "cherry" : "lime";
}

const rows = Array.from({ length: 150 }, (_, i) => {
  const colour = COLOURS[i % 3] ?? "red";
  const size = 2 + ((i * 7) % 83) / 10;
  return { colour, size, fruit: fruitOf(colour, size) };
});
const csv = ["colour,size,fruit", ...rows.map((row) => Object.values(row).join())].join("\n");
const FRUITS = ["apple", "banana", "cherry", "lemon", "lime"];

let folder = "";
let model: SavableModel;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "netwright-classes-"));
  model = await train(SOURCE, { backend: "jit", data: csv });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the network is as wide as the words need it", () => {
  const { model: resolved } = openProject(
    { file: "fruit.net", text: SOURCE },
    { files: memoryFiles(new Map([["fruit.csv", csv]])) },
  );
  expect(resolved?.nodes.map((node) => "args" in node && node.args["units"])).toEqual([16, 5]);
});

test("training learns the classes, and the expectation is held against them", () => {
  expect(model.expectations).toEqual([
    { text: "test.accuracy > 0.9", value: model.metrics.test?.["accuracy"], passed: true },
  ]);
  expect(Object.keys(model.metrics.test ?? {})).toEqual(["accuracy", "balanced_accuracy", "f1", "log_loss"]);
});

test("the reference backend has the same bits", async () => {
  const reference = await train(SOURCE, { backend: "reference", data: csv });
  expect(reference.record.hash.weights).toBe(model.record.hash.weights);
  expect(reference.metrics).toEqual(model.metrics);
});

test("a prediction is the word, and the share of each class", async () => {
  const inputs = rows.map(({ colour, size }) => ({ colour, size }));
  const predictions = await model.predict(inputs);
  const right = predictions.filter(({ fruit }, i) => fruit === rows[i]?.fruit);
  expect(right.length / rows.length).toBeGreaterThan(0.9);
  const [first] = predictions;
  expect(Object.keys(first ?? {})).toEqual(["fruit", "probabilities"]);
  const shares = first?.["probabilities"];
  if (typeof shares !== "object") throw new Error("no probabilities");
  expect(Object.keys(shares)).toEqual(FRUITS);
  expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  const [likeliest] = Object.entries(shares).sort(([, a], [, b]) => b - a);
  expect(likeliest?.[0]).toBe(first?.["fruit"]);
});

test("an exported run predicts the same", async () => {
  const { js, wasm } = await exportWasm(model.bundle);
  const { load: open } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  const inputs = rows.slice(0, 40);
  expect((await open(wasm)).predictMany(inputs)).toEqual(await model.predict(inputs));
});

test("a saved run is loaded, predicts and evaluates the same", async () => {
  const again = load(await model.save(folder), { backend: "reference" });
  const inputs = rows.slice(0, 40);
  expect(await again.predict(inputs)).toEqual(await model.predict(inputs));
  expect(await again.evaluate(csv)).toEqual(await model.evaluate(csv));
  expect((await again.evaluate(csv))["accuracy"]).toBeGreaterThan(0.9);
});

describe("what is refused", () => {
  const refusal = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
    return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
  };

  test("a word that training has not seen", async () => {
    expect(
      await refusal(
        model.predict([
          { colour: "red", size: 3 },
          { colour: "blue", size: 3 },
        ]),
      ),
    ).toEqual([
      "NW0658 In row 2 of `input`, column `colour` is `blue`, a word that none of the training rows has.",
    ]);
  });

  test("a class that training has not seen", async () => {
    const [message] = await refusal(model.evaluate([{ colour: "red", size: 3, fruit: "plum" }]));
    expect(message).toMatch(/^NW0658 .*`fruit` is `plum`/);
  });

  test.each([
    ["a loss of numbers", SOURCE.replace("cross_entropy", "mse").replace(/expect {[^}]*}/, ""), "NW0630"],
    [
      "numbers that are described, and a loss of classes",
      SOURCE.replace("target: fruit", "target: size"),
      "NW0707",
    ],
    [
      "a category, and a loss of numbers",
      SOURCE.replace("colour: category", "colour: category\nfruit: category")
        .replace("cross_entropy", "mse")
        .replace(/expect {[^}]*}/, ""),
      "NW0707",
    ],
    ["two targets of classes", SOURCE.replace("target: fruit", "target: [fruit, colour]"), "NW0707"],
    ["an encoder of words for numbers", SOURCE.replace('unit: "cm"', "scale: one_hot"), "NW0648"],
  ])("%s", async (_, source, code) => {
    const found = await refusal(train(source, { backend: "reference", data: csv }));
    expect(found.map((text) => text.slice(0, 6))).toContain(code);
  });
});

describe("without reading the table", () => {
  const stated = SOURCE.replace(
    "colour: category",
    'colour: category(values: ["red", "green", "yellow"])',
  ).replace("size: number", `fruit: category(values: ${JSON.stringify(FRUITS)})\n    size: number`);

  test("the words that the file states say how wide the network is", () => {
    const { model: resolved, diagnostics } = openProject(
      { file: "fruit.net", text: stated },
      { files: memoryFiles(new Map([["fruit.csv", "colour,size,fruit\n"]])) },
    );
    // The table has no rows, and yet all shapes are known.
    expect(diagnostics.map(({ code }) => code)).toEqual(["NW0621"]);
    expect(resolved?.nodes.map((node) => "args" in node && node.args["units"])).toEqual([16, 5]);
  });

  test("they decide the order of the classes", async () => {
    const ordered = stated.replace('["apple",', '["nothing","apple",');
    const trained = await train(ordered, { backend: "reference", data: csv, epochs: 1 });
    const prediction = await trained.predict({ colour: "red", size: 3 });
    const shares = prediction["probabilities"];
    expect(Object.keys(typeof shares === "object" ? shares : {})).toEqual(["nothing", ...FRUITS]);
  });
});

test("files of words are found, too", async () => {
  writeFileSync(join(folder, "fruit.csv"), csv);
  writeFileSync(join(folder, "fruit.net"), SOURCE);
  const trained = await train(join(folder, "fruit.net"), { backend: "jit", epochs: 2 });
  expect(trained.record.splits.train?.rows).toBe(90);
});

describe("what a model of classes has to beat", () => {
  test("is the most frequent class of the training rows, for every row", async () => {
    const { metrics, baseline, bundle } = model;
    const [target] = bundle.model.encoders?.target ?? [];
    const counts = target?.kind === "words" ? (target.seen?.counts ?? []) : [];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(90);
    expect(baseline.train?.["accuracy"]).toBeCloseTo(Math.max(...counts) / 90, 12);
    expect(metrics.test?.["accuracy"]).toBeGreaterThan(baseline.test?.["accuracy"] ?? 1);
  });

  test("counts the shares of all classes where a metric looks at more than one", async () => {
    const source = SOURCE.replace("test.accuracy > 0.9", "test.accuracy(top: 5) > 0.9");
    const trained = await train(source, { backend: "jit", data: csv, epochs: 1 });
    expect(trained.baseline.test).toMatchObject({ "accuracy(top: 5)": 1 });
    expect(trained.baseline.test?.["accuracy"]).toBeLessThan(1);
    trained.dispose();
  });

  test("is named by a warning where the model is worse", async () => {
    const trained = await train(SOURCE, {
      backend: "jit",
      data: csv,
      epochs: 1,
      set: { "train.optimizer": "sgd(1e-9)" },
    });
    const warning = trained.warnings.find(({ code }) => code === "NW0842");
    expect(warning?.message).toMatch(
      /^on the test rows the model is worse than predicting the most frequent class: Accuracy [\d.]+%, of that class [\d.]+%$/,
    );
    expect(warning?.notes[0]).toMatch(/^That class is `[a-z]+`: the most frequent among the training rows/);
    trained.dispose();
  });
});

describe("an expectation about classes", () => {
  const expecting = (line: string) => SOURCE.replace("test.accuracy > 0.9", line);
  const check = (line: string) =>
    openProject(
      { file: "fruit.net", text: expecting(line) },
      { files: memoryFiles(new Map([["fruit.csv", csv]])) },
    ).diagnostics.filter(({ severity }) => severity === "error");

  test.each([
    [
      'test.recall(class: "Apple") > 0.5',
      /no class `Apple`: there are `apple`, `banana`.*\. Did you mean `apple`\?$/,
    ],
    ['test.f1(class: "") > 0.5', /no class ``: [^?]*$/],
    ["test.accuracy(top: 9) > 0.5", /There are 5 classes, and the 9 most likely/],
    ['test.roc_auc(class: "kiwi") > 0.5', /no class `kiwi`: [^?]*$/],
  ])("%s is refused at its line", (line, note) => {
    const [problem, ...others] = check(line);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "NW0713", notes: [expect.stringMatching(note)] });
    expect(expecting(line).slice(problem?.span?.start, problem?.span?.end)).toContain(line.split(" > ")[0]);
  });

  test("is measured beside what is shown always, under its own name", async () => {
    const lines = ['test.recall(class: "apple") > 0', "test.f1(weighted) > 0", "test.roc_auc > 0"].join(
      "\n  ",
    );
    const trained = await train(expecting(lines), { backend: "jit", data: csv, epochs: 20 });
    expect(Object.keys(trained.metrics.test ?? {})).toEqual([
      "accuracy",
      "balanced_accuracy",
      "f1",
      "log_loss",
      'recall(class: "apple")',
      "f1(average: weighted)",
      "roc_auc",
    ]);
    expect(trained.expectations.map(({ passed }) => passed)).toEqual([true, true, true]);
    trained.dispose();
  });
});

test("a missing word is a word of its own, in the width that the file states and in a prediction", async () => {
  const source = SOURCE.replace(
    "colour: category",
    'colour: category(values: ["green", "red", "yellow"], missing: own_class)',
  );
  const gaps = csv.replaceAll(/^red(?=,3)/gm, "");
  const { model: resolved, diagnostics } = openProject(
    { file: "fruit.net", text: source },
    { files: memoryFiles(new Map([["fruit.csv", gaps]])) },
  );
  expect(diagnostics).toEqual([]);
  expect(resolved?.inputs[0]?.type.shape).toEqual([5]);
  const trained = await train(source, { backend: "jit", data: gaps, epochs: 20 });
  const [missing, red] = await trained.predict([
    { colour: "", size: 3.1 },
    { colour: "red", size: 3.1 },
  ]);
  expect(missing?.["probabilities"]).not.toEqual(red?.["probabilities"]);
  trained.dispose();
});
