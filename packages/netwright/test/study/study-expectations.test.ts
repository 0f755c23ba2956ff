// What a file expects, over several seeds: the mean has to meet it.

import { expect, test } from "@jest/globals";
import { study } from "netwright";

const rows = Array.from({ length: 90 }, (_, i) => ({
  x: ((i * 37) % 100) / 50 - 1,
  kind: (i * 53) % 7 < 3 ? "few" : "many",
}));

const fileOf = (expected: string) => `netwright 1
data things { source: "things.csv", target: kind }
model { dense(3, tanh) -> dense(outputs) }
train { loss: cross_entropy, epochs: 2 }
expect { ${expected} }
`;

test("an expectation, of one class too, is held against the mean over the runs", async () => {
  const label = 'recall(class: "few")';
  const found = await study(fileOf(`test.${label} >= 0 test.accuracy > 0.5`), {
    data: rows,
    seeds: 3,
    backend: "jit",
  });
  const recalls = found.runs.map(({ metrics }) => metrics.test?.[label] ?? null);
  expect(found.expectations[0]).toMatchObject({
    text: `test.${label} >= 0`,
    passed: true,
    met: 3,
    values: recalls,
  });
  const { mean } = found.metrics.test?.["accuracy"] ?? { mean: null };
  expect(found.expectations[1]).toMatchObject({ mean, passed: (mean ?? 0) > 0.5 });
  await found.dispose();
  const between = await study(fileOf(`test.accuracy > ${(mean ?? 0) + 1e-6}`), {
    data: rows,
    seeds: 3,
    backend: "jit",
  });
  expect(between.expectations[0]?.passed).toBe(false);
  await between.dispose();
});
