// docs/export-results.md: its table is what the judges have found, and each cell that must work is among them. `UPDATE_DOCS=1`
// writes it.

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { MODEL_NAMES } from "../src/formats/models.ts";
import { readResults } from "../src/results/files.ts";
import { exportsTable } from "./results-table.ts";

const PAGE = new URL("../../../docs/export-results.md", import.meta.url);

/** Of the target's deviation, of classes of a share: beside Netwright's own predictions, and beside a run in f64. */
const TOLERANCE = 1e-5;
const TOLERANCE_OF_F64 = 1e-12;

const results = readResults();

function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- table: ${name} -->\n`, "\n<!-- end -->"];
  const start = page.indexOf(begin);
  expect(start).toBeGreaterThan(0);
  return `${page.slice(0, start + begin.length)}${text}${page.slice(page.indexOf(end, start))}`;
}

test("the table is what the judges have found: `npm run docs:exports` writes it anew", () => {
  const page = readFileSync(PAGE, "utf8");
  const current = between(page, "exports", exportsTable(results));
  if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(PAGE, current);
  else expect(page).toBe(current);
});

const [LARGE = "", SMALL = "", PENGUINS = "", CNN = "", LSTM = ""] = MODEL_NAMES;
const printed = [LARGE, SMALL, PENGUINS, CNN, LSTM];
const small = [SMALL, PENGUINS];

/** By format and what reads it: the models that it must carry. */
const MUST: readonly (readonly [format: string, reader: string, models: readonly string[]])[] = [
  ["onnx", "onnxruntime .*, Python", MODEL_NAMES],
  ["onnx", "onnxruntime-node ", MODEL_NAMES],
  ["onnx", "onnxruntime-web ", MODEL_NAMES],
  ...(["keras", "keras-code"] as const).flatMap((format) =>
    ["JAX", "PyTorch"].map((backend) => [format, `Keras .* on ${backend}`, MODEL_NAMES] as const),
  ),
  ["stablehlo", "JAX ", MODEL_NAMES],
  ["safetensors", "PyTorch ", MODEL_NAMES],
  ["tfjs", "TensorFlow.js ", printed],
  ...["gcc", "clang", "tcc"].flatMap((compiler) =>
    ["c", "c --precision double"].map((format) => [format, `${compiler} [\\d.]+$`, printed] as const),
  ),
  ...["", " --precision double"].flatMap(
    (precision) =>
      [
        [`c${precision}`, "gcc .* for arm64, QEMU [\\d.]+$", printed],
        [`rust${precision}`, "rustc [\\d.]+$", printed],
        [`go${precision}`, "Go [\\d.]+$", printed],
        [`go${precision}`, "Go .* for arm64", printed],
        [`rust${precision}`, "rustc .* for arm64", printed],
        [`js${precision}`, "Node ", printed],
      ] as const,
  ),
  ["c", "gcc .* for Cortex-M0", [SMALL]],
  ["c", "gcc .* for Cortex-M4", [SMALL]],
  ["sql --dialect postgres", "PostgreSQL ", small],
  ["sql --dialect duckdb", "DuckDB ", small],
  ["sql --dialect sqlite", "SQLite ", small],
  ["sql --dialect clickhouse", "ClickHouse ", small],
  ["xlsx", "LibreOffice ", small],
  ["pmml", "JPMML ", small],
];

const rows = results.filter(({ direction }) => direction === "export").flatMap((one) => one.rows);

test.each(MUST)("%s is read by %s", (format, reader, models) => {
  for (const model of models) {
    const found = rows.filter(
      (row) => row.format === format && row.model === model && new RegExp(`^${reader}`).test(row.reader),
    );
    expect([model, found.length]).toEqual([model, 1]);
    for (const row of found) expect(row).toMatchObject({ predictions: 1000, refused: null });
  }
});

test("numbers are as near as is promised", () => {
  for (const row of rows) {
    const { difference, float64, refused } = row;
    if (refused !== null) expect(row).toMatchObject({ difference: null, float64: null });
    else
      expect({ ...row, isNear: difference !== null && difference <= TOLERANCE }).toMatchObject({
        isNear: true,
      });
    expect({ ...row, isNear: float64 === null || float64 <= TOLERANCE_OF_F64 }).toMatchObject({
      isNear: true,
    });
    expect(MODEL_NAMES).toContain(row.model);
  }
});

test("source code of 32 bits has Netwright's bits wherever nothing is fused", () => {
  const own = rows.filter(
    ({ format, reader }) => /^(c|js|rust|go)$/.test(format) && !reader.endsWith("fused"),
  );
  expect(own.length).toBeGreaterThan(40);
  for (const row of own) expect(row).toMatchObject({ difference: 0 });
});
