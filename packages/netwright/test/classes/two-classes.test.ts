// Two classes: one number a row, the threshold between them, and what every user of a run makes of it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { load, memoryFiles, NetwrightError, openProject, study, train } from "netwright";

const rows = Array.from({ length: 160 }, (_, i) => {
  const [age, income] = [20 + ((i * 37) % 50), 10 + ((i * 53) % 90)];
  return { age, income, buys: age + income / 2 + ((i * 29) % 21) > 88 ? "yes" : "no" };
});

interface Parts {
  readonly loss?: string;
  readonly threshold?: string;
  readonly expect?: string;
  readonly data?: string;
}

const textOf = ({
  loss = "binary_cross_entropy",
  threshold = "none",
  expect = "",
  data = "",
}: Parts) => `netwright 1
data bank {
  source: "bank.csv"
  target: buys
  split: stratified(train: 50%, validation: 25%, test: 25%)
  ${data}
}
model {
  dense(6, tanh)
  dense(outputs)
}
train {
  loss: ${loss}
  optimizer: adam(learning_rate: 0.03)
  epochs: 12
  threshold: ${threshold}
}
expect {
  ${expect}
}
`;

const trained = (parts: Parts) => train(textOf(parts), { backend: "jit", data: rows });

const folder = mkdtempSync(join(tmpdir(), "netwright-two-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sharesIn = (prediction: { readonly [name: string]: unknown } | undefined): Record<string, number> => {
  const shares = prediction?.["probabilities"];
  if (typeof shares !== "object" || shares === null) throw new Error("no probabilities");
  return { ...shares };
};

const codesOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof NetwrightError)) throw new Error("nothing was refused");
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
};

test("one number a row is enough, and both classes have a probability", async () => {
  const model = await trained({ expect: "test.accuracy > 0.8" });
  const { nodes } = openProject(
    { file: "bank.net", text: textOf({}) },
    { files: memoryFiles(new Map()), data: rows },
  ).model ?? { nodes: [] };
  expect(nodes.at(-1)?.args["units"]).toBe(1);
  expect(model.expectations[0]?.passed).toBe(true);
  expect(model.record).not.toHaveProperty("threshold");
  const predictions = await model.predict(rows);
  for (const prediction of predictions) {
    const { no = 0, yes = 0, ...others } = sharesIn(prediction);
    expect(others).toEqual({});
    expect(no + yes).toBeCloseTo(1, 6);
    expect(prediction["buys"]).toBe(yes > no ? "yes" : "no");
  }
});

test("every backend has the same bits", async () => {
  const [jit, reference] = await Promise.all(
    ["jit", "reference"].map((backend) =>
      train(textOf({ threshold: "best(f1)" }), { backend, data: rows, epochs: 3 }),
    ),
  );
  expect(reference?.record.hash.weights).toBe(jit?.record.hash.weights);
  expect(reference?.record.threshold).toBe(jit?.record.threshold);
  expect(reference?.metrics).toEqual(jit?.metrics);
});

describe.each(["binary_cross_entropy", "cross_entropy"])("a threshold with %s", (loss) => {
  test("that is stated decides what is predicted, also by the saved run", async () => {
    const model = await trained({ loss, threshold: "0.9", expect: 'test.recall(class: "yes") >= 0' });
    const free = await trained({ loss, expect: 'test.recall(class: "yes") >= 0' });
    expect(model.record.threshold).toBe(0.9);
    expect(model.record.hash.weights).toBe(free.record.hash.weights);
    const again = load(await model.save(folder), { backend: "reference" });
    for (const used of [model, again]) {
      for (const prediction of await used.predict(rows)) {
        expect(prediction["buys"]).toBe((sharesIn(prediction)["yes"] ?? 0) >= 0.9 ? "yes" : "no");
      }
    }
    expect(await again.evaluate(rows.slice(0, 30))).toEqual(await model.evaluate(rows.slice(0, 30)));
    const [strict, loose] = [await model.evaluate(rows), await free.evaluate(rows)];
    expect(strict['recall(class: "yes")']).toBeLessThan(loose['recall(class: "yes")'] ?? 0);
    // It says nothing about probabilities.
    expect(strict["log_loss"]).toBe(loose["log_loss"]);
  });

  test("that is chosen is the best on the validation rows", async () => {
    const metric = 'f1(class: "yes")';
    const expected = `validation.${metric} >= 0`;
    const best = await trained({ loss, threshold: "best(f1)", expect: expected });
    const value = best.metrics.validation?.[metric] ?? 0;
    for (const threshold of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const other = await trained({ loss, threshold: String(threshold), expect: expected });
      expect(other.metrics.validation?.[metric]).toBeLessThanOrEqual(value);
    }
  });

  test("that costs decide moves with them", async () => {
    const misses = await trained({ loss, threshold: "cost(fn: 20, fp: 1)" });
    const alarms = await trained({ loss, threshold: "cost(fn: 1, fp: 20)" });
    expect(misses.record.threshold).toBeLessThan(alarms.record.threshold ?? 0);
  });
});

test("several runs predict together by the mean of their thresholds", async () => {
  const many = await study(textOf({ threshold: "0.95" }), { backend: "jit", data: rows, seeds: 2 });
  for (const prediction of await many.predict(rows.slice(0, 40))) {
    expect(prediction["buys"]).toBe((sharesIn(prediction)["yes"] ?? 0) >= 0.95 ? "yes" : "no");
  }
  await many.dispose();
});

describe("what is refused", () => {
  test.each([
    ["a third class", {}, /^NW0714 `binary_cross_entropy` is for 2 classes, and the target has 3$/],
    [
      "a threshold among three classes",
      { loss: "cross_entropy", threshold: "0.4" },
      /^NW0714 `threshold` lies between two classes, and the target has 3 classes$/,
    ],
  ])("%s", async (_, parts, message) => {
    const more = [...rows, ...Array.from({ length: 12 }, (_, i) => ({ age: i, income: i, buys: "perhaps" }))];
    const codes = await codesOf(train(textOf(parts), { data: more }));
    expect(codes[0]).toMatch(message);
  });

  test.each([
    [
      "a threshold among numbers",
      { loss: "mse", threshold: "0.4", data: "columns { buys: number }" },
      /^NW0714 `threshold` lies between two classes, and `mse` is for none$/,
    ],
    [
      "a rule without rows to choose by",
      { threshold: "best(f1)", data: "" },
      /^NW0704 `threshold` is chosen on the validation rows/,
    ],
    ["a threshold that is no probability", { threshold: "1.5" }, /^NW0304/],
    ["a rule that there is not", { threshold: "youden" }, /^NW0206/],
  ])("%s", async (_, parts, message) => {
    const text = textOf(parts).replace(
      "validation: 25%, test: 25%",
      "data" in parts && parts.data === "" ? "validation: 0%, test: 50%" : "validation: 25%, test: 25%",
    );
    expect((await codesOf(train(text, { data: rows })))[0]).toMatch(message);
  });
});
