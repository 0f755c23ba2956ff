// Every encoder from the file to a prediction: trained, explained, saved, read back, exported or refused.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { explainColumns, exportWasm, load, memoryFiles, openProject, train } from "netwright";

// On a machine with other things to do.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "netwright-encoders-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fuels = ["gas", "gas", "gas", "wood", "wood", "oil"];
const rows = Array.from({ length: 90 }, (_, i) => ({
  a: i % 11 === 3 ? "" : ((i * 37) % 23) ** 2,
  b: ((i * 53) % 31) - 15,
  fuel: i % 13 === 5 ? "" : (fuels[i % 6] ?? ""),
  street: `s${(i * 7) % 19}`,
  y: ((i * 37) % 23) * 2 + (i % 6),
}));
const csv = [
  "a,b,fuel,street,y",
  ...rows.map(({ a, b, fuel, street, y }) => [a, b, fuel, street, y].join(",")),
].join("\n");

const fileOf = (data: string, flow = "dense(outputs)") => `netwright 1
data homes {
  source: "homes.csv"
  target: y
  ${data}
}
model { ${flow} }
train { loss: mse, optimizer: adam(learning_rate: 0.01), epochs: 3, batch: 16, seed: 1 }
`;

function opened(data: string) {
  const files = memoryFiles(new Map([["homes.csv", csv]]));
  return openProject({ file: "homes.net", text: fileOf(data) }, { files, data: csv });
}

const settings = [
  ["robust", "features: [a, b] missing: median scale: robust"],
  ["smooth_clip", "features: [a, b] missing: most_frequent(indicator: true) scale: smooth_clip"],
  ["quantile", "features: [a, b] missing: mean scale: quantile(output_distribution: normal)"],
  ["power", "features: [a, b] missing: drop scale: power"],
  [
    "several numbers of one",
    `features: [a, b] columns {
      a: number(scale: piecewise_linear(bins: 5), missing: median(indicator: true))
      b: number(scale: periodic(frequencies: 3))
    }`,
  ],
  [
    "words by the section",
    `features: [b, fuel, street]
    categories: one_hot(min_count: 3, unknown: missing)
    columns { fuel: category(missing: own_class), street: category(missing: most_frequent(indicator: true)) }`,
  ],
  [
    "words by their columns",
    `features: [b, fuel, street] categories: hashing(4) missing: most_frequent
    columns { fuel: category, street: category(encoder: target_mean(smoothing: 3)) }`,
  ],
] as const;

describe.each(settings)("%s", (_, data) => {
  test("trains, and predicts and evaluates as it was saved", async () => {
    const model = await train(fileOf(data, "dense(4, tanh) -> dense(outputs)"), {
      data: csv,
      backend: "reference",
    });
    const inputs = [
      { a: 7, b: 2, fuel: "gas", street: "s3" },
      { a: 1e6, b: -1e6, fuel: "oil", street: "s4" },
    ];
    const predicted = await model.predict(inputs);
    for (const { y } of predicted) expect(Number.isFinite(y)).toBe(true);
    const again = load(await model.save(folder), { backend: "reference" });
    expect(await again.predict(inputs)).toEqual(predicted);
    expect(await again.evaluate(csv)).toEqual(await model.evaluate(csv));
    await model.dispose();
  });
});

test("what columns become is explained, with the rules for what is missing and new", () => {
  const data = `features: all categories: one_hot(most: 2, unknown: other) columns {
    a: number(scale: periodic(frequencies: 3), missing: median(indicator: true))
    fuel: category(missing: most_frequent, encoder: one_hot(unknown: missing))
    street: category(encoder: target_mean)
  } split: { train: 100%, validation: 0%, test: 0% }`;
  const { prepared, diagnostics } = opened(data);
  if (prepared === undefined) throw new Error(JSON.stringify(diagnostics));
  const columns = explainColumns(prepared.encoders);
  const median = rows.flatMap(({ a }) => (typeof a === "number" ? [a] : [])).sort((x, y) => x - y);
  const middle = ((median[40] ?? 0) + (median[41] ?? 0)) / 2;
  expect(median).toHaveLength(82);
  expect(columns.map(({ name, size, missing, unknown }) => [name, size, missing, unknown])).toEqual([
    ["a", { numbers: 7 }, { policy: "median", fill: middle, indicator: true }, null],
    ["b", { numbers: 1 }, { policy: "error", fill: null }, null],
    ["fuel", { numbers: 3 }, { policy: "most_frequent", fill: "gas" }, "missing"],
    ["street", { numbers: 1 }, { policy: "error", fill: null }, "mean"],
    ["y", { numbers: 1 }, { policy: "error", fill: null }, null],
  ]);
});

describe("an export", () => {
  const exported = async (data: string) => {
    const model = await train(fileOf(`features: [a, b] missing: median ${data}`), {
      data: csv,
      backend: "reference",
    });
    const { js, wasm } = await exportWasm(model.bundle);
    const wrapper = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    return { model, alone: await wrapper.load(wasm) };
  };

  test.each(["robust", "smooth_clip"])("has the bits of %s, there and back", async (scale) => {
    const { model, alone } = await exported(`scale: ${scale}`);
    for (const b of [-1e30, -15, 0, 3.7, 15, 1e30]) {
      expect(alone.predict({ a: 4 * b, b })).toEqual(await model.predict({ a: 4 * b, b }));
    }
  });

  test("carries an indicator", async () => {
    const { model, alone } = await exported("columns { a: number(missing: median(indicator: true)) }");
    for (const a of [3, null]) expect(alone.predict({ a, b: 1 })).toEqual(await model.predict({ a, b: 1 }));
  });

  test.each([
    "a: number(scale: quantile(n_quantiles: 20))",
    "a: number(scale: quantile(output_distribution: normal)) b: number(scale: power)",
    "a: number(scale: periodic(frequencies: 3)) b: number(scale: piecewise_linear(bins: 4))",
    "y: number(scale: power)",
    "y: number(scale: quantile(output_distribution: normal))",
  ])("has the bits of %s, there and back", async (columns) => {
    const { model, alone } = await exported(`columns { ${columns} }`);
    const given = [-1e30, -15, 0, 3.7, 15, 1e30].map((b) => ({ a: 4 * b, b }));
    expect(alone.predictMany(given)).toEqual(await model.predict(given));
  });
});

describe("mistakes have their places", () => {
  const found = (data: string) => opened(data).diagnostics.map(({ code, message }) => `${code} ${message}`);

  test.each([
    ["features: b scale: piecewise_linear", "NW0648 Column `y` is a target"],
    ["features: b scale: periodic", "NW0648 Column `y` is a target"],
    ["features: b scale: hashing(3)", "NW0648 `scale` is for columns of numbers"],
    ["features: b categories: robust", "NW0648 `categories` is for columns of words"],
    ["features: b categories: hashing", "NW0302 hashing needs `buckets`"],
    ["features: b scale: quantile(n_quantiles: 1)", "NW0304"],
    ["features: b scale: quantile(output_distribution: flat)", "NW0304"],
    ["features: b missing: median(indicator: 1)", "NW0303"],
    [
      "features: fuel columns { fuel: category(encoder: ordinal, missing: most_frequent(indicator: true)) }",
      "NW0648 `missing: most_frequent(indicator: true)` adds a number",
    ],
    [
      "features: street columns { street: category(encoder: one_hot(min_count: 80)) }",
      "NW0665 No word of column `street`",
    ],
  ])("%s", (data, message) => {
    expect(found(data).join("\n")).toContain(message);
  });
});
