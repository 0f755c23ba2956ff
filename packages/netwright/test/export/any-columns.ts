// Models of any columns, as texts: types, encoders and rules for missing values are drawn, and rows with whatever people put
// into them.

import fc from "fast-check";

const noise = (i: number, by: number) => ((i * 7919 * by) % 1009) / 1009;
const pick = <T>(list: readonly T[], i: number, by: number): T | undefined =>
  list[Math.floor(noise(i, by) * list.length)];

const WORDS = ["red", "blue", "1", "__proto__", "NA", "constructor"];
const NOTES = [
  "A small flat",
  "the  SMALL house, sunny!",
  "",
  "Straße ΣΊΣΥΦΟΣ 42",
  "no",
  "日本語 の 文",
  "İi",
];
const two = (x: number) => String(x).padStart(2, "0");

/** Some of the values are missing in each column that may lack some. */
export const data = Array.from({ length: 90 }, (_, i) => {
  const gap = (by: number, value: unknown) => (noise(i, by) < 0.1 ? null : value);
  const n = Math.round(noise(i, 3) ** 3 * 1000) / 10 - 10;
  const [year, month, day] = [
    2019 + (i % 5),
    1 + Math.floor(noise(i, 7) * 12),
    1 + Math.floor(noise(i, 11) * 28),
  ];
  const time = `${two(i % 24)}:${two((i * 7) % 60)}:${two((i * 13) % 60)}`;
  return {
    n: gap(5, n),
    m: Math.round(noise(i, 13) * 50),
    day: gap(17, `${year}-${two(month)}-${two(day)}`),
    time: gap(19, `${year}-${month}-${day}T${time}${i % 3 === 0 ? "+02:00" : ""}`),
    last: gap(23, `${two(day)}/${two(month)}/${year}`),
    note: gap(29, pick(NOTES, i, 31)),
    place: gap(37, `[${Math.round(noise(i, 41) * 90)}, ${n}]`),
    word: gap(43, pick(WORDS, i, 47)),
    flag: gap(53, pick(["ja", "nein", "1"], i, 59) ?? "ja"),
    y: n + month,
    kind: pick(["low", "high", "__proto__"], i, 61),
  };
});

const numberScales = fc.oneof(
  fc.constantFrom("zscore", "minmax", "robust", "smooth_clip", "none", "power"),
  fc
    .record({ count: fc.integer({ min: 2, max: 30 }), to: fc.constantFrom("uniform", "normal") })
    .map(({ count, to }) => `quantile(n_quantiles: ${count}, output_distribution: ${to})`),
);
const wideScales = fc.oneof(
  numberScales,
  fc.integer({ min: 1, max: 5 }).map((count) => `periodic(frequencies: ${count}, sigma: 2, seed: ${count})`),
  fc.integer({ min: 1, max: 8 }).map((bins) => `piecewise_linear(bins: ${bins})`),
);
const indicator = fc.constantFrom("", "(indicator: true)");
const fills = fc.oneof(
  fc.constant("drop"),
  fc.tuple(fc.constantFrom("mean", "median", "most_frequent"), indicator).map(([name, mark]) => name + mark),
);
const wordFills = fc.oneof(
  fc.constantFrom("drop", "own_class"),
  indicator.map((mark) => `most_frequent${mark}`),
);
export const PARTS = [
  "elapsed",
  "year",
  "month",
  "day",
  "weekday",
  "day_of_year",
  "hour",
  "minute",
  "second",
];
const dates = fc
  .record({
    parts: fc.subarray(PARTS, { minLength: 1 }),
    cyclic: fc.boolean(),
    scale: numberScales,
    missing: fills,
    bound: fc.constantFrom("", 'min: "2019-01-01",', 'max: "2024-02-29",'),
  })
  .map(
    ({ parts, cyclic, scale, missing, bound }) =>
      `date(parts: [${parts.join(", ")}], cyclic: ${cyclic}, ${bound} scale: ${scale}, missing: ${missing})`,
  );
const units = fc
  .tuple(fc.constantFrom("words", "characters"), fc.integer({ min: 1, max: 3 }))
  .map(([of, n]) => `of: ${of}, n: ${n}`);
const texts = fc
  .tuple(
    fc.oneof(
      fc
        .tuple(units, fc.constantFrom("count", "presence", "tf_idf"))
        .map(([unit, weights]) => `bag_of_words(vocabulary: 9, weights: ${weights}, ${unit})`),
      units.map((unit) => `hashed_words(buckets: 11, ${unit})`),
      units.map((unit) => `word_sequence(length: 3, vocabulary: 8, ${unit})`),
    ),
    wordFills.filter((name) => !name.includes("indicator")),
  )
  .map(([encoder, missing]) => `text(${encoder}, missing: ${missing})`);
const words = fc
  .tuple(
    fc.constantFrom(
      "one_hot",
      "one_hot(unknown: other, most: 3)",
      "one_hot(unknown: missing)",
      "ordinal(unknown: other)",
      "hashing(5)",
      "target_mean",
    ),
    fc.constantFrom("drop", "own_class", "most_frequent"),
  )
  .map(([encoder, missing]) => `category(encoder: ${encoder}, missing: ${missing})`);

/** What becomes of each column; `null` where it is left out. */
export const anyColumns = fc.record({
  n: fc.option(
    fc.tuple(wideScales, fills).map(([scale, missing]) => `number(scale: ${scale}, missing: ${missing})`),
  ),
  day: fc.option(dates),
  time: fc.option(dates),
  last: fc.option(dates),
  note: fc.option(texts),
  place: fc.option(
    fc
      .tuple(numberScales, fc.constantFrom("drop", "most_frequent", "most_frequent(indicator: true)"))
      .map(([scale, missing]) => `numbers(2, scale: ${scale}, missing: ${missing})`),
  ),
  word: fc.option(words),
  flag: fc.option(
    fc
      .tuple(
        fc.constantFrom('["ja", "0"], false_values: ["nein", "1"]', '["ja", "1"], false_values: ["nein"]'),
        fills,
      )
      .map(([stated, missing]) => `boolean(true_values: ${stated}, missing: ${missing})`),
  ),
});
export type Columns = typeof anyColumns extends fc.Arbitrary<infer C> ? C : never;

export const anyTarget = fc.oneof(
  fc.record({ scale: numberScales, clamp: fc.boolean() }).map(({ scale, clamp }) => ({
    target: "y",
    column: `y: number(scale: ${scale}, clamp: ${clamp})`,
    loss: "mse",
  })),
  fc.constantFrom(
    { target: "kind", column: "", loss: "cross_entropy" },
    { target: "y", column: "y: number(scale: power)", loss: "quantile(levels: [0.1, 0.4, 0.9])" },
  ),
);

/** Columns that are indices are inputs of their own. */
function flowOf(columns: Columns): string {
  const embedded = [
    ...(columns.note?.includes("word_sequence") ? ["t { input(note) -> embedding(2) -> flatten }"] : []),
    ...(columns.word?.includes("ordinal") ? ["w { input(word) -> embedding(2) }"] : []),
  ];
  if (embedded.length === 0) return "dense(4, tanh) -> dense(outputs)";
  return `parallel { f { input(features) -> dense(3, tanh) } ${embedded.join(" ")} } -> concat -> dense(outputs)`;
}

export function textOf(
  columns: Columns,
  { target, column, loss }: typeof anyTarget extends fc.Arbitrary<infer T> ? T : never,
) {
  const used = Object.entries(columns).flatMap(([name, type]) => (type === null ? [] : [{ name, type }]));
  return `netwright 1
data any {
  source: "any.csv" target: ${target} features: [m, ${used.map(({ name }) => name).join(", ")}]
  missing: most_frequent missing_words: ["-999", "nix"]
  columns { m: integer(min: 0, max: 60) ${used.map(({ name, type }) => `${name}: ${type}`).join(" ")} ${column} }
  split: { train: 80%, validation: 10%, test: 10%, seed: 3 }
}
model { ${flowOf(columns)} }
train { loss: ${loss} optimizer: adam(learning_rate: 0.02) batch: 16 epochs: 1 }
`;
}

const anyDate = fc.oneof(
  fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: false }),
  fc
    .tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 9999 }),
    )
    .map(([day, month, year]) => `${two(day)}/${two(month)}/${String(year).padStart(4, "0")}`),
  fc.constantFrom(
    ...["2024-02-29", "2023-02-29", "20240531", 20240531, "2024-05-31 14:30", "2024-05-31T14:30:00.5-11:30"],
    ...["2024-05-31T24:00", "5/6/2024", "31.12.24", "0001-01-01", "9999-12-31T23:59:59.9", "0000-01-01"],
    ...["2024-05-31T10:00z", " 2024-1-1 ", "", "NA", "nix", -999, null, undefined, "today", 5.5, true, {}],
  ),
);
const anyNumber = fc.oneof(
  fc.double({ min: -200, max: 200, noNaN: true }),
  fc.constantFrom(
    ...[0, -0, 1e30, -1e300, 5e-324, Number.NaN, Number.POSITIVE_INFINITY, null, undefined, -999, -10],
    ...["12.5", " 7 ", "abc", "1,5", "\u22123", "NA", "nix", "", "inf", true, [], "-999.0"],
  ),
);
const anyText = fc.oneof(
  fc.constantFrom(
    ...NOTES,
    null,
    undefined,
    "NA",
    "nix",
    12.5,
    "12.50",
    true,
    "SMALL small",
    "a".repeat(300),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.constantFrom("small", "FLAT", "the", "ß", "ẞ", "..", "42"), { maxLength: 6 })
    .map((all) => all.join(" ")),
);
const anyList = fc.oneof(
  fc.array(fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e39, max: 1e39 }), {
    minLength: 1,
    maxLength: 3,
  }),
  fc.tuple(anyNumber, anyNumber).map(([a, b]) => `${a}; ${b}`),
  fc.constantFrom(
    ...["1 2", "(1, 2)", "[1,2", "1,2,", "", "[]", "NA", "nix", null, [1, "2"], {}, 7, "1e39 0"],
  ),
  fc.constant(Float32Array.of(1.5, -2)),
);
const anyWord = fc.oneof(
  fc.constantFrom(...WORDS, "green", " red ", "1.0", 1, true, "", null, "nix", []),
  fc.string(),
);

/** Usual values are as frequent as all others together, so that whole rows are predicted. */
const orUsual = (name: keyof (typeof data)[number], any: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...data.map((row) => row[name])) },
    { weight: 1, arbitrary: any },
  );
export const anyRow = fc.record({
  n: orUsual("n", anyNumber),
  m: orUsual("m", fc.constantFrom(0, 60, 61, -1, 2.5, null, -999)),
  day: orUsual("day", anyDate),
  time: orUsual("time", anyDate),
  last: orUsual("last", anyDate),
  note: orUsual("note", anyText),
  place: orUsual("place", anyList),
  word: orUsual("word", anyWord),
  flag: orUsual("flag", fc.constantFrom(true, false, 1, 0, "ja", "nein", "NA", "nix", null, "no", 2)),
});
