// Numbers that change during a training, a weight decay, the rate of dropout and a smoothing, through the public API.

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

test("a smoothing that falls: jit gives the bits of the reference, and losses of validation are those without", async () => {
  const text = (smoothing: string) => `netwright 1
data points { source: "points.csv", target: sign }
model { dense(8, tanh) -> dense(outputs) }
train { loss: cross_entropy(smoothing: ${smoothing}), optimizer: sgd(learning_rate: 0.1), batch: 16, epochs: 3 }
`;
  const [head = "", ...lines] = csv.split("\n");
  const data = [
    `${head},sign`,
    ...lines.map((line) => `${line},${Number(line.split(",")[0]) > 0 ? "plus" : "minus"}`),
  ].join("\n");
  const trained = (smoothing: string, backend: "reference" | "jit" = "reference") =>
    train(text(smoothing), { backend, data });
  const model = await trained("cosine(0.4)");
  expect((await trained("cosine(0.4)", "jit")).record.hash.weights).toBe(model.record.hash.weights);
  // One that is always 0 trains as none does.
  const none = await trained("piecewise_constant(boundaries: [1], values: [0, 0])");
  const losses = ({ history }: typeof model) => history.map(({ validation_loss }) => validation_loss);
  expect(losses(none)).toEqual(losses(await trained("0")));
  expect(losses(model)).not.toEqual(losses(none));
}, 60_000);
