// What `onnx-import` has found as a table of docs/import.md: a line for each model, a column for each way in which PyTorch writes it.

import { readFileSync, writeFileSync } from "node:fs";

export interface TableRow {
  readonly model: string;
  readonly reader: string;
  readonly difference: number | null;
  readonly refused: string | null;
}

const BEGIN = "<!-- table: onnx-import -->";
const END = "<!-- end -->";

/** The page with the table of these rows between its marks. */
export function writeOnnxTable(page: string, rows: readonly TableRow[]): void {
  const text = readFileSync(page, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  const after = rest.slice(rest.indexOf(END));
  writeFileSync(page, `${before}${BEGIN}\n${onnxTable(rows)}\n${after}`);
}

/** "CNN (dynamo)" as the model and the way. */
function partsOf(model: string): { readonly name: string; readonly way: string } {
  const found = /^(.*) \(([^()]*)\)$/.exec(model);
  return { name: found?.[1] ?? model, way: found?.[2] ?? "" };
}

export function onnxTable(rows: readonly TableRow[]): string {
  const models = new Map<string, TableRow[]>();
  for (const row of rows) {
    const key = `${partsOf(row.model).name}\n${row.reader}`;
    models.set(key, [...(models.get(key) ?? []), row]);
  }
  const lines = [...models.values()].map((own) => {
    const [first] = own;
    const differences = own.flatMap(({ difference }) => (difference === null ? [] : [difference]));
    const refused = own.filter((row) => row.refused !== null);
    const largest = differences.length === 0 ? "" : shortOf(Math.max(...differences));
    const ways = own.map(({ model }) => partsOf(model).way).filter((way) => way !== "");
    const named =
      refused.length === own.length ? "" : refused.map(({ model }) => partsOf(model).way).join("; ");
    const [one] = refused;
    const why = one === undefined ? "" : `${named === "" ? "" : `${named}: `}${one.refused}`;
    return `| ${partsOf(first?.model ?? "").name} | ${first?.reader ?? ""} | ${ways.join("; ")} | ${largest} | ${escaped(why)} |`;
  });
  return [
    "| model | written by | in the ways | largest difference, in parts of the largest number | refused |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

function shortOf(difference: number): string {
  return difference === 0 ? "0" : difference.toExponential(0);
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
