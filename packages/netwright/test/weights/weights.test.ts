// What rows count: by a column, and so that classes count alike. From the file to the loss, metrics and a saved run.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { analyze } from "@netwright/lang";
import { load, NetwrightError, train } from "netwright";
import { catalog } from "../../src/catalog/catalog.ts";

/** Half of the rows say y = x, the others y = -x. */
const rows = Array.from({ length: 80 }, (_, i) => {
  const x = (i % 10) - 4.5;
  const isUp = Math.floor(i / 10) % 2 === 0;
  return { x, y: isUp ? x : -x, w: isUp ? 1 : 0 };
});

const fileOf = (weight: string, more = "") => `netwright 1
data lines {
  source: "lines.csv"
  target: y
  features: x
  weight: ${weight}
  split: { train: 60%, validation: 20%, test: 20%, seed: 3 }
}
model { dense(outputs) }
train { loss: mse, optimizer: adam(learning_rate: 0.05), epochs: 40, batch: 16 ${more} }
expect { test.max_error >= 0 }
`;

const folder = mkdtempSync(join(tmpdir(), "netwright-weights-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const codesOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
};

describe("a column of weights", () => {
  test("rows of weight 0 teach nothing and are not measured", async () => {
    const model = await train(fileOf("w"), { backend: "jit", data: rows });
    const [prediction] = await model.predict([{ x: 3 }]);
    expect(prediction?.["y"]).toBeGreaterThan(2.5);
    for (const split of ["train", "validation", "test"] as const) {
      expect(model.metrics[split]?.["mae"]).toBeLessThan(0.3);
      // Of all rows, whatever they weigh.
      expect(model.metrics[split]?.["max_error"]).toBeGreaterThan(3);
    }
    expect(model.history.at(-1)?.validation_loss).toBeLessThan(0.02);
    const again = load(await model.save(folder), { backend: "reference" });
    expect(await again.evaluate(rows)).toEqual(await model.evaluate(rows));
    expect((await again.evaluate(rows))["mae"]).toBeLessThan(0.3);
    expect(await codesOf(again.evaluate([{ x: 1, y: 1 }]))).toEqual([
      "NW0650 `input` has no column `w`, which says what each row counts.",
    ]);
  });

  test("training and metrics depend on what rows count beside one another, and on nothing else", async () => {
    const scaled = rows.map((row) => ({ ...row, w: 64 * row.w }));
    const [one, other] = [
      await train(fileOf("w"), { backend: "jit", data: rows }),
      await train(fileOf("w"), { backend: "jit", data: scaled }),
    ];
    expect(other.record.hash.weights).toBe(one.record.hash.weights);
    const alike = await train(fileOf("w"), { backend: "jit", data: rows.map((row) => ({ ...row, w: 4 })) });
    const none = await train(fileOf("none"), { backend: "jit", data: rows });
    expect(alike.record.hash.weights).toBe(none.record.hash.weights);
    expect(alike.metrics).toEqual(none.metrics);
  });

  test("every backend has the same bits, several batches of an update too", async () => {
    const weighed = rows.map((row, i) => ({ ...row, w: 1 + (i % 3) }));
    const [jit, reference] = await Promise.all(
      ["jit", "reference"].map((backend) => train(fileOf("w", "accumulate: 2"), { backend, data: weighed })),
    );
    expect(reference?.record.hash.weights).toBe(jit?.record.hash.weights);
    expect(reference?.metrics).toEqual(jit?.metrics);
  });

  test("it is no feature, with `features: all` neither", async () => {
    const model = await train(fileOf("w").replace("features: x", ""), { backend: "jit", data: rows });
    expect(model.bundle.model.encoders?.features.map(({ name }) => name)).toEqual(["x"]);
    expect(await model.predict({ x: 1 })).toHaveProperty("y");
  });

  test.each([
    ["a negative one", { w: -1 }, /^NW0633 .*`w` is -1, below the minimum of 0/],
    ["a missing one", { w: "" }, /^NW0631 .*`w` has no value/],
    ["a text", { w: "much" }, /^NW0630 .*`w` has the text/],
  ])("%s is refused", async (_, change, message) => {
    const wrong = rows.map((row, i) => (i === 4 ? { ...row, ...change } : row));
    expect((await codesOf(train(fileOf("w"), { data: wrong })))[0]).toMatch(message);
  });

  test("and a split in which nothing counts", async () => {
    const nothing = rows.map((row) => ({ ...row, w: 0 }));
    const codes = await codesOf(train(fileOf("w"), { data: nothing }));
    expect(codes).toContain("NW0662 Column `w` weights all rows of `test` with 0.");
  });

  test.each([
    ["features: [x, w]", "weight: w", "NW0602"],
    ["features: x", "weight: y", "NW0602"],
    ["features: x", "weight: v", "NW0601"],
    ["features: x", "weight: 3", "NW0303"],
    ["features: x", "weight: [x, w]", "NW0303"],
    ["features: x", "weight: balanced", "NW0715"],
  ])("%s, %s is %s", (features, weight, code) => {
    const text = fileOf("w").replace("features: x", features).replace("weight: w", weight);
    const host = { readFile: () => ({ reason: "none" }), columns: () => ["x", "y", "w"] };
    const { diagnostics } = analyze({ file: "a.net", text }, { catalog, host });
    expect(diagnostics.filter(({ severity }) => severity === "error").map((one) => one.code)).toEqual([code]);
  });
});

describe("classes that count alike", () => {
  // Nine of ten are common, and rare ones lie among them.
  const people = Array.from({ length: 300 }, (_, i) => ({
    x: (i * 37) % 100,
    kind: i % 10 === 0 ? "rare" : "common",
  }));
  const near = people.map((row, i) =>
    row.kind === "rare" ? { ...row, x: 60 + (row.x % 40) + i / 1000 } : row,
  );
  const file = (loss: string, weight: string) => `netwright 1
data people {
  source: "people.csv"
  target: kind
  weight: ${weight}
  split: stratified(train: 60%, validation: 20%, test: 20%)
}
model { dense(4, tanh) -> dense(outputs) }
train { loss: ${loss}, optimizer: adam(learning_rate: 0.05), epochs: 30 }
expect { test.recall(class: "rare") >= 0 }
`;

  test.each(["cross_entropy", "binary_cross_entropy", "focal"])("find rare ones with %s", async (loss) => {
    const found = async (weight: string) => {
      const model = await train(file(loss, weight), { backend: "jit", data: near });
      return model.metrics.test?.['recall(class: "rare")'] ?? 0;
    };
    expect(await found("balanced")).toBeGreaterThan(0.9);
    expect(await found("none")).toBeLessThan(0.4);
  });

  test("are balanced again where the run is loaded, and its metrics are those of the rows", async () => {
    const model = await train(file("cross_entropy", "balanced"), { backend: "jit", data: near });
    const again = load(await model.save(folder), { backend: "reference" });
    expect(await again.evaluate(near)).toEqual(await model.evaluate(near));
    expect((await again.evaluate(near))["accuracy"]).toBeLessThan(0.9);
  });
});
