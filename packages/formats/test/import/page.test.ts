// docs/import.md: its table of layers has every class that is read, and what the judge of Keras found is as it was kept.
// `UPDATE_DOCS=1` writes the latter.

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { rules } from "../../src/import/keras/layers/table.ts";

const PAGE = new URL("../../../../docs/import.md", import.meta.url);
const RESULTS = new URL("../../../../tools/judges/results/keras-import.json", import.meta.url);

interface Row {
  readonly model: string;
  readonly format: string;
  readonly reader: string;
  readonly difference: number | null;
  readonly refused: string | null;
}

const page = readFileSync(PAGE, "utf8");
const { rows, date }: { readonly rows: readonly Row[]; readonly date: string } = JSON.parse(
  readFileSync(RESULTS, "utf8"),
);

test("every class that is read stands in the table of layers, and no other", () => {
  const section = page.slice(page.indexOf("\n## Layers\n"), page.indexOf("\nRefused are all others"));
  const cells = section
    .split("\n")
    .flatMap((line) => (line.startsWith("| `") ? [line.split("|")[1] ?? ""] : []));
  const told = cells.flatMap((cell) => [...cell.matchAll(/`([A-Z]\w*)`/g)].map(([, name = ""]) => name));
  // Not a layer of its own.
  expect(told.filter((name) => name !== "TimeDistributed").sort()).toEqual(Object.keys(rules).sort());
});

test("the table of the judge is what it found", () => {
  const begin = "<!-- table: keras-import -->\n";
  const start = page.indexOf(begin);
  expect(start).toBeGreaterThan(0);
  const current = `${page.slice(0, start + begin.length)}${table()}${page.slice(page.indexOf("<!-- end -->", start))}`;
  if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(PAGE, current);
  else expect(page).toBe(current);
});

test("each model is the same within rounding, or refused for a reason", () => {
  const own = rows.filter(({ refused }) => refused === null);
  expect(new Set(own.map(({ model }) => model)).size).toBeGreaterThanOrEqual(30);
  for (const { difference } of own) expect(difference).toBeLessThanOrEqual(1e-5);
  for (const { refused } of rows) if (refused !== null) expect(refused).toMatch(/^(Layer|The model) /);
});

function table(): string {
  const columns = [...new Set(rows.map(({ reader, format }) => `${reader} \`.${format}\``))];
  const models = [...new Set(rows.map(({ model }) => model))];
  const lines = models.map((model) => {
    const cells = columns.map((column) => {
      const row = rows.find((one) => one.model === model && `${one.reader} \`.${one.format}\`` === column);
      if (row === undefined) return "";
      return row.difference === null ? "refused" : shown(row.difference);
    });
    const why = rows.find((row) => row.model === model && row.refused !== null)?.refused;
    return `| ${[why == null ? model : `${model}: ${reasonIn(why)}`, ...cells].join(" | ")} |`;
  });
  const head = [`what the model holds (${date})`, ...columns];
  return `${[`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines].join("\n")}\n`;
}

function shown(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

/** Names of layers are those of a release. */
function reasonIn(refused: string): string {
  return refused
    .replace(/^Layer `[^`]*` \((\w+)\)/, "`$1`")
    .replace(/^Layer `[^`]*`/, "a layer")
    .replaceAll("|", "\\|");
}
