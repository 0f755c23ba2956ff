// The concrete example on TensorFlow: it follows the reference, and its weights are everybody's.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { load, train } from "netwright";
import { describeWithLibrary } from "./with-library.ts";

const FILE = "examples/concrete/concrete.net";
const mixtures = [
  {
    Cement: 540,
    BlastFurnaceSlag: 0,
    FlyAsh: 0,
    Water: 162,
    Superplasticizer: 2.5,
    CoarseAggregate: 1040,
    FineAggregate: 676,
    Age: 28,
  },
  {
    Cement: 198.6,
    BlastFurnaceSlag: 132.4,
    FlyAsh: 0,
    Water: 192,
    Superplasticizer: 0,
    CoarseAggregate: 978.4,
    FineAggregate: 825.5,
    Age: 360,
  },
];

function strengths(predictions: readonly Readonly<Record<string, unknown>>[]): number[] {
  return predictions.map(({ CompressiveStrength }) => Number(CompressiveStrength));
}

describeWithLibrary("training the concrete example", () => {
  for (const optimizer of [
    "adam",
    "adamw(learning_rate: 1e-2, weight_decay: 5)",
    "adamw(learning_rate: cosine(1e-2, warmup_steps: 5), weight_decay: 5)",
    "rmsprop(momentum: 0.5)",
    "sgd(learning_rate: exponential_decay(0.02, decay_rate: 0.5), momentum: 0.9)",
    "sgd(momentum: 0.9, nesterov: true)",
    // Other rules than those of TensorFlow's kernels.
    "sgd(weight_decay: 0.1)",
    "adamw(learning_rate: 1e-2, weight_decay: cosine(5))",
    "adam(amsgrad: true)",
    "rmsprop(centered: true)",
    "nadam",
    "lamb",
  ]) {
    test(`with ${optimizer} follows the reference`, async () => {
      const set = { width: 64, "train.optimizer": optimizer };
      const [native, reference] = await Promise.all(
        ["native", "reference"].map((backend) => train(FILE, { backend, set, epochs: 3 })),
      );
      const losses = native?.history.map(({ loss }) => loss) ?? [];
      const expected = reference?.history.map(({ loss }) => loss) ?? [];
      expect(losses).toHaveLength(3);
      for (const [i, loss] of losses.entries()) {
        expect(Math.abs(loss - (expected[i] ?? Number.NaN))).toBeLessThan(1e-3 * (expected[i] ?? 0));
      }
    }, 120_000);
  }

  test("weights go from one backend to another, and predictions agree to 1e-4", async () => {
    const folder = mkdtempSync(join(tmpdir(), "netwright-weights-"));
    const model = await train(FILE, { backend: "native", set: { width: 64 }, epochs: 2 });
    const run = await model.save(folder);
    const own = strengths(await model.predict(mixtures));
    for (const backend of ["native", "wasm", "reference"]) {
      const loaded = strengths(await load(run, { backend }).predict(mixtures));
      for (const [i, strength] of loaded.entries()) {
        expect(Math.abs(strength / (own[i] ?? Number.NaN) - 1)).toBeLessThan(1e-4);
      }
    }
    const other = await train(FILE, { backend: "wasm", set: { width: 64 }, epochs: 2 });
    const saved = await other.save(folder);
    const [there, here] = [
      strengths(await other.predict(mixtures)),
      strengths(await load(saved, { backend: "native" }).predict(mixtures)),
    ];
    for (const [i, strength] of here.entries()) {
      expect(Math.abs(strength / (there[i] ?? Number.NaN) - 1)).toBeLessThan(1e-4);
    }
  }, 120_000);
});
