// What a run is told apart by: all that decides what it predicts, also what is settled when the weights are there.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { load, type NetwrightError, train } from "netwright";
import { csv, points, source } from "../support.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-identity-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const numbers = { backend: "reference", data: csv, epochs: 3 } as const;
const clamped = source.replace("columns {", "columns { y: number(clamp: true) ");
const described = (how: string) => source.replace("columns {", `columns { y: number(${how}) `);
const reporting = (report: string) => `${source}report { ${report} }\n`;

const words = {
  backend: "reference",
  data: points.map(({ a, b, y }) => ({ a, b, size: y > 2 ? "large" : "small" })),
} as const;
const classes = (train: string, report = "") => `netwright 1
data sizes { source: "sizes.csv", target: size }
model { dense(4, tanh) -> dense(outputs) }
train { loss: binary_cross_entropy, epochs: 3, ${train} }
${report}`;

test.each([
  [
    "numbers",
    numbers,
    [
      ...[source, clamped, reporting("interval: 80%"), reporting("interval: 90%")],
      // Rows of the table do not meet these, and rows to predict may.
      ...[described("min: -1e6"), described("max: 1e6"), described('unit: "m"')],
    ],
  ],
  [
    "classes",
    words,
    [
      classes(""),
      classes("threshold: 0.25"),
      classes("threshold: best(f1)"),
      classes("threshold: cost(fn: 5, fp: 1)"),
      classes("threshold: cost(fn: 6, fp: 1)"),
      classes("", "report { calibration: temperature }"),
    ],
  ],
  [
    "rows with words",
    { ...words, data: words.data.map((row, i) => ({ ...row, b: i % 2 === 0 ? "red" : "green" })) },
    ["", "missing: most_frequent", "encoder: one_hot(unknown: other)"].map((rule) =>
      classes("").replace("target: size", `target: size, columns { b: category(${rule}) }`),
    ),
  ],
] as const)(
  "runs of %s that predict by other rules have the same weights and other names",
  async (_, options, texts) => {
    const runs = await Promise.all(texts.map((text) => train(text, options)));
    expect(new Set(runs.map(({ record }) => record.hash.weights)).size).toBe(1);
    const places = await Promise.all(runs.map((run) => run.save(folder)));
    expect(new Set(places).size).toBe(texts.length);
    // Where it stands in the file is nothing of what is asked for.
    const again = await Promise.all(
      texts.map((text) => train(text.replace("netwright 1", "netwright 1\n\n"), options)),
    );
    expect(again.map(({ record }) => record.hash.run)).toEqual(runs.map(({ record }) => record.hash.run));
  },
);

test("an interrupted run goes on with what it is to tell, and not with anything else", async () => {
  const text = reporting("interval: 80%");
  const whole = await train(text, numbers);
  const ending = new AbortController();
  const stopped = await train(text, {
    ...numbers,
    signal: ending.signal,
    onEpoch: ({ epoch }) => epoch === 2 && ending.abort(),
  });
  const resume = await stopped.save(join(folder, "kept"));
  const other = train(reporting("interval: 90%"), { ...numbers, resume });
  const { diagnostics } = await other.then(
    () => ({ diagnostics: [] }),
    (error: NetwrightError) => error,
  );
  expect(diagnostics).toMatchObject([
    {
      code: "NW0804",
      notes: [expect.stringContaining("`report.interval` was 0.8 and is 0.9"), expect.anything()],
    },
  ]);
  const on = await train(text, { ...numbers, resume });
  expect(on.record.hash).toEqual(whole.record.hash);
  const given = points.slice(0, 5).map(({ a, b }) => ({ a, b }));
  expect(await on.predict(given)).toEqual(await whole.predict(given));
  expect(await (await load(await on.save(folder))).predict(given)).toEqual(await whole.predict(given));
});
