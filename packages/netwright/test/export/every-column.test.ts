// Exported models of any columns: types, encoders and rules for missing values are drawn, and rows with whatever people put
// into them. The wrapper predicts the bits of the package, or refuses in its words.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { train } from "netwright";
import { anyColumns, anyRow, anyTarget, type Columns, data, PARTS, textOf } from "./any-columns.ts";
import { expectSame, pairOf } from "./same.ts";

const NONE: Columns = {
  n: null,
  day: null,
  time: null,
  last: null,
  note: null,
  place: null,
  word: null,
  flag: null,
};

test("a model of any columns predicts the bits of the package, or refuses in its words", async () => {
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(anyColumns, anyTarget, async (columns, target) => {
      const model = await train(textOf(columns, target), { backend: "reference", data });
      rows += (await expectSame(await pairOf(model), anyRow, { runs: 12 })).rows;
      await model.dispose();
    }),
    { numRuns: 12, seed: 11 },
  );
  expect(rows).toBeGreaterThan(50);
}, 120_000);

describe("each encoder alone", () => {
  const kinds: readonly (readonly [Partial<Columns>, codes: readonly string[]])[] = [
    [{ day: "date" }, ["NW0653"]],
    [
      { time: `date(parts: [${PARTS.join(", ")}], cyclic: false, scale: quantile(n_quantiles: 9))` },
      ["NW0653"],
    ],
    [{ last: "date(cyclic: true, scale: power, missing: median(indicator: true))" }, ["NW0653"]],
    [{ day: 'date(format: month_day_year, min: "2019-01-01", missing: drop)' }, ["NW0631", "NW0633"]],
    [{ note: "text(bag_of_words(vocabulary: 30, of: characters, n: 2))" }, []],
    [{ note: "text(word_sequence(length: 4, vocabulary: 6), missing: most_frequent)" }, []],
    [{ place: "numbers(2, scale: smooth_clip)" }, ["NW0635", "NW0653", "NW0655"]],
    [{ n: "number(scale: periodic(frequencies: 5, sigma: 3), missing: drop)" }, ["NW0631", "NW0633"]],
    [{ n: "number(scale: power)", word: "category" }, ["NW0633", "NW0652", "NW0658"]],
  ];
  test.each(kinds)("%j", async (columns, codes) => {
    const text = textOf({ ...NONE, ...columns }, { target: "y", column: "", loss: "mse" });
    const model = await train(text, { backend: "reference", data });
    const tried = await expectSame(await pairOf(model), anyRow, { runs: 60 });
    expect(tried.rows).toBeGreaterThan(50);
    expect(tried.codes).toEqual(expect.arrayContaining([...codes]));
    await model.dispose();
  });
});

describe("words with zeros in front", () => {
  const CODES = ["01067", "1067", "10115", "04109"];
  const rows = data.map(({ m, y }, i) => ({ m, word: CODES[i % CODES.length], y: y + 20 * (i % 4) }));
  const cells = [
    "007",
    " 01067 ",
    1067,
    "1067.0",
    "nix",
    "NA",
    "",
    null,
    "0",
    "red",
    "90071992547409931",
    -5,
  ];
  const any = fc.record({
    m: fc.constantFrom(5, 20),
    word: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...CODES) }, fc.constantFrom(...cells)),
  });
  test.each([
    ["", ["NW0658"]],
    ["encoder: one_hot(unknown: other)", []],
    ["encoder: ordinal(unknown: other)", []],
    ["encoder: hashing(64)", []],
    ['values: ["01067", "1067", "10115", "04109"]', ["NW0639"]],
  ])("category(%s)", async (args, codes) => {
    const columns = { ...NONE, word: `category(${args})` };
    const text = textOf(columns, { target: "y", column: "", loss: "mse" });
    const model = await train(text, { backend: "reference", data: rows });
    const pair = await pairOf(model);
    const tried = await expectSame(pair, any, { runs: 60 });
    expect(tried.rows).toBeGreaterThan(20);
    expect(tried.codes).toEqual(expect.arrayContaining([...codes]));
    const [coded, plain] = ["01067", "1067"].map((word) =>
      JSON.stringify(pair.alone.predict({ m: 5, word })),
    );
    expect(coded).not.toBe(plain);
    await model.dispose();
  });
});

describe("a target that is held within the range of the training rows", () => {
  const columns: Columns = {
    ...{ n: "number(scale: none, missing: median)", day: null, time: null, last: null },
    ...{ note: null, place: null, word: null, flag: null },
  };
  const far = fc.constantFrom(-1e6, -20, 0, 1e6).map((n) => ({ m: 5, n }));
  // The module turns back the first ones, the wrapper the last.
  test.each(["zscore", "log1p", "none", "power"])("%s", async (scale) => {
    const target = { target: "y", column: `y: number(scale: ${scale}, clamp: true)`, loss: "mse" };
    const ofMany = { ...target, loss: "quantile(levels: [0.1, 0.5])" };
    const rows = data.map((row) => ({ ...row, y: row.y + 20 }));
    for (const asked of [target, ofMany]) {
      const model = await train(textOf(columns, asked), { backend: "reference", data: rows });
      expect((await expectSame(await pairOf(model), far, { runs: 20 })).rows).toBeGreaterThan(20);
      const found = await model.predict([-1e6, 1e6].map((n) => ({ m: 5, n })));
      const all = rows.map(({ y }) => y);
      for (const { y } of found) {
        expect(y).toBeGreaterThanOrEqual(Math.min(...all));
        expect(y).toBeLessThanOrEqual(Math.max(...all));
      }
      await model.dispose();
    }
  });
});

test("the types take what the package takes, and find another type", async () => {
  const columns = {
    ...{ n: null, time: null, last: null, word: null },
    day: 'date(missing: drop, min: "2019-01-01")',
    note: "text",
    place: "numbers(2, missing: drop)",
    flag: 'boolean(true_values: ["0"], false_values: ["1", "ja", "nein"])',
  };
  const target = { target: "y", column: "", loss: "quantile(levels: [0.1, 0.5])" };
  const model = await train(textOf(columns, target), { backend: "reference", data });
  const { types } = await pairOf(model);
  expect(types).toContain("/** a date, at least 2019-01-01 */\n  readonly day: string | Date;");
  expect(types).toContain("/** a list of 2 numbers */\n  readonly place: readonly number[]");
  const folder = mkdtempSync(join(tmpdir(), "netwright-types-"));
  try {
    writeFileSync(join(folder, "any.d.mts"), types);
    writeFileSync(
      join(folder, "use.mts"),
      `import { load } from "./any.mjs";
const model = await load(new Uint8Array(8));
const { y, quantiles } = model.predict({ m: 1, day: new Date(0), note: null, place: [1, 2], flag: "ja" });
model.predictMany([{ m: 1, day: "2024-05-31", note: "small", place: Float64Array.of(1, 2), flag: true }]);
export const sum: number = y + quantiles["0.5"] + (model.outputs[0]?.quantiles.length ?? 0);
model.predict({ m: 1, day: 20240531, place: "1 2" });
model.predict({ m: 1, day: "2024-05-31", place: ["1", "2"] });
`,
    );
    const tsc = fileURLToPath(new URL("../../../../node_modules/.bin/tsc", import.meta.url));
    const options = ["--ignoreConfig", "--pretty", "false", "--strict", "--noEmit", "--module", "nodenext"];
    const libraries = ["--target", "es2022", "--lib", "es2022", "--types", ""];
    const { stdout } = spawnSync(tsc, [...options, ...libraries, join(folder, "use.mts")], {
      encoding: "utf8",
    });
    expect(stdout.match(/use\.mts\(\d+,\d+\)/g)).toEqual(["use.mts(6,23)", "use.mts(7,42)"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await model.dispose();
}, 30_000);
