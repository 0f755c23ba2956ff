// Several labels in a cell: as a target with a probability for each, and as a feature.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { exportWasm, load, NetwrightError, study, train } from "netwright";

const folder = mkdtempSync(join(tmpdir(), "netwright-labels-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A row may have none of them. */
const rows = Array.from({ length: 160 }, (_, i) => {
  const [x, y] = [((i * 37) % 100) / 50 - 1, ((i * 53) % 90) / 45 - 1];
  const tags = [
    ...(x > 0 ? ["right"] : []),
    ...(y > 0 ? ["high"] : []),
    ...(x > 0 && y > 0 ? ["corner"] : []),
  ];
  return { x, y, tags: tags.join("; ") };
});

interface Parts {
  readonly loss?: string;
  readonly columns?: string;
  readonly expect?: string;
}

const fileOf = ({
  loss = "multi_label_cross_entropy",
  columns = 'tags: labels(separator: ";")',
  expect = "test.subset_accuracy > 0.7 test.f1(micro) > 0.8 test.f1(samples) > 0.5",
}: Parts = {}) => `netwright 1
data points {
  source: "points.csv"
  target: tags
  columns { ${columns} }
  split: { train: 60%, validation: 20%, test: 20% }
}
model { dense(8, tanh) -> dense(outputs) }
train { loss: ${loss}, optimizer: adam(learning_rate: 0.1), epochs: 20, batch: 16 }
expect { ${expect} }
`;

const codesOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
};

describe("a target of labels", () => {
  test("has a probability for each, and those that are likely are predicted, none too", async () => {
    const model = await train(fileOf(), { backend: "jit", data: rows });
    expect(model.expectations.map(({ passed }) => passed)).toEqual([true, true, true]);
    expect(Object.keys(model.metrics.test ?? {}).slice(0, 3)).toEqual([
      "f1",
      "subset_accuracy",
      "hamming_loss",
    ]);
    const predictions = await model.predict([
      { x: 0.9, y: 0.9 },
      { x: -0.9, y: -0.9 },
    ]);
    expect(predictions.map(({ tags }) => tags)).toEqual(["corner;high;right", ""]);
    expect(Object.keys(predictions[0]?.["probabilities"] ?? {})).toEqual(["corner", "high", "right"]);
    const again = load(await model.save(folder), { backend: "reference" });
    const some = rows.slice(0, 20);
    expect(await again.predict(some)).toEqual(await model.predict(some));
    expect(await again.evaluate(some)).toEqual(await model.evaluate(some));
    const { js, wasm } = await exportWasm(model.bundle);
    const { load: open } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    expect((await open(wasm)).predictMany(some)).toEqual(await model.predict(some));
    expect((await codesOf(again.evaluate([{ x: 1, y: 1, tags: "right;left" }])))[0]).toMatch(
      /^NW0658 .*right;left/,
    );
  });

  test("has the same bits on every backend", async () => {
    const [jit, reference] = await Promise.all(
      ["jit", "reference"].map((backend) => train(fileOf(), { backend, data: rows.slice(0, 60), epochs: 4 })),
    );
    expect(reference?.record.hash.weights).toBe(jit?.record.hash.weights);
    expect(reference?.metrics).toEqual(jit?.metrics);
  });

  test("one label may be asked about, and several runs predict together", async () => {
    const file = fileOf({ expect: 'test.recall(class: "corner") > 0.3' });
    const many = await study(file, { backend: "jit", data: rows, seeds: 2 });
    expect(many.runs.every(({ expectations }) => expectations[0]?.passed)).toBe(true);
    const together = await many.predict([{ x: 0.9, y: -0.9 }]);
    expect(together[0]?.["tags"]).toBe("right");
    await many.dispose();
  });

  test("its labels may be stated, in their order", async () => {
    const stated = 'tags: labels(values: ["right", "high", "corner", "left"], separator: ";")';
    const model = await train(fileOf({ columns: stated, expect: "" }), { backend: "jit", data: rows });
    const [prediction] = await model.predict([{ x: 0.9, y: 0.9 }]);
    expect(prediction?.["tags"]).toBe("right;high;corner");
    const few = 'tags: labels(values: ["right", "high"], separator: ";")';
    expect((await codesOf(train(fileOf({ columns: few }), { data: rows })))[0]).toMatch(/^NW0658/);
  });

  test.each([
    [
      "a loss of classes",
      { loss: "cross_entropy", expect: "" },
      /^NW0707 `cross_entropy` is for classes, and `tags` lists/,
    ],
    [
      "a column of one word",
      { columns: "tags: category" },
      /^NW0707 .* is for labels, and `tags` has one word/,
    ],
    ["a loss of numbers", { loss: "mse", expect: "" }, /^NW0707/],
    ["a metric of one class", { expect: "test.accuracy > 0" }, /^NW0706/],
    ["a label that there is not", { expect: 'test.f1(class: "left") > 0' }, /^NW0713/],
    ["a label twice", { columns: 'tags: labels(values: ["a", "a"])' }, /^NW0605/],
  ])("%s is refused", async (_, parts, message) => {
    expect((await codesOf(train(fileOf(parts), { data: rows })))[0]).toMatch(message);
  });
});

test("labels are a feature as well: a number for each", async () => {
  const text = `netwright 1
data points {
  source: "points.csv"
  target: x
  features: tags
  columns { tags: labels(separator: ";") }
}
model { dense(outputs) }
train { loss: mse, optimizer: adam(learning_rate: 0.1), epochs: 20 }
expect { test.r2 > 0.5 }
`;
  const model = await train(text, { backend: "jit", data: rows });
  expect(model.expectations[0]?.passed).toBe(true);
  const [right, none] = await model.predict([{ tags: "right" }, { tags: "" }]);
  expect(right?.["x"]).toBeGreaterThan(Number(none?.["x"]));
});
