// Types of columns from the file to a prediction of a saved model: whole numbers, truth values, orders, dates, texts and
// lists, in cells and as programs hold them.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openEncoders } from "@netwright/data";
import {
  diffModels,
  exportWasm,
  load,
  memoryFiles,
  NetwrightError,
  openProject,
  resolvedText,
  type SavableModel,
  train,
} from "netwright";
import { catalog } from "../../src/catalog/catalog.ts";
import { explainColumns } from "../../src/explain/explain-columns.ts";

const folder = mkdtempSync(join(tmpdir(), "netwright-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZES = ["small", "medium", "large"];
const NOTES = ["quiet and bright", "needs work", "bright, new kitchen", ""];
const start = Date.UTC(2023, 0, 1);
const rows = Array.from({ length: 160 }, (_, i) => {
  const day = new Date(start + i * 3 * 86_400_000);
  const balcony = i % 3 === 0;
  const note = NOTES[i % 4] ?? "";
  const place = [(i % 7) / 2, (i % 5) / 3];
  const size = SIZES[i % 3] ?? "";
  const rooms = 1 + (i % 6);
  const sun = Math.cos((day.getUTCMonth() / 12) * 2 * Math.PI);
  const price = rooms + (balcony ? 2 : 0) + (i % 3) + i / 80 + sun + (note.includes("bright") ? 1 : 0);
  return { rooms, balcony, size, sold: day, note, place, price };
});

const cells = ({ rooms, balcony, size, sold, note, place, price }: (typeof rows)[number]) =>
  [
    rooms,
    balcony ? "ja" : "nein",
    size,
    [sold.getUTCDate(), sold.getUTCMonth() + 1, sold.getUTCFullYear()].join("/"),
    `"${note}"`,
    place.join(" "),
    price,
  ].join(",");
const csv = `rooms,balcony,size,sold,note,place,price\n${rows.map(cells).join("\n")}\n`;

const SOURCE = `netwright 1
data flats {
  source: "flats.csv"
  target: price
  columns {
    rooms: integer(min: 1, missing: median)
    balcony: boolean(true_values: ["ja"], false_values: ["nein"])
    size: ordinal(["small", "medium", "large"])
    sold: date(format: day_month_year, parts: [elapsed, month], missing: median)
    note: text(bag_of_words(vocabulary: 20))
    place: numbers(2, scale: minmax)
  }
}
model { dense(24, relu) -> dense(outputs) }
train {
  loss: mse
  optimizer: adam(learning_rate: 0.02)
  batch: 16
  epochs: 60
}
`;

const inputs = rows.map(({ price: _, ...row }) => row);
let model: SavableModel;
beforeAll(async () => {
  model = await train(SOURCE, { backend: "jit", data: csv });
}, 30_000);
afterAll(() => model.dispose());

test("a network learns from all of them, on all backends to the same bits", async () => {
  expect(model.metrics.test?.["r2"]).toBeGreaterThan(0.9);
  const reference = await train(SOURCE, { backend: "reference", data: csv, epochs: 2 });
  const jit = await train(SOURCE, { backend: "jit", data: csv, epochs: 2 });
  expect(jit.record.hash.weights).toBe(reference.record.hash.weights);
}, 30_000);

test("a saved run predicts the same for values of programs as for cells", async () => {
  const again = load(await model.save(join(folder, "run")), { backend: "reference" });
  const of = await again.predict(inputs.slice(0, 20));
  expect(of).toEqual(await model.predict(inputs.slice(0, 20)));
  const asCells = inputs.slice(0, 20).map(({ balcony, sold, place, ...row }) => ({
    ...row,
    balcony: balcony ? "ja" : "nein",
    sold: `${sold.getUTCDate()}/${sold.getUTCMonth() + 1}/${sold.getUTCFullYear()}`,
    place: `(${place.join("; ")})`,
  }));
  expect(await again.predict(asCells)).toEqual(of);
  expect(await again.evaluate(csv)).toEqual(await model.evaluate(csv));
});

describe("what a prediction refuses", () => {
  const base = { rooms: 3, balcony: true, size: "small", sold: "2023-05-31", note: "", place: [1, 1] };
  test.each([
    [
      { rooms: 2.5 },
      "NW0652 In row 1 of `input`, column `rooms` is 2.5, and the model states whole numbers.",
    ],
    [
      { balcony: "yes" },
      "NW0653 In row 1 of `input`, column `balcony` is `yes`, which is neither true nor false.",
    ],
    [
      { sold: "30/02/2023" },
      "NW0653 In row 1 of `input`, column `sold` is `30/02/2023`, which is no date: February 2023 has 28 days.",
    ],
    [
      { place: [1, 2, 3] },
      "NW0655 In row 1 of `input`, column `place` is a list of 3 numbers, and the model states 2.",
    ],
    [
      { size: "huge" },
      "NW0639 In row 1 of `input`, column `size` is `huge`, which is none of the `values` that the model states.",
    ],
  ])("%j", async (wrong, message) => {
    const refused = await model.predict({ ...base, ...wrong }).catch((thrown: unknown) => thrown);
    if (!(refused instanceof NetwrightError)) throw new Error("nothing was refused");
    expect(refused.diagnostics.map(({ code, message: own }) => `${code} ${own}`)).toContain(message);
  });

  test("and what it fills in", async () => {
    const filled = await model.predict({ ...base, rooms: null, sold: null });
    expect(Number.isFinite(filled["price"])).toBe(true);
  });
});

test("explain says what each becomes", () => {
  const opened =
    model.bundle.model.encoders === null
      ? null
      : openEncoders(model.bundle.model.encoders, catalog.definitions);
  if (opened === null || !("opened" in opened)) throw new Error("not opened");
  const columns = explainColumns(opened.opened).map(({ name, encoder, size, unknown, missing }) => [
    name,
    encoder,
    size,
    unknown,
    missing.cell ?? missing.policy,
  ]);
  expect(columns).toEqual([
    ["rooms", "zscore", { numbers: 1 }, null, "median"],
    ["balcony", "none", { numbers: 1 }, null, "error"],
    ["size", "thermometer", { numbers: 2 }, "error", "error"],
    ["sold", "calendar", { numbers: 3 }, null, expect.stringMatching(/^2023-/)],
    ["note", "bag_of_words", { numbers: 7 }, "other", "own_class"],
    ["place", "number_list", { numbers: 2 }, null, "error"],
    ["price", "zscore", { numbers: 1 }, null, "error"],
  ]);
});

test("the resolved text means the same model, and a change of it is told", () => {
  const options = { files: memoryFiles(new Map([["flats.csv", csv]])) };
  const modelOf = (text: string) => {
    const { model: found, diagnostics } = openProject({ file: "flats.net", text }, options);
    if (found === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
    return found;
  };
  const resolved = resolvedText(modelOf(SOURCE));
  expect(resolved.replace(/\s+/g, " ")).toContain(
    "sold: date( format: day_month_year, parts: [elapsed, month],",
  );
  expect(resolvedText(modelOf(resolved))).toBe(resolved);
  const other = SOURCE.replace("parts: [elapsed, month]", "parts: [elapsed]");
  expect(JSON.stringify(diffModels(modelOf(SOURCE), modelOf(other)))).toContain("sold");
});

describe("an export", () => {
  const sourceOf = (features: string) =>
    SOURCE.replace("target: price", `target: price\n  features: [${features}]`);

  test("carries whole numbers and truth values, and checks both", async () => {
    const small = await train(sourceOf("rooms, balcony"), { backend: "jit", data: csv, epochs: 2 });
    const files = await exportWasm(small.bundle);
    writeFileSync(join(folder, "flats.mjs"), files.js.replaceAll(`${files.name}.wasm`, "flats.wasm"));
    writeFileSync(join(folder, "flats.wasm"), files.wasm);
    expect(files.types).toContain("balcony: boolean | number;");
    expect(files.types).toContain("/** whole numbers, at least 1; 4 where it is missing */");
    const { load: open } = await import(pathToFileURL(join(folder, "flats.mjs")).href);
    const exported = await open();
    const [expected] = await small.predict([{ rooms: 4, balcony: true }]);
    expect(exported.predict({ rooms: 4, balcony: true })).toEqual(expected);
    expect(exported.predict({ rooms: 4, balcony: 1 })).toEqual(expected);
    const refusal = (row: object) => {
      try {
        return exported.predict(row);
      } catch (thrown) {
        return thrown instanceof Error ? thrown.message : thrown;
      }
    };
    expect(refusal({ rooms: 2.5, balcony: true })).toBe('Column "rooms" is 2.5; it takes whole numbers.');
    expect(refusal({ rooms: 2, balcony: 0.5 })).toBe(
      'Column "balcony" is 0.5; it takes true or false, or 1 or 0.',
    );
    expect(refusal({ rooms: 2, balcony: "ja" })).toBe(
      'Column "balcony" is a string; it takes true or false.',
    );
    expect(refusal({ rooms: true, balcony: true })).toBe('Column "rooms" is a boolean; it takes a number.');
    await small.dispose();
  });

  test("carries dates, texts and lists of numbers, and their types", async () => {
    const { js, wasm, types } = await exportWasm(model.bundle);
    const { load: open } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
    const exported = await open(wasm);
    const given = inputs.slice(0, 20);
    expect(exported.predictMany(given)).toEqual(await model.predict(given));
    expect(types).toMatch(/readonly sold\??: string \| Date/);
    expect(types).toMatch(/readonly note\??: string/);
    expect(types).toMatch(/readonly place\??: readonly number\[\] \| Float32Array \| Float64Array \| string/);
  });
});

test("a sequence of words is an input of its own, for an embedding", async () => {
  const text = SOURCE.replace(
    "bag_of_words(vocabulary: 20)",
    "word_sequence(length: 4, vocabulary: 20)",
  ).replace(
    "model { dense(24, relu) -> dense(outputs) }",
    `model {
  parallel {
    table { input(features) -> dense(8, relu) }
    words { input(note) -> embedding(4) -> flatten }
  } -> concat
  dense(outputs)
}`,
  );
  const reference = await train(text, { backend: "reference", data: csv, epochs: 2 });
  const jit = await train(text, { backend: "jit", data: csv, epochs: 2 });
  expect(jit.record.hash.weights).toBe(reference.record.hash.weights);
  expect(await jit.predict(inputs.slice(0, 3))).toEqual(await reference.predict(inputs.slice(0, 3)));
});

test("what contradicts itself in the file is told at its place", () => {
  const codes = (columns: string) => {
    const text = `netwright 1\ndata { source: "flats.csv", target: price\n columns { ${columns} } }\nmodel { dense(1) }\ntrain { loss: mse }\n`;
    const { diagnostics } = openProject(
      { file: "flats.net", text },
      { files: memoryFiles(new Map([["flats.csv", csv]])) },
    );
    return diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ code, message }) => `${code} ${message}`);
  };
  const first = (columns: string) => codes(columns)[0];
  expect(first("rooms: integer(min: 2, max: 1)")).toContain("NW0605 `max` of column `rooms`");
  expect(first("rooms: integer(min: 1.5)")).toContain("NW0303");
  expect(first('balcony: boolean(true_values: ["ja"])')).toContain(
    "NW0605 `true_values` of column `balcony`",
  );
  expect(first('size: ordinal(["a"])')).toContain("NW0605 `values` of column `size`");
  expect(first("size: ordinal")).toContain("NW0302");
  expect(first("sold: date(parts: [moon])")).toContain("NW0304");
  expect(first("sold: date(format: year_last)")).toContain("NW0304");
  expect(first("sold: date(parts: [month, month])")).toContain("NW0605 `parts` of column `sold`");
  expect(first('sold: date(min: "2023-02-30")')).toContain("NW0605 `min` of column `sold`");
  expect(first("place: numbers")).toContain("NW0302");
  expect(first("place: numbers(0)")).toContain("NW0304");
  expect(first("note: text(zscore)")).toContain("NW0648");
  expect(first("note: text(bag_of_words(vocabulary: 0))")).toContain("NW0304");
  expect(codes("rooms: integer, balcony: boolean").join("\n")).toContain("NW0653");
});
