// A schedule of the learning rate is held against how long training lasts, which only the table can tell.

import { expect, test } from "@jest/globals";
import type { Override } from "@netwright/lang";
import { memoryFiles, openProject } from "netwright";

const csv = ["a,y", ...Array.from({ length: 100 }, (_, i) => `${(i * 37) % 50},${(i * 7) % 13}`)].join("\n");

/** 60 rows to train on in batches of 10: 6 batches in an epoch. */
function warningsOf(train: string, overrides: readonly Override[] = []): string[] {
  const text = `netwright 1
data d { source: "d.csv", target: y, split: { train: 60%, validation: 20%, test: 20% } }
model { dense(outputs) }
train { loss: mse, batch: 10, epochs: 5, ${train} }
`;
  const { diagnostics, prepared } = openProject(
    { file: "d.net", text },
    { files: memoryFiles(new Map([["d.csv", csv]])), overrides },
  );
  expect(prepared).toBeDefined();
  return diagnostics.map(
    ({ code, message, span }) => `${code} ${message} at ${text.slice(span?.start, span?.end)}`,
  );
}

test.each([
  ["cosine(1e-3, warmup_steps: 31)", "", "the rise of the learning rate takes 31 updates"],
  ["cosine(1e-3, warmup_steps: 16)", "accumulate: 2", "the rise of the learning rate takes 16 updates"],
  ["cosine(1e-3, warmup_steps: 20, decay_steps: 11)", "", "the fall of the learning rate takes 31 updates"],
  [
    "exponential_decay(1e-3, decay_rate: 0.5, decay_steps: 40, staircase: true)",
    "",
    "the first step down of the learning rate takes 40 updates",
  ],
])("%s %s is longer than training", (schedule, more, message) => {
  const [found, ...others] = warningsOf(`optimizer: sgd(learning_rate: ${schedule}), ${more}`);
  expect(others).toEqual([]);
  const updates = more === "" ? 30 : 15;
  expect(found).toBe(`NW0718 ${message}, and training has ${updates} updates at ${schedule}`);
});

test("so is that of a weight decay, which says so", () => {
  const schedule = "cosine(1e-2, warmup_steps: 31)";
  expect(warningsOf(`optimizer: adamw(weight_decay: ${schedule})`)).toEqual([
    `NW0718 the rise of \`weight_decay\` of \`adamw\` takes 31 updates, and training has 30 updates at ${schedule}`,
  ]);
});

test("one that is around another is looked through, and what is inside begins later", () => {
  const inner = "cosine(1e-3, warmup_steps: 21)";
  const message = "NW0718 the rise of the learning rate takes 31 updates, and training has 30 updates";
  expect(warningsOf(`optimizer: sgd(learning_rate: warmup(${inner}, warmup_steps: 10))`)).toEqual([
    `${message} at ${inner}`,
  ]);
  expect(warningsOf(`optimizer: sgd(learning_rate: warmup(${inner}, warmup_steps: 9))`)).toEqual([]);
});

test.each([
  "cosine(1e-3)",
  "cosine(1e-3, warmup_steps: 30)",
  "cosine(1e-3, warmup_steps: 10, decay_steps: 20)",
  "exponential_decay(1e-3, decay_rate: 0.5, decay_steps: 40)",
  "exponential_decay(1e-3, decay_rate: 0.5, staircase: true)",
])("%s ends with training, or has no end", (schedule) => {
  expect(warningsOf(`optimizer: sgd(learning_rate: ${schedule})`)).toEqual([]);
});

test("a trial of few epochs is no mistake of the file", () => {
  const overrides = [{ path: "train.epochs", value: "1" }];
  expect(warningsOf("optimizer: sgd(learning_rate: cosine(1e-3, warmup_steps: 12))", overrides)).toEqual([]);
});
