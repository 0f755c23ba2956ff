// The stages of an update through the public API: a run with all of them is saved, loaded, resumed and exported.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { exportWasm, load, train } from "netwright";
import { csv, source } from "./support.ts";

const set = {
  "train.optimizer": "adamw(learning_rate: cosine(0.05, warmup_steps: 3))",
  "train.accumulate": 3,
  "train.clip_norm": 1,
  "train.clip_norm_each": 0.7,
  "train.clip_value": 0.5,
  "train.weight_average": 0.8,
  "train.learning_rate_factors.bias": 0.5,
  "train.weight_decay_factors.bias": 0,
  "train.freeze": "[dense_1]",
  "train.epochs": 8,
};
const options = { backend: "reference", data: csv, set } as const;
const input = { a: 1.5, b: -2 };

const folder = mkdtempSync(join(tmpdir(), "netwright-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a run with all stages is the same when loaded and exported, and jit gives its bits", async () => {
  const model = await train(source, options);
  expect(model.status).toBe("completed");
  const losses = model.history.map(({ validation_loss }) => validation_loss ?? Number.NaN);
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  const prediction = await model.predict(input);
  const directory = await model.save(folder);
  expect(await load(directory, { backend: "reference" }).predict(input)).toEqual(prediction);

  const { name, wasm, js } = await exportWasm(model.bundle);
  writeFileSync(join(folder, `${name}.wasm`), wasm);
  writeFileSync(join(folder, "exported.mjs"), js);
  const exported = await import(pathToFileURL(join(folder, "exported.mjs")).href);
  expect((await exported.load()).predict(input)).toEqual(prediction);

  const jit = await train(source, { ...options, backend: "jit" });
  expect(jit.record.hash.weights).toBe(model.record.hash.weights);
  // The frozen layer is as it began, and the average is not the weight.
  const weights = (layer: string) => model.bundle.model.weights.get(layer)?.data;
  const other = await train(source, { ...options, set: { ...set, "train.epochs": 1 } });
  expect(weights("dense_1.kernel")).toEqual(other.bundle.model.weights.get("dense_1.kernel")?.data);
  expect(weights("dense_2.kernel/average")).not.toEqual(weights("dense_2.kernel"));
}, 60_000);

test("the same is another run with another number of batches for an update", async () => {
  const hash = async (accumulate: number) => {
    const short = { ...set, "train.epochs": 1, "train.optimizer": "sgd", "train.accumulate": accumulate };
    return (await train(source, { ...options, set: short })).record.hash;
  };
  const [two, three] = [await hash(2), await hash(3)];
  expect(two.ir).toBe(three.ir);
  expect(two.run).not.toBe(three.run);
});
