// Exported models of words and classes against the models that they were made of, bit for bit.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { exportWasm, train } from "netwright";
import { type Alone, expectSame, type Pair, pairOf } from "./same.ts";

/** Words that would end a text, a line or a comment of generated source, or name what every object has. */
const WORDS = [
  "red",
  "1",
  "2.50",
  "__proto__",
  'a"b',
  `c'd\`$\{e}`,
  "x\u2028y",
  "*/ z",
  "\\",
  "NA",
  "constructor",
  "true",
];
const SIZES = ["small", "middle", "large"];
const TAGS = ["hot", "new", "__proto__", "far away"];

const noise = (i: number, by: number) => ((i * 7919 * by) % 1009) / 1009;

const rows = Array.from({ length: 160 }, (_, i) => {
  const word = WORDS[Math.floor(noise(i, 3) * WORDS.length)] ?? "red";
  const size = SIZES[Math.floor(noise(i, 5) * 3)] ?? "small";
  const n = Math.round(noise(i, 11) * 200) / 10 - 5;
  return {
    word: i % 13 === 5 ? null : word,
    size,
    tags: TAGS.filter((_, k) => noise(i, 17 + k) > 0.5).join(";"),
    flag: noise(i, 23) > 0.5,
    n: i % 11 === 4 ? null : n,
    y: n + (word === "red" ? 3 : 0) + SIZES.indexOf(size),
    kind: word === "red" ? 'a "kind"' : n > 5 ? "__proto__" : "plain\u2029",
    buys: n > 2 ? "yes" : "no",
    visits: Math.round(noise(i, 29) * 6),
  };
});

interface Parts {
  readonly features?: string;
  readonly columns?: string;
  readonly target?: string;
  readonly loss?: string;
  readonly flow?: string;
  readonly data?: string;
  readonly train?: string;
}

function textOf(parts: Parts): string {
  const { features = "[word, n]", columns = "word: category", target = "y", loss = "mse" } = parts;
  return `netwright 1
data shop {
  source: "shop.csv"
  target: ${target}
  features: ${features}
  ${parts.data ?? "missing: most_frequent"}
  columns { ${columns} }
  split: { train: 80%, validation: 10%, test: 10%, seed: 3 }
}
model { ${parts.flow ?? "dense(5, tanh) -> dense(outputs)"} }
train { loss: ${loss} optimizer: adam(learning_rate: 0.02) batch: 16 epochs: 2 ${parts.train ?? ""} }
`;
}

async function exported(parts: Parts): Promise<Pair> {
  return pairOf(await train(textOf(parts), { backend: "reference", data: rows }));
}

const anyRow = fc.record({
  word: fc.oneof(
    fc.constantFrom(...WORDS, null, undefined, " red ", "", "1.0", 1, 2.5, true, "nan", "-", "-999"),
    fc.string(),
    fc.integer({ min: -3, max: 3 }),
  ),
  size: fc.constantFrom(...SIZES, "huge", null),
  tags: fc.oneof(
    fc.subarray(TAGS).map((tags) => tags.join("; ")),
    fc.constantFrom("", null, "odd;hot", ";"),
  ),
  flag: fc.constantFrom(true, false, 1, 0, null, "yes", "NO", "x", "NA", 2),
  n: fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constantFrom(null, Number.NaN, -999)),
});

/** Both predict the same of tables of any rows, or both refuse. */
async function expectBoth(pair: Pair): Promise<void> {
  const tried = await expectSame(pair, anyRow, { runs: 60 });
  expect(tried.rows).toBeGreaterThan(0);
  const { alone, model } = pair;
  const own = rows.slice(0, 300);
  expect(JSON.stringify(alone.predictMany(own))).toBe(JSON.stringify(await model.predict(own)));
  expect(own.slice(0, 5).map((row) => JSON.stringify(alone.predict(row)))).toEqual(
    (await model.predict(own.slice(0, 5))).map((one) => JSON.stringify(one)),
  );
}

const flow =
  "parallel { one { input(word) -> embedding(3) } two { input(features) } } -> concat -> dense(outputs)";
const kinds: readonly (readonly [string, Parts])[] = [
  ["one_hot", { columns: "word: category(encoder: one_hot)" }],
  ["one_hot of others", { columns: "word: category(encoder: one_hot(unknown: other, most: 3))" }],
  ["one_hot of frequent words", { columns: "word: category(encoder: one_hot(min_count: 13))" }],
  ["one_hot with unknown ones missing", { columns: "word: category(encoder: one_hot(unknown: missing))" }],
  [
    "a missing word as a word",
    { columns: "word: category(missing: own_class, encoder: one_hot(unknown: missing))" },
  ],
  [
    "an indicator",
    {
      columns:
        "word: category(missing: most_frequent(indicator: true)) n: number(missing: median(indicator: true))",
    },
  ],
  ["stated words for missing ones", { data: 'missing: most_frequent missing_words: ["-999", "nan"]' }],
  ["ordinal for an embedding", { columns: "word: category(encoder: ordinal)", flow }],
  ["ordinal of others", { columns: "word: category(encoder: ordinal(unknown: other))", flow }],
  [
    "thermometer",
    {
      features: "[size, n]",
      columns:
        'size: ordinal(["small", "middle", "large"], encoder: thermometer(unknown: other), missing: own_class)',
    },
  ],
  ["hashing", { columns: "word: category(encoder: hashing(5, seed: 9))" }],
  ["hashing for an embedding", { columns: "word: category(encoder: hashing(7, output: ordinal))", flow }],
  ["target_mean", { columns: "word: category(encoder: target_mean(smoothing: 3))" }],
  ["multi_hot", { features: "[tags, n]", columns: 'tags: labels(separator: ";")' }],
  [
    "multi_hot of others",
    {
      features: "[tags, n]",
      columns: 'tags: category(missing: own_class, encoder: multi_hot(separator: ";", unknown: other))',
    },
  ],
  ["boolean", { features: "[flag, word, n]", columns: "flag: boolean word: category" }],
];

describe("an exported model predicts as the one it was made of, with words as", () => {
  test.each(kinds)("%s", async (_, parts) => expectBoth(await exported(parts)));
});

const targets: readonly (readonly [string, Parts])[] = [
  ["classes", { target: "kind", loss: "cross_entropy" }],
  ["classes by focal", { target: "kind", loss: "focal" }],
  ["two classes", { target: "buys", loss: "binary_cross_entropy" }],
  ["two classes with a threshold", { target: "buys", loss: "binary_cross_entropy", train: "threshold: 0.3" }],
  ["two classes by a margin, without shares", { target: "buys", loss: "hinge" }],
  [
    "ordered classes",
    {
      target: "size",
      loss: "ordinal",
      columns: 'word: category size: category(values: ["small", "middle", "large"])',
    },
  ],
  [
    "labels",
    {
      target: "tags",
      loss: "multi_label_cross_entropy",
      columns: 'word: category tags: labels(separator: ";")',
    },
  ],
  ["counts", { target: "visits", loss: "poisson" }],
  ["several numbers", { target: "[y, visits]" }],
];

describe("and with a target of", () => {
  test.each(targets)("%s", async (_, parts) => expectBoth(await exported(parts)));
});

test.each([
  ["one_hot", "category"],
  ["one_hot and a word for missing ones", "category(missing: own_class)"],
  ["rare words", "category(encoder: one_hot(min_count: 13))"],
  ["target_mean", "category(encoder: target_mean)"],
  ["labels", "labels"],
  ["a text", "text"],
])("`NA` among words means alone what it means among others, as %s", async (_, type) => {
  // So that another word is the most frequent one, which stands for a missing one.
  const data = rows.map((row, i) => ({ ...row, word: row.word === "NA" && i % 2 === 0 ? "red" : row.word }));
  const model = await train(textOf({ columns: `word: ${type}` }), { backend: "reference", data });
  const two = [
    { word: "NA", n: 3 },
    { word: "red", n: 3 },
  ];
  const [among] = await model.predict(two);
  expect(await model.predict({ word: "NA", n: 3 })).toEqual(among);
  expect(await model.predict({ word: null, n: 3 })).not.toEqual(among);
  if (type === "text") return;
  const { js, wasm } = await exportWasm(model.bundle);
  const alone: Alone = await (await import(`data:text/javascript,${encodeURIComponent(js)}`)).load(wasm);
  expect(alone.predict({ word: " NA", n: 3 })).toEqual(among);
});

test.each([
  ["0", "1"],
  ["2", "1"],
  ["false", "x"],
])(
  "words for truth that turn those of programs around, %s and %s, are read as the package reads them",
  async (yes, no) => {
    const data = rows.map((row, i) => ({ ...row, n: row.n ?? 0, flag: i % 3 === 0 ? yes : no }));
    const columns = `flag: boolean(true_values: ["${yes}"], false_values: ["${no}"])`;
    const model = await train(textOf({ features: "[flag, n]", columns }), { backend: "reference", data });
    const pair = await pairOf(model);
    expect(pair.types).toContain("readonly flag?: boolean | number | string | null;");
    const flags = [true, false, 1, 0, 2, "1", "x", " true", "no", "", "NA", null, [], 0.5];
    const given = fc.record({ flag: fc.constantFrom(...flags), n: fc.constant(1) });
    const { rows: predicted, codes } = await expectSame(pair, given, { runs: 60 });
    expect(predicted).toBeGreaterThan(10);
    expect(codes).toEqual(["NW0653"]);
  },
);

describe("wrong rows", () => {
  const columns = 'word: category(missing: error, values: ["red", "blue"], encoder: one_hot) flag: boolean';
  const data = rows.map((row, i) => ({ ...row, word: i % 2 === 0 ? "red" : "blue", n: row.n ?? 0 }));
  test("name their column and what it takes", async () => {
    const text = textOf({ features: "[word, flag]", columns, data: "missing: error" });
    const model = await train(text, { backend: "reference", data });
    const { js, wasm } = await exportWasm(model.bundle);
    const { load } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    const alone: Alone = await load(wasm);
    const refusal = (row: object): string => {
      try {
        return `predicted ${JSON.stringify(alone.predict(row))}`;
      } catch (error) {
        return String(error);
      }
    };
    const good = { word: "red", flag: true };
    expect(refusal(good)).toMatch(/^predicted/);
    expect(
      [{}, { word: [] }, { word: "green" }, { flag: "yes" }].map((row) => refusal({ flag: 1, ...row })),
    ).toEqual([
      "TypeError: In row 1 of `input`, column `word` has no value.",
      "RangeError: In row 1 of `input`, column `word` is `[]`, which is none of the `values` that the model states.",
      "RangeError: In row 1 of `input`, column `word` is `green`, which is none of the `values` that the model states.",
      "TypeError: In row 1 of `input`, column `word` has no value.",
    ]);
    expect(refusal({ ...good, flag: "YES" })).toBe(refusal(good));
    expect(refusal({ ...good, flag: "x" })).toBe(
      "TypeError: In row 1 of `input`, column `flag` is `x`, which is neither true nor false.",
    );
    expect(() => alone.predictMany([good, { ...good, word: "x" }])).toThrow(
      expect.objectContaining({ code: "NW0639", message: expect.stringContaining("In row 2 of `input`") }),
    );
  });
});

test("the types are unions of words, and find another one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "netwright-types-"));
  try {
    const { types } = await exported({
      features: "[word, size, n]",
      columns: "word: category(encoder: one_hot(unknown: other)) size: category(missing: error)",
      target: "kind",
      loss: "cross_entropy",
    });
    expect(types).toContain('readonly size: "large" | "middle" | "small";');
    expect(types).toContain("readonly word?: string | number | boolean | null;");
    writeFileSync(join(folder, "shop.d.mts"), types);
    writeFileSync(
      join(folder, "use.mts"),
      `import { load } from "./shop.mjs";
const model = await load(new Uint8Array(8));
const { kind, probabilities } = model.predict({ word: 7, size: "small" });
const share: number = probabilities[kind];
export const all = [share, model.outputs[0]?.classes, model.inputs.map((column) => column.name)];
export const isOne: boolean = kind === "__proto__" || kind === 'a "kind"';
model.predict({ size: "huge" });
`,
    );
    const tsc = fileURLToPath(new URL("../../../../node_modules/.bin/tsc", import.meta.url));
    const options =
      "--ignoreConfig --pretty false --strict --noEmit --module nodenext --target es2022 --lib es2022 --types".split(
        " ",
      );
    const { stdout } = spawnSync(tsc, [...options, "", join(folder, "use.mts")], { encoding: "utf8" });
    expect(stdout.trim().split("\n")).toEqual([
      expect.stringMatching(/use\.mts\(7,17\).*'"huge"' is not assignable/),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
