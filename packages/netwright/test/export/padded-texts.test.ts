// Texts as words in their order, shorter ones with padding behind them: what predicts them is exported, saved and read again,
// and gives the same for a text alone and among others.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { load, train } from "netwright";
import { expectSame, pairOf } from "./same.ts";

const temporary = mkdtempSync(join(tmpdir(), "netwright-padded-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const words = ["red", "green", "blue", "dark", "light", "deep", "pale"];
const note = (i: number) =>
  Array.from({ length: i % 6 }, (_, k) => words[(i * 3 + k * 5) % words.length]).join(" ");
const data = Array.from({ length: 60 }, (_, i) => ({
  note: note(i),
  y: note(i).includes("dark") ? 1 + (i % 6) : -(i % 6),
}));

const textOf = (flow: string) => `netwright 1
use "netwright/sequences"
data texts {
  source: "texts.csv"
  target: y
  columns { note: text(word_sequence(length: 8, vocabulary: 5), missing: own_class) }
}
model { embedding(4, mask_zero: true) -> ${flow} -> dense(1) }
train { loss: mse optimizer: adam(0.01) epochs: 3 batch: 16 }
`;

const anyRow = fc.record({
  note: fc.oneof(
    fc.constantFrom("", "dark", "red other blue"),
    fc.array(fc.constantFrom(...words, "new")).map((all) => all.join(" ")),
  ),
});

describe.each([
  "lstm(3)",
  "bidirectional(gru(3, return_sequences: true)) -> lstm(2)",
  "sine_position_encoding -> transformer_encoder(4, num_heads: 2) -> global_average_pooling1d",
])("%s", (flow) => {
  test("predicts the same exported, saved, and by itself", async () => {
    const model = await train(textOf(flow), { backend: "reference", data });
    const tried = await expectSame(await pairOf(model), anyRow, { runs: 15 });
    expect(tried.rows).toBeGreaterThan(15);
    const rows = data.slice(0, 9);
    const saved = load(await model.save(temporary), { backend: "reference" });
    expect(await saved.predict(rows)).toEqual(await model.predict(rows));
    for (const row of rows.slice(0, 4))
      expect(await saved.predict([row])).toEqual(await model.predict([row]));
    await saved.dispose();
    await model.dispose();
  }, 60_000);
});
