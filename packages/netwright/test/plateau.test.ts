// A learning rate that goes by the validation loss, through the public API.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { train } from "netwright";
import { csv, source } from "./support.ts";

const watching = "sgd(learning_rate: plateau(0.1, factor: 0.5, patience: 1, min_delta: 0.01), momentum: 0.5)";
const options = {
  backend: "reference",
  data: csv,
  set: { "train.optimizer": watching, "train.epochs": 25 },
} as const;

const folder = mkdtempSync(join(tmpdir(), "netwright-plateau-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the rate falls where the validation loss stays, with the same bits on jit", async () => {
  const model = await train(source, options);
  const constant = { ...options.set, "train.optimizer": "sgd(learning_rate: 0.1, momentum: 0.5)" };
  const other = await train(source, { ...options, set: constant });
  const losses = (history: typeof model.history) => history.map(({ validation_loss }) => validation_loss);
  // Until the first epoch that is no better, they are one.
  const watched = losses(model.history);
  const stayed = watched.findIndex((loss, i) => i > 0 && (loss ?? 0) > (watched[i - 1] ?? 0) - 0.01);
  expect(stayed).toBeGreaterThan(0);
  expect(stayed).toBeLessThan(20);
  expect(losses(other.history).slice(0, stayed + 1)).toEqual(watched.slice(0, stayed + 1));
  expect(losses(other.history)[stayed + 1]).not.toEqual(watched[stayed + 1]);
  const jit = await train(source, { ...options, backend: "jit" });
  expect(jit.record.hash.weights).toBe(model.record.hash.weights);
}, 60_000);

test("a training that is interrupted goes on with the rate that it had, to the same bits", async () => {
  const whole = await train(source, options);
  for (const last of [3, 9, 17]) {
    const stop = new AbortController();
    const onEpoch = ({ epoch }: { readonly epoch: number }) => {
      if (epoch === last) stop.abort();
    };
    const half = await train(source, { ...options, onEpoch, signal: stop.signal });
    expect(half.status).toBe("interrupted");
    const directory = await half.save(join(folder, `until-${last}`));
    const resumed = await train(source, { ...options, resume: directory });
    expect(resumed.record.hash).toEqual(whole.record.hash);
  }
}, 60_000);

test("patience that is another one is another run, and the program is the same", async () => {
  const hash = async (optimizer: string) => {
    const set = { "train.optimizer": optimizer, "train.epochs": 1 };
    return (await train(source, { ...options, set })).record.hash;
  };
  const [first, second] = [await hash("sgd(plateau(0.1))"), await hash("sgd(plateau(0.1, patience: 3))")];
  expect(first.ir).toBe(second.ir);
  expect(first.run).not.toBe(second.run);
});

test("it needs validation rows", async () => {
  const split = { "data.split.validation": 0, "data.split.train": 0.8 };
  await expect(train(source, { ...options, set: { ...options.set, ...split } })).rejects.toThrow(
    "`plateau` watches the validation loss, and no rows are kept for validation",
  );
});
