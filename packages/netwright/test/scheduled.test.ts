// Numbers that change during a training, a weight decay and the rate of dropout, through the public API.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { exportWasm, load, train } from "netwright";
import { csv } from "./support.ts";

const fileOf = (rate: string, decay: string, more = "") => `netwright 1
data points { source: "points.csv", target: y }
model { dense(8, tanh) -> dropout(${rate}) -> dense(outputs) }
train { optimizer: adamw(learning_rate: 0.02, weight_decay: ${decay}), batch: 8, epochs: 12, accumulate: 2, ${more} }
`;
const source = fileOf("flat_cosine(0.4)", "one_cycle(0.3)");
const options = { backend: "reference", data: csv } as const;
const input = { a: 1.5, b: -2 };

const folder = mkdtempSync(join(tmpdir(), "netwright-scheduled-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("jit gives the bits of the reference; what is saved and exported predicts without dropout", async () => {
  const model = await train(source, options);
  expect((await train(source, { ...options, backend: "jit" })).record.hash.weights).toBe(
    model.record.hash.weights,
  );
  const prediction = await model.predict(input);
  expect(await model.predict(input)).toEqual(prediction);
  const directory = await model.save(folder);
  expect(await load(directory, { backend: "reference" }).predict(input)).toEqual(prediction);
  expect((await exportWasm(model.bundle)).wasm.length).toBeGreaterThan(0);
}, 60_000);

test("a training that is interrupted goes on where the schedules were, to the same bits", async () => {
  const whole = await train(source, options);
  for (const last of [2, 7]) {
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

test("another schedule is another program, and so is a number", async () => {
  const hash = async (rate: string, decay: string) =>
    (await train(fileOf(rate, decay), { ...options, epochs: 1 })).record.hash.ir;
  const all = await Promise.all([
    hash("0.4", "0.3"),
    hash("cosine(0.4)", "0.3"),
    hash("0.4", "cosine(0.3)"),
    hash("cosine(0.4, alpha: 0.1)", "0.3"),
  ]);
  expect(new Set(all).size).toBe(all.length);
}, 60_000);
