// docs/import.md: what the judge of ONNX files found is as it was kept. `UPDATE_DOCS=1` writes it.

import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";

const PAGE = new URL("../../../../docs/import.md", import.meta.url);
const RESULTS = new URL("../../../../tools/judges/results/onnx-import.json", import.meta.url);

interface Row {
  readonly model: string;
  readonly reader: string;
  readonly predictions: number;
  readonly difference: number | null;
  readonly refused: string | null;
}

const page = readFileSync(PAGE, "utf8");
const { rows, date }: { readonly rows: readonly Row[]; readonly date: string } = JSON.parse(
  readFileSync(RESULTS, "utf8"),
);

test("the table of the judge is what it found", () => {
  const begin = "<!-- table: onnx-import -->\n";
  const start = page.indexOf(begin);
  expect(start).toBeGreaterThan(0);
  const current = `${page.slice(0, start + begin.length)}${table()}${page.slice(page.indexOf("<!-- end -->", start))}`;
  if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(PAGE, current);
  else expect(page).toBe(current);
});

test("each file is the same within rounding, or refused for a reason", () => {
  const own = rows.filter(({ refused }) => refused === null);
  expect(new Set(own.map(({ model }) => nameOf(model))).size).toBeGreaterThanOrEqual(30);
  // Tests of single operations have answers of four digits, some written by hand.
  for (const { model, difference } of own)
    expect(difference).toBeLessThanOrEqual(/^tests of/.test(model) ? 1e-3 : 1e-5);
  for (const { refused } of rows)
    if (refused !== null) expect(refused).toMatch(/^(Node|The node|Input|Output|Layer|The network) /);
});

/** "CNN (dynamo)" as the model and the way in which it is written. */
function wayOf(model: string): string {
  return /\(((?:TorchScript|dynamo)[^()]*)\)$/.exec(model)?.[1] ?? "";
}

function nameOf(model: string): string {
  const way = wayOf(model);
  return way === "" ? model : model.slice(0, -way.length - 3);
}

function table(): string {
  const torch = rows.filter(({ model }) => wayOf(model) !== "");
  const others = rows.filter(({ model }) => wayOf(model) === "");
  const ways = [...new Set(torch.map(({ model }) => wayOf(model)))];
  const [first] = torch;
  const lines = [...new Set(torch.map(({ model }) => nameOf(model)))].map((name) => {
    const own = torch.filter(({ model }) => nameOf(model) === name);
    const cells = ways.map((way) => {
      const row = own.find(({ model }) => wayOf(model) === way);
      if (row === undefined) return "";
      return row.difference === null ? "refused" : shown(row.difference);
    });
    const why = own.find(({ refused }) => refused !== null)?.refused;
    return [why == null ? name : `${name}: ${reasonIn(why)}`, ...cells];
  });
  const plain = others.map(({ model, reader, difference, refused }) => [
    refused === null ? model : `${model}: ${reasonIn(refused)}`,
    reader,
    difference === null ? "refused" : shown(difference),
  ]);
  return [
    tableOf(
      [`what the model holds (${date})`, ...ways.map((way) => `${first?.reader ?? ""}, ${way}`)],
      lines,
    ),
    tableOf([`what the file holds (${date})`, "written by", "difference"], plain),
  ].join("\n");
}

function tableOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return `${[`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines.map((cells) => `| ${cells.join(" | ")} |`)].join("\n")}\n`;
}

function shown(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}

/** Names of nodes are those of a release. */
function reasonIn(refused: string): string {
  return refused
    .replace(/^Node `[^`]*` \((\w+)\)/, "`$1`")
    .replace(/^The node that gives `[^`]*` \((\w+)\)/, "`$1`")
    .replaceAll("|", "\\|");
}
